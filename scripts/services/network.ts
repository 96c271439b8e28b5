/**
 * How auxflow reaches the network, decided in one place for its own client and for Newman alike: the proxy of a URL, and whom TLS trusts.
 * Only data, so that it can be sent to Newman's process.
 */
import { rootCertificates } from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import { Failure } from '../errors/errors';
import { readInputText } from '../errors/read-input';
import { isLoopback } from './service-url';

export interface NetworkOptions {
  /** PEM file of certificate authorities that are trusted as well. */
  readonly caFile?: string;
  /** PEM files of a client certificate and its key. */
  readonly clientCert?: string;
  readonly clientKey?: string;
}

export interface Network {
  /** PEM. Absent: those that Node trusts, NODE_EXTRA_CA_CERTS among them. */
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
}

/** @throws Failure FILE_UNREADABLE, USAGE for half a client certificate */
export function readNetwork({ caFile, clientCert, clientKey }: NetworkOptions, extraCaFile?: string): Network {
  if ((clientCert === undefined) !== (clientKey === undefined))
    throw new Failure({
      code: 'USAGE',
      problem: '--client-cert and --client-key belong together.',
      next: 'Give both of them.',
    });
  const cas = caFile === undefined ? [] : [caFile, ...(extraCaFile === undefined ? [] : [extraCaFile])];
  return {
    ...(cas.length > 0 ? { ca: [...rootCertificates, ...cas.map((file) => pem(file, 'CA file'))] } : {}),
    ...(clientCert === undefined ? {} : { cert: pem(clientCert, 'client certificate') }),
    ...(clientKey === undefined ? {} : { key: pem(clientKey, 'key of the client certificate') }),
  };
}

function pem(file: string, what: string): string {
  const text = readInputText(file, what);
  if (text.includes('-----BEGIN ')) return text;
  throw new Failure({ code: 'FILE_MALFORMED', path: file, what, problems: ['it is not PEM'] });
}

/**
 * The proxy through which a URL is requested: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in capitals or not. Undefined for a direct
 * connection, as always to this machine.
 * @throws Failure URL_REFUSED for a proxy that speaks neither HTTP nor HTTPS
 */
export function proxyOf(url: string): URL | undefined {
  const text = isLoopback(url) ? '' : asWritten(getProxyForUrl(url));
  if (text === '') return undefined;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy && ['http:', 'https:'].includes(proxy.protocol)) return proxy;
  const reason = 'a proxy must be an http:// or https:// address';
  throw new Failure({ code: 'URL_REFUSED', url: proxy ? nameOfProxy(proxy) : 'of the proxy', reason });
}

const PROXY_VARIABLE = /^(?:https?|all)_proxy$/i;

/** `host:port` is a proxy that speaks HTTP, as for curl; the package gives it the scheme of the URL. */
function asWritten(proxy: string): string {
  const isWhole = Object.entries(process.env).some(([name, value]) => value === proxy && PROXY_VARIABLE.test(name));
  return isWhole ? proxy : proxy.replace(/^https:/, 'http:');
}

/** Without user and password. */
export function nameOfProxy({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}
