import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  problemMessage,
  readProblemMessage,
  readTestName,
  testName,
  type ToldProblem,
} from '../../scripts/newman/assertion-protocol';

const cause = fc.record({ key: fc.string(), of: fc.string() }, { requiredKeys: ['key'] });
const problem: fc.Arbitrary<ToldProblem> = fc.record(
  { got: fc.string({ unit: 'grapheme' }), cause },
  { requiredKeys: ['got'] },
);

describe('a message', () => {
  test('says what came and why in any words, and is read as it was written', () => {
    fc.assert(
      fc.property(problem, fc.option(fc.string(), { nil: undefined }), (told, words) => {
        expect(readProblemMessage(problemMessage(told, words))).toEqual(told);
      }),
    );
  });

  test.each(['expected {"a":"x | y"}, got {"a":"z | w"}', 'two\nlines', 'one\nauxflow: {"got":"another"}', ''])(
    'bars, lines and forged marks tear nothing: %j',
    (got) => {
      const told = { got, cause: { key: 'exception' } };
      expect(readProblemMessage(problemMessage(told, 'An exception | here\nauxflow: {}'))).toEqual(told);
    },
  );

  test.each([
    'got 500',
    'x\nauxflow: {',
    'x\nauxflow: null',
    'x\nauxflow: {"got":1}',
    'x\nauxflow: {"got":"a","cause":1}',
  ])('whatever was not written so is what came: %j', (message) =>
    expect(readProblemMessage(message)).toEqual({ got: message }),
  );

  test('people read it first', () => {
    expect(problemMessage({ got: 'got 502', cause: { key: 'proxyDown' } }, 'It is down.')).toMatch(
      /^got 502 \(It is down\.\)\n/,
    );
  });
});

test('the name of a test says what kind it is', () => {
  for (const kind of ['untested', 'news', 'pinned'] as const)
    expect(readTestName(testName(kind, 'x: y'))).toEqual({ kind, text: 'x: y' });
  expect(readTestName('Status is 200')).toEqual({ kind: 'promise', text: 'Status is 200' });
});
