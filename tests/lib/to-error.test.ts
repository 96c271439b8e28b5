import { expect, test } from 'vitest';
import { toError } from '../../scripts/errors/errors';
import { exitCodeOf } from '../../scripts/errors/exit-codes';

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
