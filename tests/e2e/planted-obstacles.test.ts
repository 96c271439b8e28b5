import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCK_NAME } from '../../scripts/campaign/lock/campaign-lock';
import { lockIn, SMALL_REQUEST } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(4);

const whole = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
afterAll(() => rmSync(whole, { recursive: true, force: true }));
beforeAll(async () => {
  const words = ['fetch', ...SMALL_REQUEST, '--per-l0', 'list', ...placesIn(whole)];
  expect((await runCli(words)).exitCode).toBe(0);
});

/** A copy of the whole campaign, and the path of its first file. */
function stage() {
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  cpSync(path.join(whole, 'out'), out, { recursive: true });
  const name = lockIn(out).files[0]!.path!;
  return { folder, out, name, file: path.join(out, name) };
}

/** Puts something else in the place of a file; the file itself goes to `elsewhere`. */
const PUT = {
  'a link to the same bytes': (file: string, elsewhere: string) => {
    renameSync(file, elsewhere);
    symlinkSync(elsewhere, file);
  },
  'a link to nothing': (file: string, elsewhere: string) => {
    rmSync(file);
    symlinkSync(`${elsewhere}-nowhere`, file);
  },
  'a pipe': (file: string) => {
    rmSync(file);
    execFileSync('mkfifo', [file]);
  },
  'a link to a device': (file: string) => {
    rmSync(file);
    symlinkSync('/dev/zero', file);
  },
  'a folder': (file: string) => {
    rmSync(file);
    mkdirSync(file);
  },
} as const;

const things = Object.keys(PUT) as (keyof typeof PUT)[];

describe('under the name of a verified file', () => {
  test.each(things)(
    '%s counts as no file: in verify, fetch, MD5SUMS and the lists of Level-0 products',
    async (thing) => {
      const { folder, out, name, file } = stage();
      PUT[thing](file, path.join(folder, 'elsewhere'));
      const before = lstatSync(file).ino;
      const verified = await runCli(['verify', out]);
      expect([verified.exitCode, verified.stdout]).toEqual([
        6,
        expect.stringContaining(`${name} does not match the lock`),
      ]);

      const sandbox = await withSandbox();
      const options = { frozen: out, perL0: 'hardlink' } as const;
      const { exitCode, errors } = await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options });
      expect([exitCode, errors.includes('FILE_IN_THE_WAY'), lstatSync(file).ino === before]).toEqual([6, true, true]);
      expect(lockIn(out).files.find((row) => row.path === name)?.state).toBe('failed');
      expect(readFileSync(path.join(out, 'MD5SUMS'), 'utf8')).not.toContain(name);
      expect(existsSync(path.join(out, 'per-l0', lockIn(out).level0[0]!.name, name))).toBe(false);
    },
  );
});

describe('under the name of a list', () => {
  const LISTS = ['MD5SUMS', 'manifest.jsonl', 'manifest.csv', 'matrix.json', 'answers/baseline-1.json'];
  test.each([
    ['a link', (place: string, precious: string) => symlinkSync(precious, place)],
    ['a hard link', (place: string, precious: string) => linkSync(precious, place)],
    ['a pipe', (place: string) => execFileSync('mkfifo', [place])],
  ])('%s is replaced, and what it leads to is not written through', async (_, put) => {
    const { folder, out } = stage();
    const precious = path.join(folder, 'precious');
    writeFileSync(precious, 'precious');
    const perLevel0 = `per-l0/${lockIn(out).level0[0]!.name}.txt`;
    for (const list of [...LISTS, perLevel0]) {
      rmSync(path.join(out, list));
      put(path.join(out, list), precious);
    }
    const sandbox = await withSandbox();
    const options = { frozen: path.join(whole, 'out'), perL0: 'list' } as const;
    const { exitCode } = await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options });
    expect([exitCode, readFileSync(precious, 'utf8'), lstatSync(precious).nlink]).toEqual([0, 'precious', 1]);
    for (const list of [...LISTS, perLevel0])
      expect([list, lstatSync(path.join(out, list)).isFile()]).toEqual([list, true]);
    expect((await runCli(['verify', out])).exitCode).toBe(0);
  });

  test('a link in the place of a folder of Level-0 products leads nowhere', async () => {
    const { folder, out, name } = stage();
    const precious = path.join(folder, 'precious');
    mkdirSync(precious);
    linkSync(path.join(out, name), path.join(precious, 'S1A_AUX_PP1_V20190228T092500_G20190228T092500.SAFE.zip'));
    symlinkSync(precious, path.join(out, 'per-l0', lockIn(out).level0[0]!.name));
    const sandbox = await withSandbox();
    const options = { frozen: out, perL0: 'hardlink' } as const;
    const { errors } = await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options });
    expect([errors, readdirSync(precious).length]).toEqual([['FILE_IN_THE_WAY'], 1]);
  });
});

