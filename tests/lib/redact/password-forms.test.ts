import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../scripts/lib/redact/redact';
import { rounds } from '../../helpers/budget';
import { ALONE, BASE64, FORMS, OF_GIVEN } from '../../helpers/secret-forms';

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
  // Nothing but escapes, and nearly so.
  '\\u0041\\u0042',
  'a\\uaaaaa',
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
  test.each(Object.entries({ ...FORMS, ...ALONE }))('written as %s', (_name, write) => {
    for (const secret of KNOWN) expectGone(write(secret), secret);
    fc.assert(
      fc.property(passwords, (secret) => expectGone(write(secret), secret)),
      { numRuns: rounds(100, 400) },
    );
  });

  test.each(Object.entries({ ...BASE64, ...OF_GIVEN }))('in %s', (_name, write) => {
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
      // Its base64 is all small letters but for the first.
      { numRuns: rounds(100, 300), examples: [['Byan\\€a}']] },
    );
  });

  test('in one form inside another, to a depth of three', () => {
    const nestable = Object.values(FORMS);
    const forms = fc.tuple(fc.constantFrom(...nestable), fc.constantFrom(...nestable));
    fc.assert(
      fc.property(passwords, forms, (secret, [inner, outer]) => expectGone(outer(inner(secret)), secret)),
      {
        numRuns: rounds(1000, 3000),
        // It holds escapes of its own, of which decoding it four times leaves the half.
        examples: [
          ['a%00ééaaaéa"', [FORMS['URL in a URL']!, FORMS['URL in a URL']!]],
          // With the quotation marks around it, it begins as what a shell writes for an apostrophe.
          [`'"'""a"aé`, [FORMS['JSON in HTML']!, FORMS.inspected!]],
        ],
      },
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
