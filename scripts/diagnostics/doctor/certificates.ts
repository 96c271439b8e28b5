import { isIP } from 'node:net';
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import { Failure } from '../../errors/errors';
import { interruption } from '../../services/interruption';
import { networkFailure } from '../../services/network-failure';
import { proxyOf, type Network } from '../../services/network';
import { openTunnel } from '../../services/connection/proxy-tunnel';
import { plural } from '../../lib/format';
import { DAY } from '../../sentinel/time';
import type { Seen } from './diagnosis';

/** Certificates are renewed some weeks before they end; one that was not is worth a word. */
const FEW_DAYS = 14;

/**
 * Shakes hands with every https origin of the URLs, as verified as any request; nothing is sent.
 * @throws Failure TLS_REFUSED, NETWORK
 */
export async function checkCertificates(urls: readonly string[], network: Network, signal: AbortSignal): Promise<Seen> {
  const origins = new Set(urls.map((url) => new URL(url).origin).filter((origin) => origin.startsWith('https:')));
  if (origins.size === 0) return { verdict: 'ok', seen: 'not used: http' };
  const certificates = await Promise.all([...origins].map((origin) => certificateOf(new URL(origin), network, signal)));
  const isShort = certificates.some(({ daysLeft }) => daysLeft < FEW_DAYS);
  return {
    verdict: 'ok',
    seen: certificates.map(({ text }) => text).join('; '),
    ...(isShort ? { next: 'Tell the operators that the certificate ends soon.' } : {}),
  };
}

interface Certificate {
  readonly text: string;
  readonly daysLeft: number;
}

async function certificateOf(url: URL, network: Network, signal: AbortSignal): Promise<Certificate> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 443);
  let socket: TLSSocket | undefined;
  try {
    const proxy = proxyOf(url.href);
    const tunnel = proxy ? { socket: await openTunnel(proxy, host, port) } : { host, port };
    const { ca, cert, key } = network;
    const trust = { ...(ca ? { ca: [...ca] } : {}), cert, key };
    socket = connect({ ...tunnel, ...trust, ...(isIP(host) ? {} : { servername: host }) });
    await secured(socket, signal);
    return described(socket.getPeerCertificate(), `${url.host}, ${socket.getProtocol() ?? 'TLS'}`);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw refused(error, url);
  } finally {
    socket?.destroy();
  }
}

function secured(socket: TLSSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(interruption(signal));
    signal.addEventListener('abort', () => reject(interruption(signal)), { once: true });
    socket.once('secureConnect', resolve).on('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
  });
}

/** Failures of reaching the host, as opposed to trusting it. */
const UNREACHED = /^(ECONN|EHOST|ENET|ETIMEDOUT|EPIPE|EAI_|ENOTFOUND)/;

function refused(error: unknown, url: URL): Failure {
  const isCoded = error instanceof Error && 'code' in error && typeof error.code === 'string';
  const reason = isCoded ? String(error.code) : String(error instanceof Error ? error.message : error);
  if (UNREACHED.test(reason) || reason.startsWith('proxy '))
    return new Failure(networkFailure(reason, { method: 'TLS to', url: url.origin, attempts: 1 }), { cause: error });
  return new Failure({ code: 'TLS_REFUSED', host: url.host, reason }, { cause: error });
}

function described(certificate: PeerCertificate, where: string): Certificate {
  const daysLeft = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY);
  const name = [certificate.subject.CN].flat()[0] ?? certificate.subjectaltname ?? 'without a name';
  return { text: `${where}: certificate of ${name}, ${plural(daysLeft, 'day')} left`, daysLeft };
}
