import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { evictedBefore } from '../../scripts/campaign/report/evicted-before';
import { campaignPage } from '../../scripts/reports/campaign/campaign-page';
import { pack } from '../../scripts/reports/campaign/campaign-picture';
import { notJudged, pictureOf } from '../../scripts/reports/campaign/picture-of-run';
import { RUNS_PAGE, runsPage } from '../../scripts/reports/history/runs-page';
import type { HistoryEntry } from '../../scripts/reports/history/history';
import { runPage } from '../../scripts/reports/run/run-page';
import type { RunReport } from '../../scripts/reports/run/run-report';
import { readEntry } from '../../scripts/services/catalogue-entry';
import { BROWSER, hasBrowser, openOffline } from './offline-browser';
import { sampleReport } from './sample-report';

const textOf = (page: string): string =>
  page.replaceAll(/<(style|script)[^]*?<\/\1>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

function campaignText(changes: Partial<RunReport> = {}): string {
  const report = { ...sampleReport(), ...changes };
  return textOf(campaignPage(report, pack(pictureOf(notJudged(report), report))));
}

const FILE = sampleReport().files[0]!.name;
const retry = { name: FILE, reason: 'the store broke <b>off</b>', startMilliseconds: 9_400, seconds: 2 };
const pause = { startMilliseconds: 12_000, until: '2024-03-02T00:00:21.000Z', seconds: 11 };

test('the page tells rate, what was begun again and why, and how long the quota held the run up', () => {
  const text = campaignText({ retries: [retry, { ...retry, startMilliseconds: 12_000 }], pauses: [pause] });
  expect(text).toMatch(/\d+ files, [\d.]+ GB in [\d.]+ s: [\d.]+ MB \/s\./);
  expect(text).toContain('Begun again: 2 times, for 1 file or call.');
  expect(text).toContain('the store broke &lt;b&gt;off&lt;/b&gt;');
  expect(text).toContain('Held up by the quota: 1 pause, 11.0 s together, the last one until 2024-03-02 00:00:21 UTC.');
  expect(text).toContain('1 pause for the quota');
  expect(text).toContain('verified, 2 retries');
  expect(text).toMatch(/[\d.]+ MB\/s/);
  expect(campaignText()).not.toMatch(/Begun again|Held up|retries/);
});

test('a campaign without a judgement has its page, which says so', () => {
  expect(campaignText()).toContain('Not judged here: the judgement is not among the data of this run.');
  expect(campaignText({ baselines: [] })).toContain('Not judged here: there is no baseline.');
});

test('bytes of a sandbox are said to be made up, on both pages', () => {
  const madeUp = { contents: 'made-up' } as const;
  expect(campaignText(madeUp)).toContain('Made-up bytes.');
  expect(textOf(runPage({ ...sampleReport(), ...madeUp }))).toContain('Made-up bytes.');
  expect(campaignText()).not.toContain('Made-up bytes.');
});

test('eviction is told where the catalogue tells it, and before the planned end it is a warning', () => {
  const body = { Id: 'A', Name: 'a', ContentLength: 1, PublicationDate: '2024-01-01T00:00:00Z' };
  expect(readEntry({ ...body, EvictionDate: '2024-03-01T00:00:00.000Z' })).toMatchObject({
    entry: { evictionDate: '2024-03-01T00:00:00.000Z' },
  });
  for (const EvictionDate of [undefined, null, 7, 'never'])
    expect(readEntry({ ...body, EvictionDate })).not.toHaveProperty('entry.evictionDate');
  const manifest = { level0: [], references: 0, refused: [], files: [{ id: 'a', name: 'A', type: 'T', neededBy: 1 }] };
  const finishedAt = new Date('2024-02-01T00:00:00Z');
  const data = { outcomes: [], errors: [], evictions: new Map([['a', '2024-03-01T00:00:00.000Z']]) };
  expect(evictedBefore({ manifest, data, finishedAt })).toEqual([]);
  const late = evictedBefore({ manifest, data, finishedAt, plannedEnd: '2024-04-01T00:00:00.000Z' });
  expect(late.map(({ severity, title }) => `${severity}: ${title}`)).toEqual([
    'warning: The catalogue evicts 1 file before the planned end, 2024-04-01T00:00:00.000Z.',
  ]);
  const files = sampleReport().files.map((file) => ({ ...file, evictionDate: '2024-03-01T00:00:00.000Z' }));
  expect(campaignText({ files })).toContain('Eviction from the catalogue the first file 2024-03-01T00:00:00.000Z');
  expect(campaignText()).toContain('Eviction from the catalogue not told by its answers');
});

test('the index has a row for each run, the latest first, linked while its report is there', () => {
  const entry: HistoryEntry = {
    ...{ version: 1, at: '2024-03-01T00:00:00.000Z', command: 'fetch', environment: 'sandbox', siteUrl: 'http://x' },
    ...{ subject: 'S3OLCI <A>', exitCode: 0, kept: 3, broken: 0, seconds: 2, findings: [], report: 'a b' },
  };
  const runs = [
    entry,
    { ...entry, at: '2024-03-02T00:00:00.000Z', command: 'contract' as const, report: 'gone', exitCode: 1 },
  ];
  const page = runsPage(runs, new Set(['a b']), '0.1.0');
  expect(page).toContain('href="a%20b/campaign.html"');
  expect(page).not.toContain('gone/');
  expect(page).toContain('S3OLCI &lt;A&gt;');
  expect(textOf(page)).toContain('2 runs, 1 with an exit code other than 0');
  expect(page.indexOf('2024-03-02')).toBeLessThan(page.indexOf('2024-03-01'));
  const many = Array.from({ length: 1001 }, () => entry);
  expect(Buffer.byteLength(runsPage(many, new Set(['a b']), '0.1.0'))).toBeLessThan(2_000_000);
  expect(RUNS_PAGE).toBe('index.html');
});

test.skipIf(!hasBrowser)(`without a judgement the files are searched all the same ${BROWSER}`, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'auxflow-page-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const report = sampleReport();
  const nothing = { ...report, files: [], baselines: [] };
  for (const [name, shown] of Object.entries({ report, nothing })) {
    const file = path.join(folder, `${name}.html`);
    await writeFile(file, campaignPage(shown, pack(pictureOf(notJudged(shown), shown))));
    const open = await openOffline(file);
    const { page, complaints } = open;
    await page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
    expect(complaints).toEqual([]);
    if (name === 'report') {
      await page.locator('#files-search').fill(FILE);
      expect(await page.locator('#files-table tbody tr').count()).toBe(1);
    }
    await open.close();
  }
});
