import { execFileSync } from 'node:child_process';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../scripts/lib/redact/redact';
import { html } from '../../../scripts/reports/page/html';

const shell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const handlebars = (text: string): string =>
  html`${text}`.html.replaceAll('&#39;', '&#x27;').replaceAll('`', '&#x60;').replaceAll('=', '&#x3D;');
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

/** How a secret is written on its way into a header, a body, a page, a line for a shell. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
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
  'HTML, hexadecimal': (secret) => Array.from(secret, (sign) => `&#X${sign.codePointAt(0)!.toString(16)};`).join(''),
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
  inspected: (secret) => inspect({ secret }, { maxStringLength: null, breakLength: Infinity }),
};

const BASE64: Readonly<Record<string, (secret: string) => string>> = {
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 after one byte': (secret) => Buffer.from(`:${secret}`).toString('base64'),
  'base64 after two bytes': (secret) => Buffer.from(`u:${secret}`).toString('base64'),
  'Basic credentials': (secret) => `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
  'base64 inside': (secret) => Buffer.from(`{"p":"${secret}","x":1}`).toString('base64'),
  base64url: (secret) => Buffer.from(`us:${secret}`).toString('base64url'),
  'base64 in a URL': (secret) => encodeURIComponent(Buffer.from(secret).toString('base64')),
};

/** Long enough that it cannot be an ordinary word, of what passwords are made of and formats trip over. */
const passwords = fc
  .string({
    minLength: 8,
    maxLength: 40,
    unit: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...Array.from(`"'\\/<>&%+$\`=;:,#{}[]() `)) },
      { weight: 3, arbitrary: fc.constantFrom(...Array.from('abnrtuxyzABZ019')) },
      { weight: 1, arbitrary: fc.constantFrom(...Array.from('éß€漢😀')) },
    ),
  })
  .filter((secret) => secret.trim() === secret && /[a-zA-Z]/.test(secret) && /[^a-zA-Z]/.test(secret));

const KNOWN = [
  `Correct"horse battery9`,
  `C4n"ry p$<w&%rd+é/'\\z`,
  'hunter',
  'secret',
  `it's "mine"`,
  '50%41-ok',
  '\\n-\\u0041-x',
];

/** What is left of a form by its own parts: nothing of the secret's letters and digits in a row. */
function expectGone(form: string, secret: string): void {
  const text = createRedactor([secret]).text(`before: ${form} :after`);
  expect([text, text.includes('***')]).toEqual([text, true]);
  expect(text.startsWith('before: ') && text.endsWith(' :after')).toBe(true);
  for (const part of secret.match(/[a-zA-Z0-9]{4,}/g) ?? []) expect(text).not.toContain(part);
  expect(text).not.toContain(secret);
  // Once more is no different.
  expect(createRedactor([secret]).text(text)).toBe(text);
}

describe('a password is gone', () => {
  test.each(Object.entries(FORMS))('written as %s', (_name, write) => {
    for (const secret of KNOWN) expectGone(write(secret), secret);
    fc.assert(
      fc.property(passwords, (secret) => expectGone(write(secret), secret)),
      { numRuns: 400 },
    );
  });

  test.each(Object.entries(BASE64))('in %s', (_name, write) => {
    fc.assert(
      fc.property(passwords, (secret) => {
        const form = write(secret);
        const text = createRedactor([secret]).text(form);
        const rest = text.replace('Basic ', '').replaceAll('***', '');
        expect([
          form,
          text,
          rest.length <= form.replace('Basic ', '').length - Math.floor((Buffer.byteLength(secret) * 4) / 3) + 8,
        ]).toEqual([form, text, true]);
      }),
      { numRuns: 300 },
    );
  });

  test('in one form inside another, to a depth of three', () => {
    const nestable = Object.values(FORMS);
    const forms = fc.tuple(fc.constantFrom(...nestable), fc.constantFrom(...nestable));
    fc.assert(
      fc.property(passwords, forms, (secret, [inner, outer]) => expectGone(outer(inner(secret)), secret)),
      { numRuns: 3000 },
    );
  });

  test('in a line that a shell reads', () => {
    const secret = KNOWN[1]!;
    const line = execFileSync('/bin/bash', ['--norc', '-c', 'printf %q "$SECRET"'], {
      env: { SECRET: secret },
    }).toString();
    expectGone(line, secret);
  });
});
