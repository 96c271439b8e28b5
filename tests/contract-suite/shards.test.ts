import { describe, expect, test } from 'vitest';
import { mergeShards, shardProblems, type ShardReport } from '../../scripts/contract-suite/report/merge-shards';
import { BUDGET, isIntrusive } from '../../scripts/contract-suite/case-costs';
import type { CaseFolder } from '../../scripts/contract-suite/contract-case';
import { chosenCases } from '../../scripts/contract-suite/run/chosen-cases';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { shardOf } from '../../scripts/contract-suite/run/shard-of';
import { sampleCase, sampleContract } from '../reports/sample-contract';
import type { ContractReport } from '../../scripts/contract-suite/report/contract-report';

const countOf = (folders: readonly { cases: readonly unknown[] }[]): number =>
  folders.reduce((sum, { cases }) => sum + cases.length, 0);

test.each([1, 2, 3, 4, 7, 30])(
  '%i shards have every folder once, in order, and none has much more than its part',
  (of) => {
    const shards = Array.from({ length: of }, (_, place) => shardOf(CASE_FOLDERS, { index: place + 1, of }));
    const names = shards.flatMap((folders) => folders.map(({ name }) => name));
    expect([...names].sort()).toEqual(CASE_FOLDERS.map(({ name }) => name).sort());
    for (const folders of shards) {
      const places = folders.map((folder) => CASE_FOLDERS.indexOf(folder));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
    const longest = Math.max(...CASE_FOLDERS.map(({ cases }) => cases.length));
    const most = Math.max(...shards.map(countOf));
    expect(most).toBeLessThanOrEqual(Math.max(longest, (countOf(CASE_FOLDERS) / of) * 1.5));
  },
);

test.each([undefined, 'refus', 'value'])(
  'shards cost a service together what a whole run costs (--grep %s)',
  (grep) => {
    const all = chosenCases({ folder: [], profile: 'adg', grep });
    const costsOf = (folders: readonly CaseFolder[]): (readonly string[])[] =>
      folders
        .flatMap(({ cases }) => cases)
        .filter((item) => !isIntrusive(item))
        .flatMap(({ key, costs = [] }) => costs.map((cost) => [cost, key]))
        .sort();
    const whole = costsOf(all);
    for (const [cost, limit] of Object.entries(BUDGET))
      expect(whole.filter(([own]) => own === cost).length).toBeLessThanOrEqual(limit);
    for (const of of [2, 3, 5, all.length, 40]) {
      const shards = Array.from({ length: of }, (_, place) => shardOf(all, { index: place + 1, of }));
      expect(shards.flatMap(costsOf).sort()).toEqual(whole);
      // Each folder signs in, wherever it is run.
      expect(shards.flat().length).toBe(all.length);
    }
  },
);

const [token, gateway] = CASE_FOLDERS.map(({ name }) => name);
const of = (index: number, count: number, fields: Partial<ContractReport> = {}): ShardReport => ({
  place: `part-${index}`,
  report: { ...sampleContract({ cases: [], exitCode: 0 }), shard: { index, of: count }, ...fields },
});

describe('merging', () => {
  test('cases in the order of the suite, sums, the earliest beginning, the worst end', () => {
    const row = { kind: 'token', min: 1, median: 2, p90: 3, max: 4 } as const;
    const merged = mergeShards([
      of(1, 2, {
        ...{ startedAt: '2024-03-01T10:00:30.000Z', seconds: 30, exitCode: 5, latency: [{ ...row, count: 3 }] },
        cases: [sampleCase({ folder: gateway, costs: ['failed login'] })],
      }),
      of(2, 2, {
        ...{ startedAt: '2024-03-01T10:00:00.000Z', seconds: 10, exitCode: 1 },
        latency: [{ ...row, count: 1, median: 6, max: 9 }],
        cases: [sampleCase({ folder: token, verdict: 'broken', problems: [{ promise: 'x', got: 'y' }] })],
      }),
    ]);
    expect(merged).toMatchObject({ startedAt: '2024-03-01T10:00:00.000Z', seconds: 60, exitCode: 5 });
    expect(merged.cases.map(({ folder }) => folder)).toEqual([token, gateway]);
    expect([merged.shard, merged.costs['failed login'], merged.findings.length]).toEqual([undefined, 1, 1]);
    expect(merged.latency).toEqual([{ ...row, count: 4, median: 3, max: 9 }]);
  });

  test.each<[string, ShardReport[], RegExp]>([
    ['none', [], /no report is given/],
    ['a missing one', [of(1, 4), of(3, 4)], /^missing: shard 2\/4, shard 4\/4$/],
    ['one twice', [of(1, 2), of(2, 2), of(2, 2)], /^shard 2\/2 is given 2 times: part-2, part-2$/],
    ['a whole run', [of(1, 2), { place: 'whole', report: sampleContract() }], /^whole is not a shard$/],
    [
      'versions',
      [of(1, 2), of(2, 2, { auxflowVersion: '2.0.0' })],
      /^the version differs: 1\.2\.3 in part-1, 2\.0\.0 in part-2$/,
    ],
    ['seeds', [of(1, 2), of(2, 2, { seed: '7' })], /^the seed differs/],
    ['numbers', [of(1, 2), of(2, 3)], /^the number of shards differs/],
    [
      'other selections',
      [of(1, 2, { cases: [sampleCase()] }), of(2, 2, { cases: [sampleCase()] })],
      /^auxip\.svc pages is in 2 shards: 1\/2, 2\/2$/,
    ],
  ])('%s: is named', (_what, shards, problem) => {
    expect(shardProblems(shards)).toEqual([expect.stringMatching(problem)]);
  });

  test('all of them, each with a sandbox of its own: nothing to object to', () => {
    expect(shardProblems([of(2, 2, { siteUrl: 'http://127.0.0.1:2' }), of(1, 2)])).toEqual([]);
  });
});
