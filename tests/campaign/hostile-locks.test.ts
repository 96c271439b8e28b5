import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { usersOfAdf } from '../../scripts/campaign/history/users-of-adf';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';
import { LOCK_NAME, lockText, readLock, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { lockedFilesAt } from '../../scripts/campaign/lock/locked-files';
import { manifestCsv } from '../../scripts/campaign/lock/file-lists';
import { csvLine } from '../../scripts/lib/csv';
import { MAX_ON_A_LINE } from '../../scripts/lib/stream-json';
import { toError } from '../../scripts/errors/errors';
import { runCli, temporaryFolder } from '../helpers/run-cli';

const FILE: CampaignFile = {
  id: '00f4f709-ebb0-595a-89b9-70603427760d',
  name: 'S1A_AUX_PP1_V20190228T092500_G20190228T092500.SAFE.zip',
  type: 'AUX_PP1',
  path: 'S1A_AUX_PP1_V20190228T092500_G20190228T092500.SAFE.zip',
  bytes: 10,
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
  publicationDate: '2020-01-01T00:00:00.000Z',
  state: 'wanted',
};

const LOCK: CampaignLock = {
  lockVersion: 1,
  campaign: 'sandbox-S1SAR-A-L1SLC',
  auxflow: '0.1.0',
  updatedAt: '2026-11-29T00:00:00.000Z',
  site: { environment: 'sandbox', siteUrl: 'http://127.0.0.1:1', auxipRoot: 'http://127.0.0.1:1/auxip.svc' },
  request: { mission: 'S1SAR', unit: 'A', productType: 'L1SLC' },
  complete: true,
  answers: [],
  level0: [{ name: 'S1A_IW_RAW__0SDV.SAFE', known: true, files: [0] }],
  files: [FILE],
};

/** A lock that anybody could have written, digest and all. */
async function exportOf(lock: object, words: string[] = []): Promise<[number | null, string]> {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, LOCK_NAME), [...lockText(lock as CampaignLock)].join(''));
  const { exitCode, stdout, stderr } = await runCli(['export', folder, '--format', 'aria2', ...words]);
  expect(stderr).not.toMatch(/^ +at /m);
  return [exitCode, stdout];
}

const file = (change: object): object => ({ ...LOCK, files: [{ ...FILE, ...change }] });
const site = (change: object): object => ({ ...LOCK, site: { ...LOCK.site, ...change } });

test('the lock is one that is exported as it stands', async () => {
  expect(await exportOf(LOCK)).toEqual([0, expect.stringContaining('out=S1A_AUX_PP1_')]);
});

describe('a lock is refused whose', () => {
  test.each([
    ['name is a formula', file({ name: '=HYPERLINK("http://evil.example/")' })],
    ['name is a command', file({ name: '-cmd|calc' })],
    ['name is a path', file({ name: '../x' })],
    ['type has a comma', file({ type: 'A,B' })],
    ['date is a formula', file({ publicationDate: '=1+1' })],
    ['problem is a line', file({ problem: 'X\nY' })],
    ['path leaves the folder', file({ path: '../S1A.SAFE' })],
    ['root has a newline and an option', site({ auxipRoot: 'http://127.0.0.1/auxip.svc\n  out=owned' })],
    ['root has a user', site({ auxipRoot: 'http://user@127.0.0.1/auxip.svc' })],
    ['root is a script', site({ auxipRoot: 'javascript:alert(1)' })],
    ['environment rings the bell', site({ environment: 'x\u0007' })],
    ['campaign colours the terminal', { ...LOCK, campaign: '\u001b[31m' }],
    ['campaign turns the direction of writing', { ...LOCK, campaign: 'a\u202eb' }],
    [
      'Level-0 product refers to the prototype',
      { ...LOCK, level0: [{ name: 'A', known: true, files: ['__proto__'] }] },
    ],
    ['Level-0 product refers to no file', { ...LOCK, level0: [{ name: 'A', known: true, files: [1] }] }],
    ['Level-0 name breaks its line', { ...LOCK, level0: [{ name: 'A\nB', known: true, files: [0] }] }],
  ])('%s', async (_name, lock) => {
    expect(await exportOf(lock)).toEqual([6, '']);
  });

  test('nesting has no end', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, LOCK_NAME), `{"files":${'['.repeat(200_000)}`);
    expect(await runCli(['verify', folder])).toMatchObject({ exitCode: 6 });
  });
});

/** What the verbs that read a lock make of a text, in this process: whole, and by lines. */
async function refusalsOf(text: string): Promise<[read: string, verify: string, impact: string]> {
  const place = path.join(temporaryFolder(), LOCK_NAME);
  writeFileSync(place, text);
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'taken',
      (error: unknown) => toError(error).code,
    );
  return [
    await refusal(readLock(place)),
    await refusal(lockedFilesAt(place)),
    await refusal(usersOfAdf(place, [FILE.name])),
  ];
}

