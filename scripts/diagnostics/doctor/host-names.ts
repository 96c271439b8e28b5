import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Failure } from '../../errors/errors';
import { proxyOf } from '../../services/network';
import type { Seen } from './diagnosis';

/**
 * Asks the resolver of this machine for every host name of the URLs.
 * @throws Failure HOST_UNKNOWN
 */
export async function lookUpHosts(urls: readonly string[]): Promise<Seen> {
  // Behind a proxy, only the proxy needs a name that this machine can resolve.
  const hosts = new Set(urls.map((url) => (proxyOf(url) ?? new URL(url)).hostname));
  const seen = await Promise.all([...hosts].map(lookUpHost));
  return { verdict: 'ok', seen: seen.join('; ') };
}

async function lookUpHost(host: string): Promise<string> {
  // WHATWG URL writes IPv6 addresses in brackets.
  if (isIP(host.replace(/^\[|\]$/g, ''))) return `${host} is an address`;
  try {
    const [first, ...others] = await lookup(host, { all: true });
    return `${host} is ${first?.address ?? 'nowhere'}${others.length > 0 ? ` and ${others.length} more` : ''}`;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    throw new Failure({ code: 'HOST_UNKNOWN', host, reason }, { cause: error });
  }
}
