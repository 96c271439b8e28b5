import { asked, Failure } from '../errors/errors';
import { LOOPBACK, urlRefusal, type UrlRules } from './url-rules';
import { withoutQuery } from '../lib/without-query';

export type { UrlRules } from './url-rules';

/**
 * A URL that may be requested: https, or http to loopback (or anywhere with `allowInsecure`), without user info.
 * @throws Failure URL_REFUSED
 */
export function checkedUrl(text: string, rules: UrlRules = {}): URL {
  if (!URL.canParse(text))
    throw new Failure({ code: 'URL_REFUSED', url: withoutQuery(text), reason: 'it is not a URL' });
  const url = new URL(text);
  const reason = urlRefusal(url.href, rules);
  if (reason) throw new Failure({ code: 'URL_REFUSED', url: withoutQuery(asked('GET', url).url), reason });
  return url;
}

/** An address without user, query or fragment; its path of the characters of RFC 3986 §3.3. */
const ROOT = /^https?:\/\/[\w.:[\]-]+(?:\/[\w.~%!$&'()*+,;=:@-]*)*$/;

/** Whether a service can be below it, and a lock can name it. */
export function isRoot(text: string): boolean {
  return ROOT.test(text) && URL.canParse(text);
}

/** The root as it is written, or with percent-encoding where it needs some; without final slashes. @throws Failure URL_REFUSED */
export function checkedRoot(text: string, rules: UrlRules): string {
  const { href } = checkedUrl(text, rules);
  const root = [text, href].map((written) => written.replace(/\/+$/, '')).find(isRoot);
  if (root !== undefined) return root;
  throw new Failure({ code: 'URL_REFUSED', url: withoutQuery(text), reason: 'below it there can be no service' });
}

/** Whether the URL never leaves this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname);
}

/** `rest` below an OData root that is written with or without a final slash. */
export function underRoot(root: string, rest: string): string {
  return `${root.trim().replace(/\/+$/, '')}/${rest}`;
}
