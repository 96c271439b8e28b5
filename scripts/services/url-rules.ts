/**
 * Which URLs may be requested. Pure text, for Postman's sandbox knows no class URL: both planes judge a Location by this, as it was sent
 * (parsed, `0x7f.1` would be 127.0.0.1).
 */
export interface UrlRules {
  /** Allow http:// to hosts other than loopback. Only when the user asked for it. */
  allowInsecure?: boolean;
}

/** Hosts that never leave this machine: `localhost`, 127.0.0.0/8 and ::1, as WHATWG URL writes them. */
export const LOOPBACK = /^(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/i;

const HOST_AND_PORT = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?$/i;

/** Its last label is a number, so that WHATWG URL reads the whole as an address of IPv4, whatever the others are. */
const READ_AS_ADDRESS = /(?:^|\.)(?:\d+|0x[\da-f]*)\.?$/i;
const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/**
 * Why an absolute URL is not used; undefined when it may be. Accepted is https, or http to loopback (or anywhere with
 * `allowInsecure`), without user info, with a plain host and a port that exists.
 */
export function urlRefusal(url: string, { allowInsecure = false }: UrlRules = {}): string | undefined {
  const [, protocol = ''] = /^([a-z][a-z0-9+.-]*:)/i.exec(url) ?? [];
  if (protocol === '') return 'it is not a URL';
  if (!/^https?:$/i.test(protocol)) return `${protocol.toLowerCase()} is neither https: nor http:`;
  const authority = /^[a-z]+:\/\/([^/?#\\\s]*)(?:[/?#]|$)/i.exec(url)?.[1];
  if (authority === undefined || /[\s\\]/.test(url)) return 'it is not a URL';
  if (authority.includes('@')) return 'it carries a user name or password';
  const [, host = '', port = '443'] = HOST_AND_PORT.exec(authority) ?? [];
  if (host === '' || Number(port) < 1 || Number(port) > 65_535) return 'it is not a URL';
  if (READ_AS_ADDRESS.test(host) && !ADDRESS.test(host)) return 'its host is an address in an unusual form';
  if (/^https:$/i.test(protocol) || allowInsecure || LOOPBACK.test(host)) return undefined;
  return 'http:// would send it unencrypted';
}
