import { inspect } from 'node:util';
import { html } from '../../scripts/reports/page/html';

const shell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const handlebars = (text: string): string =>
  html`${text}`.html.replaceAll('&#39;', '&#x27;').replaceAll('`', '&#x60;').replaceAll('=', '&#x3D;');
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** RFC 2045 §6.7: every line ends before its 77th character. */
function quotedPrintable(text: string): string {
  const signs = Array.from(Buffer.from(text), (byte) =>
    byte < 0x21 || byte > 0x7e || byte === 0x3d
      ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
      : String.fromCharCode(byte),
  );
  let line = 0;
  return signs.map((sign) => ((line += sign.length) > 12 ? `=\r\n${((line = sign.length), sign)}` : sign)).join('');
}

/** As `base64` of coreutils and java.util.Base64's MIME encoder write it. */
const inLines = (text: string, width: number): string => text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\r\n');

type Form = (secret: string) => string;

/** How a secret is written on its way into a header, a body, a page, a line for a shell. */
export const FORMS: Readonly<Record<string, Form>> = {
  'as it is': (secret) => secret,
  JSON: (secret) => JSON.stringify(secret),
  'JSON in JSON': (secret) => JSON.stringify({ body: JSON.stringify({ password: secret }) }),
  'JSON three times': (secret) => JSON.stringify(JSON.stringify(JSON.stringify(secret))),
  'a shell': shell,
  'a shell in JSON': (secret) => JSON.stringify(`curl ${shell(secret)}`),
  'a shell in HTML': (secret) => html`${`curl ${shell(secret)}`}`.html,
  'a shell, with double quotes': (secret) => `'${secret.replaceAll("'", `'"'"'`)}'`,
  HTML: (secret) => html`${secret}`.html,
  'HTML as Handlebars writes it': handlebars,
  'HTML, decimal': (secret) => Array.from(secret, (sign) => `&#${sign.codePointAt(0)};`).join(''),
  'HTML, hexadecimal': (secret) =>
    Array.from(secret, (sign) => `&#X${(sign.codePointAt(0) ?? 0).toString(16)};`).join(''),
  'HTML, without semicolons': (secret) => Array.from(secret, (sign) => `&#${sign.codePointAt(0)}`).join(''),
  'JSON in HTML': (secret) => html`${JSON.stringify(secret)}`.html,
  'HTML in JSON': (secret) => JSON.stringify(html`${secret}`.html),
  'HTML in HTML': (secret) => html`${html`${secret}`.html}`.html,
  'URL component': encodeURIComponent,
  'URL, lower case': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  'URL, every byte': percent,
  'URL in a URL': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'URL in JSON': (secret) => JSON.stringify({ url: `https://h/?p=${encodeURIComponent(secret)}` }),
  form: (secret) => new URLSearchParams({ p: secret }).toString().slice(2),
  'form in HTML': (secret) => html`${new URLSearchParams({ password: secret }).toString()}`.html,
  'JavaScript, \\u': (secret) =>
    Array.from({ length: secret.length }, (_, at) => `\\u${secret.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  'JavaScript, what is not ASCII': (secret) =>
    JSON.stringify(secret).replace(/[^\x20-\x7e]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'JavaScript, escape()': (secret) =>
    Array.from({ length: secret.length }, (_, at) => `%u${secret.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  CSV: (secret) => `"${secret.replaceAll('"', '""')}"`,
  'composed otherwise': (secret) => secret.normalize('NFD'),
  inspected: (secret) => inspect({ secret }, { maxStringLength: null, breakLength: Infinity }),
};

/** Not nested in others: what mail wrote may be a password itself, and of UTF-16 only what is Latin-1 can be read as bytes. */
export const ALONE: Readonly<Record<string, Form>> = {
  'quoted-printable': (secret) => quotedPrintable(secret),
  'quoted-printable in JSON': (secret) => JSON.stringify(quotedPrintable(secret)),
  'UTF-16 read as bytes': (secret) => Array.from(secret, (sign) => (sign <= '\u00ff' ? `${sign}\0` : sign)).join(''),
  'JSON in quoted-printable': (secret) => quotedPrintable(JSON.stringify(secret)),
};

/** Of bytes: whole, and in base64 at each offset inside a longer text. */
export const BASE64: Readonly<Record<string, Form>> = {
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 after one byte': (secret) => Buffer.from(`:${secret}`).toString('base64'),
  'base64 after two bytes': (secret) => Buffer.from(`u:${secret}`).toString('base64'),
  'Basic credentials': (secret) => `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
  'base64 inside': (secret) => Buffer.from(`{"p":"${secret}","x":1}`).toString('base64'),
  'base64 of a form': (secret) =>
    Buffer.from(new URLSearchParams({ u: 'x', p: secret, q: '1' }).toString()).toString('base64'),
  'base64 of JSON': (secret) => Buffer.from(JSON.stringify({ password: secret, x: 1 })).toString('base64'),
  'base64 in lines': (secret) => inLines(Buffer.from(`${'-'.repeat(50)}${secret}`).toString('base64'), 76),
  'base64 in lines of PEM, in JSON': (secret) =>
    JSON.stringify(inLines(Buffer.from(`${'-'.repeat(40)}${secret}`).toString('base64'), 64)),
  base64url: (secret) => Buffer.from(`us:${secret}`).toString('base64url'),
  hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
  'hexadecimal, upper case': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'base64 in a URL': (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')),
};

/** Promised of given secrets, not of those that are met on the way: no service was seen to write its own so. */
export const OF_GIVEN: Readonly<Record<string, Form>> = {
  'base64 in base64': (secret) =>
    Buffer.from(JSON.stringify({ auth: Buffer.from(`user:${secret}`).toString('base64') })).toString('base64'),
  'base64 of UTF-16': (secret) => Buffer.from(`password=${secret};`, 'utf16le').toString('base64'),
  'a buffer of Node': (secret) => inspect(Buffer.from(secret)),
  'a buffer of Node in JSON': (secret) => JSON.stringify(Buffer.from(secret)),
};

/** Every form that may stand in an answer. */
export function formsOf({ isGiven }: { isGiven: boolean }): readonly Form[] {
  return Object.values({ ...FORMS, ...BASE64, ...(isGiven ? OF_GIVEN : {}) });
}
