import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareFile } from '../../scripts/download/existing-file';
import { downloadAll } from '../../scripts/download/download-all';
import { createTestSite, temporaryFolder, testFile } from '../helpers/create-test-site';
import { QUICK_PATIENCE } from '../helpers/quick-patience';

const FILE = testFile(1, 300_000);
const BYTES = FILE.bytes;
const PRECIOUS = Buffer.from('precious');

/** What may have a name already; `precious` is a file elsewhere. */
const THINGS = {
  'a hard link': (place: string, precious: string) => linkSync(precious, place),
  'a link to a file': (place: string, precious: string) => symlinkSync(precious, place),
  'a link to nothing': (place: string) => symlinkSync(`${place}-nowhere`, place),
  'a link to a folder': (place: string, precious: string) => symlinkSync(path.dirname(precious), place),
  'a link to itself': (place: string) => symlinkSync(path.basename(place), place),
  'a link to a device': (place: string) => symlinkSync('/dev/zero', place),
  'a pipe': (place: string) => execFileSync('mkfifo', [place]),
  'a folder': (place: string) => mkdirSync(place),
} as const;

type Thing = keyof typeof THINGS;

async function setUp(thing: Thing, ending: string, content: Buffer = PRECIOUS) {
  const stage = await createTestSite([FILE]);
  const [target, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
  const precious = path.join(elsewhere, 'precious');
  writeFileSync(precious, content);
  const place = path.join(target, FILE.name + ending);
  THINGS[thing](place, precious);
  const before = lstatSync(place);
  const [outcome] = await downloadAll([{ id: FILE.id, name: FILE.name }], {
    ...{ target, source: stage.auxip, store: stage.transport, patience: QUICK_PATIENCE },
  });
  expect(readFileSync(precious).equals(content)).toBe(true);
  const isThere = () => lstatSync(place).ino === before.ino;
  return { ...stage, target, precious, place, outcome: outcome!, isThere };
}

const NO_FILES = Object.keys(THINGS).filter((thing) => thing !== 'a hard link') as Thing[];

describe.each(['.part', '~1234.part'])('under the name of a part, %s', (ending) => {
  test.each(NO_FILES)('%s is in the way, and left as it is', async (thing) => {
    const { outcome, place, target, isThere } = await setUp(thing, ending);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'FILE_IN_THE_WAY', path: place } });
    expect([isThere(), readdirSync(target)]).toEqual([true, [path.basename(place)]]);
  });

  test.each([
    ['of other bytes', PRECIOUS, BYTES.length],
    ['of the first bytes', BYTES.subarray(0, 100_000), BYTES.length - 100_000],
    ['of all bytes', BYTES, 0],
    ['of more bytes', Buffer.concat([BYTES, PRECIOUS]), BYTES.length],
    ['of none', Buffer.alloc(0), BYTES.length],
  ])('a hard link %s is not written through', async (_, content, received) => {
    const { outcome, target, precious } = await setUp('a hard link', ending, content);
    // Wrong bytes are found out at the end, and the file begins anew.
    const twice = content.equals(PRECIOUS) ? BYTES.length - PRECIOUS.length : 0;
    expect(outcome).toMatchObject({ status: 'verified', received: received + twice });
    expect(readdirSync(target)).toEqual([FILE.name]);
    const final = lstatSync(path.join(target, FILE.name));
    expect([final.nlink, final.ino === lstatSync(precious).ino, lstatSync(precious).nlink]).toEqual([1, false, 1]);
    expect(readFileSync(path.join(target, FILE.name)).equals(BYTES)).toBe(true);
  });
});

describe('under the final name', () => {
  test.each(NO_FILES)('%s is in the way, and left as it is, whatever it leads to', async (thing) => {
    const { outcome, place, isThere, site } = await setUp(thing, '', BYTES);
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'FILE_IN_THE_WAY', path: place } });
    expect([isThere(), site.requests.filter(({ url }) => url.endsWith('/$value'))]).toEqual([true, []]);
  });

  test.each(Object.keys(THINGS) as Thing[])('%s: what verify says of it', async (thing) => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()];
    const precious = path.join(elsewhere, 'precious');
    writeFileSync(precious, BYTES);
    const place = path.join(folder, 'file');
    THINGS[thing](place, precious);
    const md5 = createHash('md5').update(BYTES).digest('hex');
    const found = await compareFile(place, { contentLength: BYTES.length, md5 });
    expect(found).toBe(thing === 'a hard link' ? 'right' : 'other');
  });
});

test('of several parts the largest is gone on with, and none is left', async () => {
  const stage = await createTestSite([FILE]);
  const target = await temporaryFolder();
  for (const [ending, bytes] of [
    ['.part', 1000],
    ['~1.part', 200_000],
    ['~22.part', 5000],
  ] as const)
    writeFileSync(path.join(target, FILE.name + ending), BYTES.subarray(0, bytes));
  const options = { target, source: stage.auxip, store: stage.transport, patience: QUICK_PATIENCE };
  const [outcome] = await downloadAll([{ id: FILE.id, name: FILE.name }], options);
  expect(outcome).toMatchObject({ status: 'verified', received: 100_000 });
  expect([readdirSync(target), existsSync(path.join(target, FILE.name))]).toEqual([[FILE.name], true]);
});
