import { describe, expect, test } from 'vitest';
import { compareSample } from '../../scripts/diagnostics/drift/compare-sample';
import { breachesOf, outputProblems, problemsOf } from '../../scripts/services/schema/validators';

describe('an answer with thousands of wrong rows', () => {
  test.each([
    ['rdb.baseline', {}],
    ['rdb.baseline', 5],
    ['auxip.products', {}],
    ['reprocessing.aux-types', null],
  ])('%s with rows of %j is wrong, and its breaches are bounded', (schema, row) => {
    const answer = { value: Array<unknown>(3000).fill(row) };
    const breaches = breachesOf(schema, answer);
    expect([breaches.length > 20, breaches.length <= 1000]).toEqual([true, true]);
    expect(problemsOf(schema, answer)).toHaveLength(21);
  });

  test('a row within a row as well', () => {
    const answer = { value: [{ Level0Name: 'x', AuxDataFiles: Array<unknown>(3000).fill({}) }] };
    expect(breachesOf('rdb.baseline', answer).length).toBeLessThanOrEqual(1000);
    expect(outputProblems('lock', { files: Array<unknown>(3000).fill({}) }).length).toBeGreaterThan(0);
  });
});

test('of an answer with thousands of new properties, drift tells the first ones and how many more there are', () => {
  const answer = { value: [], ...Object.fromEntries(Array.from({ length: 3000 }, (_, place) => [`p${place}`, place])) };
  const changes = compareSample('rdb.baseline', answer);
  expect([changes.length, changes.at(-1)?.got]).toEqual([201, expect.stringMatching(/^2\d{3} more changes$/)]);
});