/** More names than a lock has on a line. */
const MANY = Array.from({ length: MAX_ON_A_LINE + 1 }, (_none, place) => `S1A_IW_RAW__0SDV_${place}.SAFE`);
const textOf = (lock: object): string => [...lockText(lock as CampaignLock)].join('');
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const members = (text: string): string =>
  `{\n"campaign": ${text},\n"level0": [\n],\n"files": [\n],\n"sha256": "${createHash('sha256').update(`"campaign"${text}"level0""files"`).digest('hex')}"\n}\n`;
const request = (change: object): object => ({ ...LOCK, request: { ...LOCK.request, ...change } });
const answer = (change: object): object => ({
  ...LOCK,
  answers: [{ url: 'http://127.0.0.1:1/', bytes: 1, sha256: 'a', ...change }],
});

describe('a lock is broken, whatever reads it, that', () => {
  test.each<[string, string]>([
    ['is half', textOf(LOCK).slice(0, 300)],
    ['lacks its last line', textOf(LOCK).slice(0, -3)],
    ['is empty', ''],
    ['is a number', '5'],
    ['is followed by another', textOf(LOCK) + textOf(LOCK)],
    ['is nested without end', `{"files":${deep(200_000)}}`],
    ['is nested without end, laid out as ours', `{\n"files": [\n{"name":${deep(200_000)}}\n],\n"sha256": "x"\n}\n`],
    ['has words that are not JSON', members('nonsense')],
    ['has a campaign that is a number', members('7')],
  ])('%s', async (_name, text) => {
    expect(await refusalsOf(text)).toEqual(['LOCK_BROKEN', 'LOCK_BROKEN', 'LOCK_BROKEN']);
  });

  test.each<[string, object]>([
    ['names of a request are a number', request({ level0Names: 5 })],
    ['names of a request are numbers', request({ level0Names: [5] })],
    ['names of a request act on a terminal', request({ level0Names: ['\u001b]0;x\u0007'] })],
    ['start of a request is a number', request({ start: 5 })],
    ['version is an object', { ...LOCK, auxflow: {} }],
    ['date acts on a terminal', { ...LOCK, updatedAt: '\u009b31m' }],
    ['completeness is a word', { ...LOCK, complete: 'no' }],
    ['long list of names acts on a terminal', request({ level0Names: [...MANY, 'a\u0007'] })],
    ['long list of names has a number', request({ level0Names: [...MANY, 5] })],
    ['Level-0 product refers to a file too many', { ...LOCK, level0: [{ name: 'A', known: true, files: [0, 1] }] }],
    ['Level-0 product is known by a word', { ...LOCK, level0: [{ name: 'A', known: 'x', files: [0] }] }],
    ['file has fewer than no bytes', file({ bytes: -5 })],
    ['answer has an address with a line end', answer({ url: 'http://127.0.0.1/\n' })],
    ['answer has bytes in words', answer({ bytes: 'x' })],
  ])('a lock is refused whose %s', async (_name, lock) => {
    expect((await refusalsOf(textOf(lock))).slice(0, 2)).toEqual(['LOCK_BROKEN', 'LOCK_BROKEN']);
  });

  test('what verify reads of a right one is the lock without its Level-0 products and names', async () => {
    const lock = request({ level0Names: MANY }) as CampaignLock;
    const place = path.join(temporaryFolder(), LOCK_NAME);
    writeFileSync(place, textOf({ ...lock, level0: MANY.map((name) => ({ name, known: true, files: [0] })) }));
    expect((await lockedFilesAt(place)).lock).toEqual({ ...request({ level0Names: [] }), level0: [] });
    writeFileSync(place, JSON.stringify(JSON.parse(textOf(lock))));
    expect((await lockedFilesAt(place)).lock).toEqual(lock);
  });
});

describe('links of an export lead', () => {
  const EVIL = site({ auxipRoot: 'https://evil.example/auxip.svc', siteUrl: 'https://evil.example' });

  test('to no site that is not configured', async () => {
    expect(await exportOf(EVIL)).toEqual([2, '']);
  });

  test('to the one that the user names', async () => {
    const [exitCode, text] = await exportOf(EVIL, ['--env', 'production']);
    expect([exitCode, text]).toEqual([
      0,
      expect.stringContaining('https://auxiliary.copernicus.eu/auxip.svc/Products('),
    ]);
    expect(text).not.toContain('evil');
  });
});

test('no cell of a CSV is a formula, and none breaks its row', () => {
  const cells = ['=1', '+1', '-1', '@x', '\t=1', 'a,b', 'say "x"', 'two\nlines', 'plain', 7];
  expect(csvLine(cells)).toBe(`'=1,'+1,'-1,'@x,'\t=1,"a,b","say ""x""","two\nlines",plain,7\n`);
  expect([...manifestCsv(LOCK)][1]?.split(',')).toHaveLength(13);
});
