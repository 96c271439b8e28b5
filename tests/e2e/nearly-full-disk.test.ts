import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { lockIn, SMALL_REQUEST } from '../helpers/campaign';
import { expectTruth } from '../helpers/campaign-truth';
import { drawTests } from '../helpers/draw-tests';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { mounts } from '../helpers/mounts';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(4);

const PAGE = 4096;
const INTERVAL = ['-t0', '2024-03-01T00:00:00Z', '-t1', '2024-03-01T02:00:00Z'];
const MANY_FILES = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', ...INTERVAL];

let source: string;
let frozen: string;
/** Of a campaign whose lock and manifest take several pages each. */
const folderOfList = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
afterAll(() => rmSync(folderOfList, { recursive: true, force: true }));

beforeAll(async () => {
  source = await sharedCampaign('small');
  frozen = path.join(source, 'auxflow.lock.json');
  expect((await runCli(['fetch', ...MANY_FILES, '-d', 'FALSE', ...placesIn(folderOfList)])).exitCode).toBe(0);
});

/** Each file on disk as a reader takes it: throws where it is cut. Names of those that are not downloaded files. */
function expectWholeTexts(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const texts = names.filter((name) => /(json|jsonl|csv|xml|html|SUMS)$/.test(name));
  for (const name of texts) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    expect([name, isWhole(name, text)]).toEqual([name, true]);
  }
  return texts;
}

function isWhole(name: string, text: string): boolean {
  if (name.endsWith('.json')) return JSON.parse(text) !== undefined;
  if (name.endsWith('.jsonl'))
    return text
      .split('\n')
      .slice(0, -1)
      .every((line) => JSON.parse(line) !== undefined);
  if (name.endsWith('.csv')) return text.endsWith('\n') && new Set(text.trimEnd().split('\n').map(columns)).size === 1;
  if (name.endsWith('SUMS')) return /^([0-9a-f]{32} {2}\S+\.zip\n)*$/.test(text);
  return /<\/(html|testsuites)>\s*$/.test(text);
}

const pagesBelow = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + Math.ceil(statSync(path.join(folder, name)).size / PAGE), 0);

const upTo = (length: number): number[] => Array.from({ length }, (_, step) => step);

const columns = (line: string): number => line.split(',').length;

function mountOrSkip(folder: string, size: number, { skip }: TestContext): void {
  skip(!mounts(folder, `size=${size}`), 'a small file system cannot be mounted here');
}

/** Takes all but `pages` of what is free. */
function fill(folder: string, pages: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(path.join(folder, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - pages * PAGE)));
}

describe('a disk that is full but for some pages', () => {
  const data = () => lockIn(source).files.reduce((sum, { bytes = 0 }) => sum + Math.ceil(bytes / PAGE), 0);

  test.for(sampleOf(upTo(16), 3))(
    'below the files and %i pages: nothing is cut, and it is never said that all is well',
    async (pages, context) => {
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      mkdirSync(out);
      mountOrSkip(out, (data() + pages) * PAGE, context);
      const first = await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options: { frozen } });
      expect([0, 2]).toContain(first.exitCode);
      expectWholeTexts(out);
      if (first.exitCode === 0) await expectTruth(folder, sandbox, first);
      else expect(first.errors).toEqual([expect.stringMatching(/^DISK_(FULL|TOO_SMALL)$/)]);
    },
  );

  test.for(sampleOf(upTo(29), 4))(
    'below lists of many pages, step %i of 28: a write that takes less than it is given is seen',
    async (step, context) => {
      const lists = path.join(folderOfList, 'out');
      const pages = pagesBelow(path.join(lists, 'answers')) + Math.round(((pagesBelow(lists) + 8) * step) / 28);
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      mkdirSync(out);
      mountOrSkip(out, pages * PAGE, context);
      const options = { frozen: lists, mode: 'list' } as const;
      const { exitCode, errors } = await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options });
      expect(errors).toEqual(exitCode === 0 ? [] : ['DISK_FULL']);
      const texts = expectWholeTexts(out);
      if (exitCode === 0) expect(texts.filter((name) => !name.startsWith('answers')).length).toBe(5);
    },
  );

  test.for(sampleOf(upTo(10), 2))(
    'below a campaign that is there, and %i pages: the old lists stay, together',
    async (pages, context) => {
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      mkdirSync(out);
      mountOrSkip(out, (data() + 64) * PAGE, context);
      const fetchIt = () => fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options: { frozen } });
      expect((await fetchIt()).exitCode).toBe(0);
      const before = expectWholeTexts(out).sort();
      fill(out, pages);
      const again = await fetchIt();
      expect([0, 2]).toContain(again.exitCode);
      expect(again.exitCode === 0 ? [] : again.errors).toEqual(again.exitCode === 0 ? [] : ['DISK_FULL']);
      expect(expectWholeTexts(out).sort()).toEqual(before);
      expect(readdirSync(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      rmSync(path.join(out, 'filler'));
      const { exitCode, output } = await fetchIt();
      await expectTruth(folder, sandbox, { exitCode, output });
      expect(exitCode).toBe(0);
    },
  );

  test.for(sampleOf([0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20], 2))(
    'below the reports of fetch, and %i pages: the report is there or not, and the files are',
    async (pages, context) => {
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const reports = path.join(folder, 'reports');
      mkdirSync(reports);
      mountOrSkip(reports, 128 * PAGE, context);
      fill(reports, pages);
      const { exitCode, errors, output } = await fetchInProcess({
        folder,
        siteUrl: sandbox.siteUrl,
        options: { frozen },
      });
      expect([0, 2]).toContain(exitCode);
      expect(errors).toEqual(exitCode === 0 ? [] : ['DISK_FULL']);
      const texts = expectWholeTexts(reports);
      // The history beside the folder of the run as well.
      expect(texts.length).toBe(exitCode === 0 ? 5 : 0);
      if (output.includes('"run-finished"')) await expectTruth(folder, sandbox, { exitCode, output });
    },
  );
});

test.for(sampleOf([0, 2, 40, 185, 195, 200, 210, 220], 1))(
  'a disk below the reports of run that is full but for %i pages: said, and no page is cut',
  async (pages, context) => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const reports = path.join(folder, 'reports');
    mkdirSync(reports);
    mountOrSkip(reports, 512 * PAGE, context);
    fill(reports, pages);
    const words = [
      'run',
      '--site-url',
      sandbox.siteUrl,
      ...SMALL_REQUEST,
      '--download-limit',
      '1',
      ...placesIn(folder),
    ];
    const { exitCode, stdout, stderr } = await runCli(words);
    expect([exitCode, `${stdout}${stderr}`]).toEqual([2, expect.stringMatching(/No space left at .*reports/)]);
    expect(stderr).not.toMatch(/^ +at /m);
    expectWholeTexts(reports);
  },
);

test('a full disk below the reports of contract: said, and nothing is cut', async (context) => {
  const folder = temporaryFolder();
  mountOrSkip(folder, 512 * PAGE, context);
  fill(folder, 2);
  const { exitCode, stdout, stderr } = await runCli(['contract', '--folder', 'Token endpoint', '--reports', folder]);
  expect([exitCode, `${stdout}${stderr}`]).toEqual([2, expect.stringMatching(/No space left at/)]);
  expect(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(path.join(folder, name)).isFile(),
    ),
  ).toEqual(['filler']);
});
