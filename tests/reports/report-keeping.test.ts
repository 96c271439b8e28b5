import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { HISTORY_VERSION, type HistoryEntry } from '../../scripts/reports/history/history';
import { keepReports } from '../../scripts/session/report-keeping';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

const ENTRY: HistoryEntry = {
  ...{ version: HISTORY_VERSION, at: '2024-03-01T10:20:30.400Z', command: 'contract', environment: 'sandbox' },
  ...{ siteUrl: 'https://site.example', subject: 'profile adg', exitCode: 1, kept: 7, broken: 3, seconds: 1 },
  ...{ findings: [], report: 'x' },
};
const nameOf = (day: number): string => `2024030${day}T000000000Z-sandbox-contract`;

function reportsOf(days: readonly number[], data = 'contract.json'): string {
  const reports = temporaryFolder();
  for (const day of days) {
    mkdirSync(path.join(reports, nameOf(day)));
    if (data !== '') writeFileSync(path.join(reports, nameOf(day), data), '{}');
  }
  return reports;
}

test('the stable name leads to the latest report, with its badge', async () => {
  const reports = reportsOf([1, 2]);
  for (const [day, exitCode] of [
    [1, 1],
    [2, 0],
  ] as const) {
    await keepReports(path.join(reports, nameOf(day)), { ...ENTRY, exitCode }, { reportName: 'nightly' });
    expect(readlinkSync(path.join(reports, 'nightly'))).toBe(nameOf(day));
  }
  const badge = (name: string): unknown => JSON.parse(readFileSync(path.join(reports, name, 'badge.json'), 'utf8'));
  const common = { schemaVersion: 1, label: 'auxflow contract' };
  expect(badge('nightly')).toEqual({ ...common, message: '7 passed', color: 'brightgreen' });
  expect(badge(nameOf(1))).toEqual({ ...common, message: '3 of 10 failed', color: 'red' });
  expect(readdirSync(reports).sort()).toEqual([nameOf(1), nameOf(2), 'nightly']);
});

test('what --report-name has not made is left as it is', async () => {
  const reports = reportsOf([1]);
  mkdirSync(path.join(reports, 'nightly'));
  const failure = await failureOf(keepReports(path.join(reports, nameOf(1)), ENTRY, { reportName: 'nightly' }));
  expect(failure).toMatchObject({ code: 'USAGE', problem: expect.stringContaining('nightly exists') as string });
  expect(readdirSync(path.join(reports, 'nightly'))).toEqual([]);
});

test('--keep-reports removes the oldest, but none that has a name or no data yet, and nothing else', async () => {
  const reports = reportsOf([1, 2, 3, 4, 5]);
  await keepReports(path.join(reports, nameOf(1)), ENTRY, { reportName: 'weekly' });
  mkdirSync(path.join(reports, `20240228T000000000Z-under-way`));
  mkdirSync(path.join(reports, 'mine'));
  writeFileSync(path.join(reports, 'mine', 'run.json'), '{}');
  await keepReports(path.join(reports, nameOf(5)), ENTRY, { keepReports: 2 });
  const left = [1, 2, 3, 4, 5].filter((day) => existsSync(path.join(reports, nameOf(day))));
  expect(left).toEqual([1, 4, 5]);
  expect(readdirSync(reports)).toEqual(expect.arrayContaining(['20240228T000000000Z-under-way', 'mine', 'weekly']));
});
