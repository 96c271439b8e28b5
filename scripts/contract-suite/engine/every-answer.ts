/** What holds of every answer, whatever was asked: it gives nothing away, and its label says what it is. */
import type { Answer } from './answer';
import { finding, shown, type Finding } from './finding';
import { loginRedirect } from './login-redirect';
import type { Scope } from './scope';

/** Where the answer comes from. */
export type Origin = 'service' | 'token' | 'elsewhere';

export function originOf(url: string, scope: Scope): Origin {
  if (url === scope.value('access_token_url')) return 'token';
  const roots = ['rdb_root_uri', 'auxip_root_uri', 'reprocessing_root_uri'].map((root) => scope.value(root));
  return roots.some((root) => root !== '' && url.startsWith(root)) ? 'service' : 'elsewhere';
}

/** After the promises of the case: two more, kept by every answer that was ever recorded. */
export function everyAnswer(answer: Answer, origin: Origin, scope: Scope): Finding[] {
  return [
    finding('It gives nothing away', () => secretIn(answer, origin, scope) ?? insideIn(answer, scope)),
    ...(origin === 'service' ? [finding('It is labelled as what it is', () => wrongLabel(answer))] : []),
    ...loginRedirect(answer, scope),
  ];
}

/** The token, or a part of it that is as good; the account's name as a parameter of an address. Not repeated in the finding. */
function secretIn(answer: Answer, origin: Origin, scope: Scope): string | undefined {
  if (origin === 'token') return undefined;
  const location = answer.header('Location') ?? '';
  const parts = scope
    .value('access_token')
    .split('.')
    .slice(1)
    .filter((part) => part.length > MIN_SECRET_CHARACTERS);
  const hasToken = (text: string): boolean => parts.some((part) => text.includes(part));
  if (hasToken(answer.text)) return 'the access token appears in the answer';
  const username = scope.value('username');
  for (const { key, value } of answer.headers) {
    if (hasToken(value)) return `the access token appears in ${key}`;
    if (username !== '' && !STANDARD.test(key) && names(value, username)) return `the user name appears in ${key}`;
    if (!/^location$/i.test(key) && NETWORK.some((inside) => inside.test(value)))
      return `${key} says ${AN_ADDRESS}: ${value}`;
  }
  const named = [...location.matchAll(/[?&#][^=&#]+=([^&#]*)/g)].some(([, value]) => value === username);
  if (username !== '' && named) return 'the user name appears in Location';
  return /^https?:\/\/[^/?#]*@/.test(location) ? 'Location has a user name or password before the host' : undefined;
}

/** Headers of which the account's name may be an ordinary word: they give nobody away. */
const STANDARD =
  /^(?:accept|access-control|allow|cache|connection|content|date|etag|keep-alive|location|odata|server|transfer|vary|via)\b/i;

/** Whether a header says the account: as a word of its own, or in base64, as gateways hand their user on to a service. */
function names(header: string, account: string): boolean {
  const isBase64 = header.length % 4 === 0 && /^[A-Za-z0-9+/]{16,}={0,2}$/.test(header);
  const readings = isBase64 ? [header, atob(header)] : [header];
  return readings.some((text) => text.split(/[\s,;="'{}:@]+/).includes(account));
}

/** Characters. A part of a token is far longer. */
const MIN_SECRET_CHARACTERS = 20;

const AN_ADDRESS = 'an address inside the network';
const NETWORK: readonly RegExp[] = [
  /\b(?:10[.]\d+|192[.]168|172[.](?:1[6-9]|2\d|3[01]))[.]\d+[.]\d+\b/,
  /\b[\w-]+[.](?:internal|local|lan|intranet|cluster)\b(?![.]\w)/i,
];

/** What only the inside of a service knows. */
const INSIDE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['SQL', /\bselect\s+(?:distinct\s+)?(?:[*]|"?\w+"?[.]\w|\w+\s*,)[^]{0,300}?\sfrom\s+\w|\bSQL \[|\bconstraint \[/i],
  ['SQL', /\bselect\s+\w+\s+from\s+\w+\s+(?:\w+\s+)?where\b|\b(?:insert\s+into|delete\s+from|update\s+\w+\s+set)\s/i],
  ['a line of a stack trace', /(?:^|\n|\\n)\s*(?:\\t)*at [\w$.<>/]+\([\w$ .]+(?::\d+)?\)|[.]java:\d+\)/],
  ['the address of a database', /\bjdbc:\w+:/i],
  ['a password', /\b(?:password|passwd|pwd|secret)\s*[=:]\s*[^\s"',;]+/i],
  ...NETWORK.map((pattern) => [AN_ADDRESS, pattern] as const),
  ['a path on the server', /(?:^|[\s"'(=])\/(?:opt|var|etc|home|root|usr|srv|app|tmp)\/[\w.-]/],
  ['who asked', /\broles=\[|\bprincipal=|\buser=\w/],
];

/** What the services were recorded to say of their inside: queries on their entities, and where reprocessing.svc lives. */
const RECORDED = /\[SELECT (?:DISTINCT )?entity\b[^\]]*\]?|http:\/\/reprobase:8080\//g;

/** In refusals: what is served holds names, which may look like anything. */
function insideIn({ status, text }: Answer, scope: Scope): string | undefined {
  if (status < 400) return undefined;
  const told = text.replace(RECORDED, '');
  const found = INSIDE.find(([, pattern]) => pattern.test(told));
  if (found) return `the refusal says ${found[0]}: ${shown(text)}`;
  const own = hostOf(scope.value('site_url'));
  const hosts = [...told.matchAll(/\bhttps?:\/\/([^/\s"'<>\\]+)/g)].map(([, host = '']) => host);
  const strange = hosts.find((host) => host !== own && !isPublic(host));
  return strange && `the refusal names the host ${strange}: ${shown(text)}`;
}

const hostOf = (url: string): string => /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? '';

/** Of standards that pages and schemas name. */
const isPublic = (host: string): boolean =>
  /(?:^|[.])(?:w3[.]org|oasis-open[.]org|apache[.]org|amazonaws[.]com|ietf[.]org)$/.test(host);

/** JSON is called JSON, in UTF-8; no shared cache may keep it, and no cookie comes but with the way to the login page. */
function wrongLabel(answer: Answer): string | undefined {
  const type = answer.header('Content-Type') ?? '';
  const cache = answer.header('Cache-Control') ?? '';
  const kinds = (/^\s*[{[]/.test(answer.text) && 'json') || (/^\s*<\?xml/.test(answer.text) && 'xml') || undefined;
  if (answer.bytes[0] === 0xef && answer.bytes[1] === 0xbb) return 'it begins with a byte order mark';
  if (kinds && type !== '' && !type.toLowerCase().includes(kinds)) return `${kinds} is labelled ${type}`;
  const charset = /charset=([\w-]+)/i.exec(type)?.[1];
  if (kinds && charset !== undefined && charset.toLowerCase() !== 'utf-8') return `charset ${charset}`;
  if (/\bpublic\b|\bmax-age=[1-9]|\bs-maxage=[1-9]|\bimmutable\b/i.test(cache)) return `Cache-Control: ${cache}`;
  if (answer.status !== 302 && answer.header('Set-Cookie') !== undefined) return 'a cookie is set';
  const unasked = [...(kinds ? ['Content-Disposition'] : []), 'X-Powered-By'];
  const found = unasked.find((name) => answer.header(name) !== undefined);
  return found && `${found}: ${answer.header(found) ?? ''}`;
}
