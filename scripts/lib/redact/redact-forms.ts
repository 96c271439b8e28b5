/** How one secret may be written: the encodings a value goes through on its way into a header, a body, a log or a page. */

/** What stands in the place of a secret. */
export const MASK = '***';

/** From this length on even a cut-off secret is recognised: chai shortens long values in assertion messages. */
const CUT_FROM = 24;
const CUT_PREFIX = 16;

/**
 * Whether a value may be searched for in any text. A sandbox password is literally `password`: replacing that word
 * everywhere would ruin `grant_type=password` and half the documentation. So a value counts as distinctive when it has 12
 * characters, or 6 of at least two kinds (letters, digits, others). The rest is redacted only where a secret is expected:
 * under its name in forms, JSON, headers, variables and auth blocks (redact-patterns.ts).
 */
export function isDistinctive(secret: string): boolean {
  const kinds = [/\p{L}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(secret)).length;
  return secret.length >= 12 || (secret.length >= 6 && kinds >= 2);
}

/** The secret as regular expressions' source text, one per form, without repetitions. */
export function formsOf(secret: string): string[] {
  const written = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    ...percentEncoded(secret),
    ...htmlEscaped(secret),
    ...base64(secret),
  ];
  const forms = [...new Set(written)].sort((one, other) => other.length - one.length).map(escapeRegExp);
  return secret.length < CUT_FROM ? forms : [...forms, `${escapeRegExp(secret.slice(0, CUT_PREFIX))}[^\\s'"<>&]*`];
}

function percentEncoded(secret: string): string[] {
  // A lone surrogate cannot be percent-encoded; it cannot have been sent so either.
  if (/\p{Surrogate}/u.test(secret)) return [];
  const uri = encodeURIComponent(secret);
  const strict = uri.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [uri, strict, strict.replaceAll('%20', '+'), encodeURI(secret)];
  return [...forms, ...forms.map((form) => form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** As XML writers do it, and as Handlebars does it (htmlextra's page). */
function htmlEscaped(secret: string): string[] {
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const handlebars = xml.replaceAll("'", '&#x27;').replaceAll('`', '&#x60;').replaceAll('=', '&#x3D;');
  return [xml, xml.replaceAll("'", '&#39;'), handlebars];
}

/**
 * Base64 of any text that contains the secret, such as `user:password`: three bytes make four characters, so the secret
 * can stand at three offsets. The characters shared with its neighbours are left out.
 */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const own = [Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6)] as const;
    return padded.toString('base64').slice(...own);
  });
  return [...forms, ...forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))].filter(isDistinctive);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
