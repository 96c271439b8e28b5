import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { ContractReport } from '../../scripts/contract-suite/report/contract-report';
import { inTurns } from '../helpers/in-turns';
import { junitProblems } from '../helpers/junit-problems';
import { runCli, temporaryFolder } from '../helpers/run-cli';

const testInTurn = inTurns(3);

const GREP = ['--folder', 'Token endpoint', 'Gateway', '--grep', 'user'];

/** Without what no two runs have in common. */
function lasting(folder: string): unknown {
  const text = readFileSync(path.join(folder, 'contract.json'), 'utf8').replace(/127\.0\.0\.1:\d+/g, 'SITE');
  const report = JSON.parse(text) as ContractReport;
  return {
    ...report,
    ...{ startedAt: '', seconds: 0 },
    latency: report.latency.map(({ kind, count }) => ({ kind, count })),
    cases: report.cases.map((item) => ({ ...item, milliseconds: 0 })),
  };
}

testInTurn('two shards merged are the run of one machine; one alone is not', async () => {
  const folder = temporaryFolder();
  const reports = path.join(folder, 'reports');
  const run = (name: string, ...words: string[]) =>
    runCli(['contract', ...GREP, '--seed', '7', '--reports', reports, '--report-name', name, ...words]);
  const parts = [await run('first', '--shard', '1/2'), await run('second', '--shard', '2/2'), await run('whole')];
  const at = (name: string): string => path.join(reports, name);
  const out = path.join(folder, 'merged');
  const merged = await runCli(['merge-reports', at('first'), at('second'), '--out', out]);
  const alone = await runCli(['merge-reports', at('second')]);
  expect([...parts, merged, alone].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 2]);
  expect(lasting(out)).toEqual(lasting(at('whole')));
  expect(junitProblems(readFileSync(path.join(out, 'junit.xml'), 'utf8'))).toEqual([]);
  expect(alone.stderr).toMatch(/missing: shard 1\/2/);
});
