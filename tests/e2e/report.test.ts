import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { unpack, type PackedPicture } from '../../scripts/reports/campaign/campaign-picture';
import { outputProblems } from '../../scripts/services/schema/validators';
import { lockIn } from '../helpers/campaign';
import { reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';

const PAGES = ['index.html', 'campaign.html', 'junit.xml', 'junit-files.xml'];
let campaign: string;
beforeAll(async () => {
  campaign = await sharedCampaign('small');
});

/** A copy of the shared campaign's reports, and the one report in it. */
function reportCopy(): string {
  const reports = temporaryFolder();
  cpSync(path.join(campaign, '..', 'reports'), reports, { recursive: true });
  const [name = ''] = reportNames(reports);
  return path.join(reports, name);
}

const json = (...file: string[]): unknown => JSON.parse(readFileSync(path.join(...file), 'utf8'));

test('every page is written again from what was saved, byte by byte as it was', async () => {
  const report = reportCopy();
  const before = PAGES.map((page) => readFileSync(path.join(report, page), 'utf8'));
  for (const page of PAGES) rmSync(path.join(report, page));
  const { exitCode, stdout, stderr } = await runCli(['report', report]);
  expect([exitCode, stderr]).toEqual([0, '']);
  for (const page of PAGES) expect(stdout).toContain(path.join(report, page));
  expect(PAGES.map((page) => readFileSync(path.join(report, page), 'utf8'))).toEqual(before);
});

test('what is written for other programs fits its published schema', () => {
  const report = reportCopy();
  expect(outputProblems('run', json(report, 'run.json'))).toEqual([]);
  expect(outputProblems('campaign', json(report, 'campaign.json'))).toEqual([]);
  expect(outputProblems('lock', lockIn(campaign))).toEqual([]);
  const history = readFileSync(path.join(report, '..', 'history.jsonl'), 'utf8')
    .trim()
    .split('\n');
  expect(history.flatMap((line) => outputProblems('history', JSON.parse(line)))).toEqual([]);
  expect(outputProblems('run', { ...(json(report, 'run.json') as object), files: [{ name: 1 }] })).not.toEqual([]);
});

test('the matrix names what the lock names, product by product', () => {
  const { matrix } = unpack(json(reportCopy(), 'campaign.json') as PackedPicture);
  const lock = lockIn(campaign);
  const ofMatrix = matrix.level0.map(({ name }, column) => {
    const files = matrix.types.flatMap(({ findings, cells }) => findings[cells[column] ?? -1]?.answered ?? []);
    return [name, files.map((place) => matrix.files[place]?.name).sort()];
  });
  const ofLock = lock.level0.map(({ name, files }) => [name, files.map((place) => lock.files[place]?.name).sort()]);
  expect(ofMatrix.sort()).toEqual(ofLock.sort());
});

test.each([
  [
    'no report at all',
    (report: string) => rmSync(path.join(report, 'run.json')),
    /neither run\.json nor contract\.json/,
  ],
  ['half a file', (report: string) => halve(path.join(report, 'run.json')), /it is not JSON/],
  [
    'a file changed by hand',
    (report: string) => writeFileSync(path.join(report, 'run.json'), '{"steps": 3}'),
    /is invalid: /,
  ],
  ['half a matrix', (report: string) => halve(path.join(report, 'campaign.json')), /it is not JSON/],
])('%s: said, exit code 2, the pages stay as they were', async (_name, spoil, message) => {
  const report = reportCopy();
  spoil(report);
  const page = readFileSync(path.join(report, 'index.html'), 'utf8');
  const { exitCode, stderr } = await runCli(['report', report]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(readFileSync(path.join(report, 'index.html'), 'utf8')).toBe(page);
});

function halve(file: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.slice(0, text.length / 2));
}

test('campaign.html is the first link of the report, all runs have an index, and made-up bytes are said to be so', () => {
  const report = reportCopy();
  const index = readFileSync(path.join(report, 'index.html'), 'utf8');
  const [first] = /<ul class="links"[^]*?<\/ul>/.exec(index)?.[0].match(/href="[^"]*"/) ?? [];
  expect(first).toBe('href="campaign.html"');
  for (const page of ['index.html', 'campaign.html']) {
    const text = readFileSync(path.join(report, page), 'utf8');
    expect(text).toContain('href="../index.html">All runs');
    expect(text).toContain('Made-up bytes.');
  }
  const runs = readFileSync(path.join(report, '..', 'index.html'), 'utf8');
  expect(runs).toContain(`href="${path.basename(report)}/campaign.html"`);
  expect(lockIn(campaign).contents).toBe('made-up');
  const [row = ''] = readFileSync(path.join(campaign, 'manifest.jsonl'), 'utf8').split('\n');
  expect(JSON.parse(row)).toMatchObject({ contents: 'made-up' });
  expect(readFileSync(path.join(campaign, 'manifest.csv'), 'utf8')).toMatch(/,made-up,\r?\n/);
  expect(json(report, 'run.json')).toMatchObject({ contents: 'made-up', retries: [], pauses: [] });
});

test('of the folder of a campaign it is said where its report comes from', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'auxflow.lock.json'), '{}');
  const { exitCode, stdout, stderr } = await runCli(['report', folder]);
  expect([exitCode, stdout + stderr]).toEqual([2, expect.stringContaining('auxflow fetch --frozen with its lock')]);
});

test('a report folder with a pipe under the name of its data is refused: nobody waits for its writer', async () => {
  const folder = temporaryFolder();
  execFileSync('mkfifo', [path.join(folder, 'run.json')]);
  expect(await runCli(['report', folder])).toMatchObject({ exitCode: 2 });
});

test('what an earlier one left that was stopped in the middle is removed', async () => {
  const report = reportCopy();
  const leftover = path.join(report, 'index.html.123.tmp');
  writeFileSync(leftover, 'half a page');
  expect(await runCli(['report', report])).toMatchObject({ exitCode: 0 });
  expect(existsSync(leftover)).toBe(false);
});

test('Ctrl-C in the middle of the pages ends it at once, and no page is cut', async () => {
  const report = reportCopy();
  const run = json(report, 'run.json') as { files: object[] };
  const files = Array.from({ length: 20_000 }, (_, place) => run.files[place % run.files.length]);
  writeFileSync(path.join(report, 'run.json'), JSON.stringify({ ...run, files }));
  const before = PAGES.map((page) => readFileSync(path.join(report, page), 'utf8'));
  const stop = new AbortController();
  const { exitCode, stdout } = await runCli(['report', report], {
    started: (child) => {
      watch(report, stop).on('change', (_event, name) => {
        // Once: a second signal ends every process.
        if (String(name).endsWith('.tmp') && !child.killed) child.kill('SIGINT');
      });
    },
  });
  stop.abort();
  // Ended by the signal: nothing was made to its end first.
  expect([exitCode, stdout]).toEqual([null, '']);
  expect(PAGES.map((page) => readFileSync(path.join(report, page), 'utf8'))).toEqual(before);
});
