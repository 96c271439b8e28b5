import { expect, test } from 'vitest';
import { toError } from '../../scripts/errors/errors';
import { exitCodeOf } from '../../scripts/errors/exit-codes';
import { describe as worded } from '../../scripts/errors/messages';

test('that no more files can be opened is told as such, wherever it is met, and is temporary', () => {
  const met = Object.assign(new Error('EMFILE: too many open files, open'), {
    code: 'EMFILE',
    path: '/a/package.json',
  });
  expect(toError(met)).toEqual({ code: 'TOO_MANY_FILES', path: '/a/package.json', reason: 'EMFILE' });
  expect(toError(Object.assign(new Error('no'), { code: 'ENFILE' }))).toMatchObject({ path: 'this process' });
  expect(exitCodeOf([toError(met)])).toBe(5);
  expect(toError(new Error('anything else\nand more'))).toEqual({ code: 'INTERNAL', reason: 'anything else' });
});

test('a file that was taken for a name is not told whole', () => {
  const name = 'A'.repeat(30_000_000);
  const { headline } = worded({ code: 'L0_NAME_MALFORMED', name, line: 1, example: 'S3A…' });
  expect(headline).toMatch(/^"A{300}…" \(line 1\) is not the name of a Level-0 product[.]$/);
});
