import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lockText, readLock, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { writeWhole } from '../../scripts/lib/write-file-atomic';
import { sampleOf } from '../helpers/budget';
import { lockIn, S1, valuesAsked } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

const OTHER = 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip';
const TWO_PRODUCTS = ['-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', `${S1},${OTHER}`];

/** The lock of a campaign of both, for the data plane alone. */
const listed = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
const twoProducts = path.join(listed, 'out');
beforeAll(async () => {
  expect((await runCli(['fetch', ...TWO_PRODUCTS, '-d', 'FALSE', ...placesIn(listed)])).exitCode).toBe(0);
  return () => rmSync(listed, { recursive: true });
});

/** Level-0 product → paths of the files it needs, by the lock. */
function needs({ level0, files }: CampaignLock): Map<string, string[]> {
  return new Map(level0.map(({ name, files: places }) => [name, places.map((place) => files[place]!.path!).sort()]));
}

/** What of a link does not change when nothing is done to it. */
const facts = (file: string) => {
  const { ino, mtimeMs, nlink } = lstatSync(file);
  return { ino, mtimeMs, nlink };
};

describe('auxflow fetch --per-l0', () => {
  test('list: the paths that each product needs, also when only listed', async () => {
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    const words = [
      'fetch',
      ...TWO_PRODUCTS,
      '--per-l0',
      'list',
      '--layout',
      'type',
      '-d',
      'FALSE',
      ...placesIn(folder),
    ];
    const { exitCode, stdout } = await runCli(words);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/per L0 +\S+\/per-l0$/m)]);
    const wanted = needs(lockIn(out));
    expect([...wanted.keys()].sort()).toEqual([OTHER, S1]);
    expect(readdirSync(path.join(out, 'per-l0')).sort()).toEqual([`${OTHER}.txt`, `${S1}.txt`]);
    for (const [name, paths] of wanted)
      expect(readFileSync(path.join(out, 'per-l0', `${name}.txt`), 'utf8')).toBe(
        paths.map((item) => `${item}\n`).join(''),
      );

    const before = facts(path.join(out, 'per-l0', `${S1}.txt`));
    expect((await runCli(words)).exitCode).toBe(0);
    expect(facts(path.join(out, 'per-l0', `${S1}.txt`))).toEqual(before);
  });

  test.each(sampleOf(['hardlink', 'symlink'] as const, 1))(
    '%s: each product has what it needs; again, nothing changes',
    async (form) => {
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      const frozen = ['--frozen', twoProducts];
      const words = ['fetch', '--site-url', sandbox.siteUrl, ...frozen, '--per-l0', form, ...placesIn(folder)];
      const typed = [...words, '--layout', 'mission-type'];
      expect((await runCli(typed)).exitCode).toBe(0);
      const lock = lockIn(out);
      const links: string[] = [];
      for (const [name, paths] of needs(lock)) {
        const place = path.join(out, 'per-l0', name);
        expect(readdirSync(place).sort()).toEqual(paths.map((item) => path.basename(item)).sort());
        for (const item of paths) {
          const linked = path.join(place, path.basename(item));
          links.push(linked);
          if (form === 'symlink') expect(realpathSync(linked)).toBe(realpathSync(path.join(out, item)));
          else expect(facts(linked)).toEqual(facts(path.join(out, item)));
        }
      }
      expect(links.length).toBeGreaterThan(lock.files.length);

      const before = links.map(facts);
      const asked = valuesAsked(sandbox).length;
      expect((await runCli(typed)).exitCode).toBe(0);
      expect([links.map(facts), valuesAsked(sandbox).length]).toEqual([before, asked]);
      expect((await runCli(['verify', out])).exitCode).toBe(0);

      // A link that was lost comes back, a copy in its place becomes one, and what is somebody's own is left.
      const [lost = '', copied = '', foreign = ''] = links;
      rmSync(lost);
      copyFileSync(copied, `${copied}.copy`);
      rmSync(copied);
      copyFileSync(`${copied}.copy`, copied);
      rmSync(foreign);
      writeFileSync(foreign, 'mine');
      const mended = await runCli(typed);
      expect([mended.exitCode, mended.stdout]).toEqual([6, expect.stringContaining(`${foreign} already exists`)]);
      expect([facts(lost).nlink, facts(copied).nlink]).toEqual([before[0]!.nlink, before[1]!.nlink]);
      expect(readFileSync(foreign, 'utf8')).toBe('mine');
    },
  );

  test('links lead to verified files only, and go when their file does', async () => {
    const sandbox = await withSandbox({ scenario: 'lost-object' });
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    const frozen = ['--frozen', await sharedCampaign('small')];
    const words = ['fetch', '--site-url', sandbox.siteUrl, ...frozen, '--per-l0', 'symlink', ...placesIn(folder)];
    expect((await runCli(words)).exitCode).toBe(4);
    const states = new Map(lockIn(out).files.map(({ path: place, state }) => [place!, state]));
    const linked = (): string[] => readdirSync(path.join(out, 'per-l0', S1)).sort();
    const verified = [...states].flatMap(([place, state]) => (state === 'verified' ? [place] : []));
    expect(verified.length).toBeLessThan(states.size);
    expect(linked()).toEqual(verified.sort());

    const [gone = ''] = verified;
    rmSync(path.join(out, gone));
    expect((await runCli([...words, '-d', 'FALSE'])).exitCode).toBe(0);
    expect(linked()).toEqual(verified.filter((place) => place !== gone));
  });

  test('a lock with the name of no Level-0 product writes nothing outside', async () => {
    const sandbox = await withSandbox();
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const out = path.join(folder, 'out');
    const site = ['--site-url', sandbox.siteUrl];
    cpSync(await sharedCampaign('small'), out, { recursive: true });
    const lockFile = path.join(out, 'auxflow.lock.json');
    const lock = (await readLock(lockFile))!;
    const level0 = [{ ...lock.level0[0]!, name: '../../../escaped' }, ...lock.level0];
    await writeWhole(lockFile, lockText({ ...lock, level0 }));

    for (const form of ['list', 'symlink'] as const) {
      const words = ['fetch', '--frozen', out, ...site, '--per-l0', form, ...placesIn(elsewhere)];
      const { exitCode, stdout } = await runCli(words);
      expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/escaped" is not the name of a Level-0 product/)]);
    }
    expect(readdirSync(path.join(elsewhere, 'out', 'per-l0')).sort()).toEqual([S1, `${S1}.txt`]);
    expect(existsSync(path.join(elsewhere, 'escaped'))).toBe(false);
    expect(existsSync(path.join(elsewhere, 'escaped.txt'))).toBe(false);
  });
});