describe('lists without a lock are not put over', () => {
  const NAMES = ['MD5SUMS', 'manifest.jsonl', 'manifest.csv', 'matrix.json', 'answers/notes.txt', 'answers'];

  test('somebody else has their names: nothing is sent', async () => {
    const sandbox = await withSandbox();
    const options = { frozen: path.join(whole, 'out') };
    for (const name of NAMES) {
      const folder = temporaryFolder();
      const place = path.join(folder, 'out', name);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, 'mine');
      const { exitCode, errors } = await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options });
      expect([name, exitCode, errors, readFileSync(place, 'utf8')]).toEqual([name, 6, ['FILE_IN_THE_WAY'], 'mine']);
    }
    expect(sandbox.requests).toEqual([]);
  });

  test('the lock was moved away, or a run killed before it: they are its own', async () => {
    const sandbox = await withSandbox();
    const options = { frozen: path.join(whole, 'out') };
    const { folder, out } = stage();
    writeFileSync(path.join(out, 'answers', 'notes.txt'), 'mine');
    expect((await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options })).exitCode).toBe(0);
    expect(readFileSync(path.join(out, 'answers', 'notes.txt'), 'utf8')).toBe('mine');
    rmSync(path.join(out, 'answers', 'notes.txt'));
    rmSync(path.join(out, LOCK_NAME));
    expect((await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options })).exitCode).toBe(0);
    for (const name of [LOCK_NAME, 'MD5SUMS', 'manifest.jsonl', 'manifest.csv']) rmSync(path.join(out, name));
    expect((await fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options })).exitCode).toBe(0);
  });
});

describe('where a lock should be', () => {
  test.each(['a pipe', 'a folder', 'a link to a device', 'a link to nothing'] as const)(
    '%s: said, without a wait',
    async (thing) => {
      const { folder, out } = stage();
      PUT[thing](path.join(out, 'auxflow.lock.json'), path.join(folder, 'elsewhere'));
      for (const words of [
        ['verify', out],
        ['export', out, '--format', 'urls'],
        ['fetch', '--frozen', out, ...placesIn(folder)],
      ]) {
        const { exitCode, stderr } = await runCli(words);
        expect([words[0], exitCode, stderr]).toEqual([words[0], 2, expect.stringMatching(/lock/)]);
      }
    },
  );

  test('a pipe beside a lock that is fetched elsewhere: its answers are not waited for', async () => {
    const { out } = stage();
    rmSync(path.join(out, 'answers', 'baseline-1.json'));
    execFileSync('mkfifo', [path.join(out, 'answers', 'baseline-1.json')]);
    const sandbox = await withSandbox();
    const target = temporaryFolder();
    const { exitCode } = await fetchInProcess({ folder: target, siteUrl: sandbox.siteUrl, options: { frozen: out } });
    expect(exitCode).toBe(0);
    expect((await runCli(['verify', out])).exitCode).toBe(6);
  });
});
