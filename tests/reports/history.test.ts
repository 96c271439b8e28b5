import { execFileSync } from 'node:child_process';
import { linkSync, symlinkSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findingHistories, historyLine, parseHistory, type HistoryEntry } from '../../scripts/reports/history/history';
import { entryOfRun } from '../../scripts/reports/history/run-entry';
import { runPage } from '../../scripts/reports/run/run-page';
import { HISTORY_NAME, remember, runsLike } from '../../scripts/session/run-history';
import { temporaryFolder } from '../helpers/run-cli';
import { goodReport, sampleReport } from './sample-report';

const ENTRY = entryOfRun(goodReport(), 'report');

const run = (day: number, findings: readonly string[] = []): HistoryEntry => ({
  ...ENTRY,
  report: `report-${day}`,
  at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  broken: findings.length,
  findings,
});

test('first seen, how often, and what comes and goes', () => {
  const runs = [run(0), run(1, ['A']), run(2, ['B']), run(3, ['A', 'B']), run(4, ['B'])];
  expect(findingHistories(runs)).toEqual([
    { finding: 'A', firstSeen: runs[1]?.at, times: 2, runs: 5, isFlaky: true },
    { finding: 'B', firstSeen: runs[2]?.at, times: 3, runs: 5, isFlaky: false },
  ]);
});

test('lines that are cut, foreign or of another version are left out', () => {
  const good = historyLine(run(1));
  const text = `${good.slice(0, 40)}\n{}\nnull\n${good.replace('"version":1', '"version":2')}${good}`;
  expect(parseHistory(text)).toEqual([run(1)]);
});

test('only runs of the same command, request and site are compared; a sandbox has another port each time', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'auxflow-history-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const like = { ...run(1), siteUrl: 'http://127.0.0.1:1' };
  for (const entry of [
    like,
    { ...run(2), subject: 'else' },
    { ...run(3), command: 'fetch' as const },
    { ...run(4), environment: 'production' },
  ])
    await remember(folder, entry);
  await appendFile(path.join(folder, HISTORY_NAME), 'half a li');
  expect((await runsLike(folder, run(9))).map(({ at }) => at)).toEqual([like.at, run(9).at]);
  expect((await readFile(path.join(folder, HISTORY_NAME), 'utf8')).split('\n')).toHaveLength(5);
  expect(await runsLike(path.join(folder, 'none'), run(9))).toEqual([run(9)]);
});

test.each([
  ['a pipe', (file: string) => execFileSync('mkfifo', [file])],
  ['a link', (file: string, precious: string) => symlinkSync(precious, file)],
  ['a link to a device', (file: string) => symlinkSync('/dev/zero', file)],
])('%s in the place of the history is neither waited for nor written through', async (_what, put) => {
  const folder = temporaryFolder();
  const precious = path.join(folder, 'precious');
  await appendFile(precious, historyLine(run(1)));
  put(path.join(folder, HISTORY_NAME), precious);
  await remember(folder, run(2));
  expect(await runsLike(folder, run(9))).toEqual([run(9)]);
  expect(await readFile(precious, 'utf8')).toBe(historyLine(run(1)));
});

test('a history with another name goes on in a copy', async () => {
  const folder = temporaryFolder();
  const precious = path.join(folder, 'precious');
  await appendFile(precious, historyLine(run(1)));
  linkSync(precious, path.join(folder, HISTORY_NAME));
  await remember(folder, run(2));
  expect(await runsLike(folder, run(9))).toEqual([run(1), run(2), run(9)]);
  expect(await readFile(precious, 'utf8')).toBe(historyLine(run(1)));
});

test('a thousand runs are a page of less than 2 MB that names what is flaky', () => {
  const runs = Array.from({ length: 1000 }, (_, day) => run(day, day % 2 === 0 ? ['It <b>answers</b>'] : []));
  const page = runPage(sampleReport(), runs);
  expect(page.length).toBeLessThan(2_000_000);
  expect(page.includes('It &lt;b&gt;answers&lt;/b&gt;: first seen 2026-01-01 00:00 UTC, in 500 of 1000 runs')).toBe(
    true,
  );
  expect(page.includes('flaky</span>')).toBe(true);
});
