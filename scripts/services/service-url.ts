import { asked, Failure } from '../errors/errors';

/** Hosts that never leave this machine: `localhost`, 127.0.0.0/8 and ::1, as WHATWG URL writes them. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export interface UrlRules {
  /** Allow http:// to hosts other than loopback. Only when the user asked for it. */
  allowInsecure?: boolean;
}

/**
 * A URL that may be requested: https, or http to loopback (or anywhere with `allowInsecure`), without user info.
 * @throws Failure URL_REFUSED
 */
export function checkedUrl(text: string, rules: UrlRules = {}): URL {
  if (!URL.canParse(text))
    throw new Failure({ code: 'URL_REFUSED', url: withoutQuery(text), reason: 'it is not a URL' });
  const url = new URL(text);
  const reason = refusal(url, rules);
  if (reason) throw new Failure({ code: 'URL_REFUSED', url: withoutQuery(asked('GET', url).url), reason });
  return url;
}

function refusal(url: URL, { allowInsecure = false }: UrlRules): string | undefined {
  if (url.username || url.password) return 'it carries a user name or password';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return `${url.protocol} is neither https: nor http:`;
  if (allowInsecure || LOOPBACK.test(url.hostname)) return undefined;
  return 'http:// would send it unencrypted';
}

/** Whether the URL never leaves this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname);
}

/** A query may be a credential (presigned URLs), so none is ever repeated in an error. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}

/** `rest` below an OData root that is written with or without a final slash. */
export function underRoot(root: string, rest: string): string {
  return `${root.trim().replace(/\/+$/, '')}/${rest}`;
}
