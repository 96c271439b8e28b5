import { describe, expect, test } from 'vitest';
import type { CaseFolder } from '../../../scripts/contract-suite/contract-case';
import type { CaseAssertion, CaseStep } from '../../../scripts/newman/case-step';
import { contractJunit } from '../../../scripts/contract-suite/report/contract-junit';
import { contractMarkdown } from '../../../scripts/contract-suite/report/contract-markdown';
import { caseResults, causeWords, countVerdicts } from '../../../scripts/contract-suite/report/contract-report';
import { junitProblems } from '../../helpers/junit-problems';
import { contractFilledWith, sampleCase, sampleContract } from '../sample-contract';

const NASTY = `"><script>alert(1)</script>&|\n'`;

describe('what came of a case', () => {
  const source = { basis: 'observed', cite: 'auxip.md#lists', says: 'x' } as const;
  const folder: CaseFolder = {
    key: 'f',
    name: 'F',
    about: '',
    cases: ['a', 'b'].map((name) => ({
      key: name,
      name,
      severity: 'data',
      source,
      request: { url: '' },
      expect: { status: 200 },
    })),
  };
  const step = (fields: Partial<CaseStep>): CaseStep => ({
    ...{ folder: 'F', name: 'a', curl: 'curl', milliseconds: 10, assertions: [], sent: true, status: 200 },
    ...fields,
  });
  const assertion = (name: string, outcome: CaseAssertion['outcome'] = 'ok'): CaseAssertion => ({ name, outcome });
  const verdictOf = (...steps: CaseStep[]): string | undefined => caseResults([folder], steps)[0]?.verdict;

  test.each<[string, Partial<CaseStep>]>([
    ['kept', { assertions: [assertion('x')] }],
    ['broken', { assertions: [assertion('x'), assertion('y', 'failed')] }],
    ['broken', { assertions: [assertion('x')], fault: 'aborted' }],
    ['broken', { assertions: [assertion('news: x', 'failed'), assertion('y', 'failed')] }],
    ['news', { assertions: [assertion('news: x', 'failed')] }],
    ['pinned', { assertions: [assertion('pinned: x', 'skipped')] }],
    ['untested', { assertions: [assertion('not tested: x', 'skipped')], sent: false }],
    // Sent, and nothing was looked at: not a kept promise.
    ['untested', { assertions: [] }],
  ])('%s', (verdict, fields) => {
    expect(verdictOf(step(fields))).toBe(verdict);
  });

  test('a case of another profile is not in the report; one that asks in parts is there once', () => {
    const parts = [
      step({ assertions: [assertion('x')] }),
      step({ assertions: [assertion('y', 'failed')], milliseconds: 5 }),
    ];
    const results = caseResults([folder], [...parts, step({ name: 'b', sent: false })]);
    expect(results).toMatchObject([{ name: 'a', verdict: 'broken', held: 1, requests: 2, milliseconds: 15 }]);
  });

  test('a problem and its cause are told apart', () => {
    const got = 'expected {"a":"x | y"}, got {"a":"z | w"}';
    const failed = { name: 'Status is 200', outcome: 'failed', message: got, cause: { key: 'proxyDown' } } as const;
    const [result] = caseResults([folder], [step({ assertions: [failed] })]);
    expect(result?.problems).toEqual([{ promise: 'Status is 200', got, ...causeWords('proxyDown') }]);
  });

  test('verdicts are counted', () => {
    expect(countVerdicts(sampleContract().cases)).toEqual({ kept: 1, broken: 2, news: 1, pinned: 1, untested: 1 });
  });
});

test('JUnit: a suite per resource, deviations and untested cases skipped', () => {
  const xml = contractJunit(sampleContract());
  expect(junitProblems(xml)).toEqual([]);
  expect(xml).toMatch(/<testsuite name="Downloads" [^>]*tests="2" failures="1" skipped="1" errors="0" time="0.500">/);
  expect(xml).toContain('<skipped message="known deviation: 401 when unauthenticated."/>');
  expect(xml).toContain('<skipped message="not tested: x not known"/>');
  expect(xml).toMatch(/<failure type="data" message="Status is 200: got 502 \(The proxy [^"]*"/);
});

test('JUnit is valid whatever the service says', () => {
  for (const report of [sampleContract(), contractFilledWith(NASTY), sampleContract({ cases: [] })])
    expect(junitProblems(contractJunit(report))).toEqual([]);
});

describe('Markdown', () => {
  test('numbers, and findings with the worst first', () => {
    const text = contractMarkdown(sampleContract());
    // Two broken promises with one cause are one finding.
    expect(text).toContain('## Service contract: 2 findings');
    expect(text).toContain('1 kept, 2 broken, 1 news, 1 pinned, 1 untested.');
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows[2]).toMatch(/Data; Shape \| The proxy cannot reach the service/);
    expect(rows.map((row) => row.split(' | ')[0])).toEqual(['| severity', '| ---', '| data', '| contract']);
  });

  test('a row stays a row whatever the service says', () => {
    const rows = contractMarkdown(contractFilledWith(NASTY))
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(2 + 3);
    for (const row of rows) expect(row.replaceAll(String.raw`\|`, '').match(/\|/g)).toHaveLength(6);
    expect(rows.join('')).not.toContain('<script');
  });

  test('many findings are cut short, none are told', () => {
    const many = Array.from({ length: 25 }, () =>
      sampleCase({ verdict: 'broken', problems: [{ promise: 'x', got: 'y' }] }),
    );
    expect(contractMarkdown(sampleContract({ cases: many }))).toContain('… and 5 more in `contract.html`.');
    expect(contractMarkdown(sampleContract({ cases: [sampleCase()] }))).toContain('## Service contract: kept');
  });
});
