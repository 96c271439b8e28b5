import { MASK } from './known-secrets';

/** What is a secret by its place, whatever its value: tokens, presigned queries, session cookies, values of secret fields. */

/** Names of fields that hold a secret; a name that only contains one, such as access_token_url, is followed by more. */
const SECRET_FIELD = String.raw`(?:passw(?:or)?d?|(?:access|refresh|id)[_-]?token|client[_-]?secret|api[_-]?key)`;

/** `Bearer token` in a sentence is prose, `Bearer {{access_token}}` a template; neither is a secret. */
const PROSE = String.raw`(?:tokens?|realm|auth\w*|scheme|credentials?)(?=[\s.,;:)"'=]|$)`;

/** What was masked before, so that a second pass takes nothing of what follows, a quote as HTML writes it. */
const MASKED = String.raw`\*\*\*(?:[\s"'<>,\\]|&(?:#39|quot|lt|gt);|$)`;

/** A parameter of a presigned query, after its `X-Amz-`. */
const PRESIGNED = String.raw`[A-Za-z-]{1,40}(?:=|%3D)[^&\s"'<>\\]+`;

/** What stands for a secret: a variable of the shell (newman/curl-line.ts), or an ellipsis alone, as in our own hints. */
const VARIABLE = String.raw`(?:\$(?:ADG|AUXFLOW)_[A-Z]|…(?:\s|$))`;

const BEARER = new RegExp(
  String.raw`\b(Bearer(?:\s+|%20))(?!\{\{|${VARIABLE})(?!${PROSE}|${MASKED})([^\s"'<>,\\]+)`,
  'gi',
);
const TOKEN_FIELD = new RegExp(
  String.raw`["'](?:access|refresh|id)_token\\*["']\s*:\s*\\*["'](?!\{\{)([^"'\\]+)`,
  'gi',
);
/** Those parameters of a presigned query that open something. */
const SIGNATURE = /X-Amz-(?:Signature|Credential|Security-Token)(?:=|%3D)([^&\s"'<>\\]+)/gi;

/** Each keeps its first group, if it has one, and masks the rest of the match. Bounded, so that long texts take linear time. */
const PATTERNS: readonly RegExp[] = [
  // JSON, escaped JSON, and objects as util.inspect and chai write them: "access_token":"…", { access_token: '…' }
  new RegExp(String.raw`(${SECRET_FIELD}\\*["']?\s*[:=]\s*\\*(["']))(?!\{\{|\2)(?:\\.|(?!\2)[^\\\r\n])*`, 'gi'),
  // Forms and queries: password=…&, plain or percent-encoded once more.
  new RegExp(String.raw`(${SECRET_FIELD}(?:=|%3D))(?!\{\{|%7B%7B|["']|${VARIABLE})(?:(?!%26)[^&\s"'<>\\])+`, 'gi'),
  BEARER,
  // A JSON Web Token (RFC 7519): its header is a JSON object, and base64url of `{"` is `eyJ`.
  /eyJ[\w-]{8,400}\.[\w-]+(?:\.[\w-]*)*/g,
  // Presigned URLs (AWS Signature Version 4 query, auxip.md#redirect): the whole of it; older ones and other stores beside it.
  new RegExp(String.raw`(X-Amz-)${PRESIGNED}(?:(?:&amp;|&|\\u0026)X-Amz-${PRESIGNED})*`, 'gi'),
  /([?&;](?:Signature|AWSAccessKeyId|X-Goog-(?:Signature|Credential)|temp_url_sig|sig)(?:=|%3D))[^&\s"'<>\\]+/gi,
  /\b((?:Set-)?Cookie["']?\s*:\s*["']?[^\s=;"']{1,100}=)[^\r\n"']+/gi,
  // User info of a URL.
  /\b(https?:\/\/)[^\s/?#@"'<>]+(?=@)/gi,
];

/** HTTP Basic (RFC 7617): only what decodes to `user:password`, because the word alone is prose. */
const BASIC = /\b(Basic\s+)([A-Za-z0-9+/_-]{4,}={0,2})/g;

/** The text without what is secret by its place. */
export function withoutPatterns(text: string): string {
  const masked = PATTERNS.reduce(
    (rest, find) =>
      rest.replace(find, (_match, kept: string | number) => (typeof kept === 'string' ? kept + MASK : MASK)),
    text,
  );
  return masked.replace(BASIC, (match, kept: string, value: string) =>
    Buffer.from(value, 'base64').includes(':') ? kept + MASK : match,
  );
}

/** Tokens and signatures that the text gives away by their place; they are secrets wherever else they turn up. */
export function secretsIn(text: string): string[] {
  const first = ([, value = '']: RegExpExecArray): string => value;
  const fields = [...text.matchAll(TOKEN_FIELD)].map(first);
  const headers = [...text.matchAll(BEARER)].map(([, , token = '']) => token);
  return [...fields, ...headers, ...[...text.matchAll(SIGNATURE)].map(first)].flatMap(partsOf);
}

/** A token or signature, with what of it is a secret by itself: payload and signature of a JSON Web Token, the key id of AWS credentials. */
export function partsOf(secret: string): string[] {
  const [header = '', ...parts] = secret.split('.');
  if (header.startsWith('eyJ')) return [secret, ...parts];
  const [keyId = ''] = secret.split(/\/|%2F/i);
  return keyId === secret ? [secret] : [secret, keyId];
}

/** The values that a Set-Cookie header sets (RFC 6265 §4.1); several headers may be joined by commas. */
export function cookiesIn(header: string): string[] {
  return [...header.matchAll(/(?:^|,)\s*[^\s=;,"]+=([^;,]*)/g)].map(([, value = '']) => value.replace(/^"|"$/g, ''));
}

const SECRET_KEY =
  /(?:passw(?:or)?d?|accesstoken|refreshtoken|idtoken|clientsecret|apikey|authorization|cookie)$|^(?:token|secret)$|^xamz/;

/** Whether a header, variable, auth parameter or property of this name holds a secret, however it is spelled. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key.toLowerCase().replace(/[^a-z]/g, ''));
}

/**
 * The value of a secret key, in what may stay and what may not: a scheme (`Bearer `), a cookie's name (`SESSION=`) and a
 * template such as `{{password}}` are no secrets, attributes of a cookie are not worth keeping.
 */
export function splitValue(key: string, value: string): { kept: string; secret: string } {
  const cookie = /cookie$/i.test(key);
  const kept = (cookie ? /^[^\s=;]+=/ : /^(?:Bearer|Basic)\s+/i).exec(value)?.[0] ?? '';
  const rest = value.slice(kept.length);
  const secret = cookie ? rest.replace(/;.*$/s, '') : rest;
  return /^\s*(?:\{\{[^{}]*\}\}\s*)*$/.test(secret) ? { kept: value, secret: '' } : { kept, secret };
}
