import { expect, test } from 'vitest';
import type { CauseKey } from '../../scripts/contract-suite/causes';
import { causeWords, type CaseResult, type Problem } from '../../scripts/contract-suite/report/contract-report';
import { reportFindings, withRootCauses } from '../../scripts/contract-suite/report/root-causes';
import { sampleCase } from '../reports/sample-contract';

const problem = (key?: CauseKey, of?: string): Problem => ({
  promise: 'It holds',
  got: 'something else',
  ...(key === undefined ? {} : causeWords(key, of)),
});

const broken = (name: string, ...problems: readonly Problem[]): CaseResult =>
  sampleCase({ key: name, name, verdict: 'broken', severity: 'contract', problems });

/** What a reader is told to look at: cause and names of cases. */
const told = (cases: readonly CaseResult[]): (readonly [string | undefined, ...string[]])[] =>
  reportFindings(withRootCauses(cases)).map(({ causeKey, cases: own }) => [causeKey, ...own.map(({ name }) => name)]);

test('cases with one cause are one finding, however many', () => {
  const cases = Array.from({ length: 14 }, (_, index) => broken(`case ${index}`, problem('connectionPool')));
  expect(told([...cases, sampleCase()])).toEqual([['connectionPool', ...cases.map(({ name }) => name)]]);
});

test('a cause that another one explains is told as that one, for the same platform only', () => {
  const cases = [
    broken('empty S1', problem('emptyBaseline', 'S1')),
    broken('empty S3', problem('emptyBaseline', 'S3')),
    broken('first', problem('firstPlatform', 'S1')),
  ];
  expect(told(cases)).toEqual([
    ['firstPlatform', 'empty S1', 'first'],
    ['emptyBaseline', 'empty S3'],
  ]);
  expect(withRootCauses(cases)[0]?.problems[0]).toMatchObject({
    causeKey: 'firstPlatform',
    cause: expect.stringMatching(/^First platform wins/) as string,
  });
});

test('what was lost is explained by what became of the look-up', () => {
  expect(told([broken('types', problem('missingType')), broken('again', problem('lookUpFailed'))])).toEqual([
    ['lookUpFailed', 'types', 'again'],
  ]);
});

test('exceptions of two answers are two findings, and so is what has no cause', () => {
  const cases = [broken('a', problem('exception')), broken('b', problem('exception')), broken('c', problem())];
  expect(told(cases)).toEqual([
    [undefined, 'a'],
    [undefined, 'b'],
    [undefined, 'c'],
  ]);
});

test('a case with two reasons is in both findings, each with its own problem', () => {
  const cases = [broken('both', problem('proxyDown'), problem()), broken('one', problem('proxyDown'))];
  expect(told(cases)).toEqual([
    ['proxyDown', 'both', 'one'],
    [undefined, 'both'],
  ]);
  expect(reportFindings(cases).map(({ cases: [first] }) => first.problems)).toEqual([
    [problem('proxyDown')],
    [problem()],
  ]);
});

test('the worst comes first, and a finding is as bad as its worst case', () => {
  const cases = [
    { ...broken('shape'), severity: 'shape' as const, problems: [problem()] },
    { ...broken('contract', problem('proxyDown')) },
    { ...broken('data', problem('proxyDown')), severity: 'data' as const },
  ];
  expect(reportFindings(cases).map(({ severity, cases: own }) => [severity, own.length])).toEqual([
    ['data', 2],
    ['shape', 1],
  ]);
});
