import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkMd5Sums, lockIn, SMALL_REQUEST } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(8);

test('verify proves a folder offline; fetch --frozen brings the same set home again, elsewhere', async () => {
  const sandbox = await withSandbox();
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  const site = ['--site-url', sandbox.siteUrl];
  cpSync(await sharedCampaign('small'), out, { recursive: true });
  const lock = lockIn(out);
  const [first, second] = lock.files.map(({ path: name }) => path.join(out, name!)) as [string, string];
  expect((await runCli(['verify', out])).exitCode).toBe(0);

  // What the catalogue says by now does not matter: the set is the one of the lock.
  sandbox.setScenario('wrong-md5:always+wrong-size:always');
  const elsewhere = temporaryFolder();
  const asked = sandbox.requests.length;
  const frozen = await runCli(['fetch', '--frozen', out, ...site, ...placesIn(elsewhere)]);
  expect([frozen.exitCode, frozen.stderr]).toEqual([0, '']);
  const copy = path.join(elsewhere, 'out');
  expect([checkMd5Sums(copy), lockIn(copy).files]).toEqual([lock.files.length, lock.files]);
  const since = sandbox.requests.slice(asked).filter(({ origin, method }) => origin === 'site' && method === 'GET');
  expect(since.map(({ url }) => url).sort()).toEqual(
    lock.files.map(({ id }) => `/auxip.svc/Products(${id})/$value`).sort(),
  );
  expect((await runCli(['verify', path.join(copy, 'auxflow.lock.json')])).exitCode).toBe(0);

  const bytes = readFileSync(first);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  rmSync(first);
  writeFileSync(first, bytes);
  const changed = await runCli(['verify', out]);
  expect([changed.exitCode, changed.stdout]).toEqual([6, expect.stringMatching(/does not match the lock/)]);
  rmSync(first);
  rmSync(second);
  const missing = await runCli(['verify', out]);
  expect([missing.exitCode, missing.stdout]).toEqual([1, expect.stringMatching(/is missing/)]);
  // Where the lock lies: what is missing comes home, the rest is left as it is.
  expect((await runCli(['fetch', '--frozen', out, ...site, ...placesIn(folder)])).exitCode).toBe(0);
  expect((await runCli(['verify', out])).exitCode).toBe(0);
  writeFileSync(path.join(out, 'answers', 'baseline-1.json'), '{}');
  expect((await runCli(['verify', out])).exitCode).toBe(6);
});

test('a lock that was copied out of its folder: the same set comes home, and is proven there', async () => {
  const sandbox = await withSandbox();
  const site = ['--site-url', sandbox.siteUrl];
  const origin = await sharedCampaign('small');
  const first = path.join(temporaryFolder(), 'kept.json');
  copyFileSync(path.join(origin, 'auxflow.lock.json'), first);

  let lockFile = first;
  for (const generation of ['first', 'second']) {
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    const frozen = await runCli(['fetch', '--frozen', lockFile, ...site, ...placesIn(folder)]);
    expect([generation, frozen.exitCode, frozen.stderr]).toEqual([generation, 0, '']);
    expect(frozen.stdout).toMatch(/note 1 baseline answer is not beside the lock/);
    const { files, answers } = lockIn(out);
    expect([checkMd5Sums(out), answers[0]?.sha256]).toEqual([files.length, lockIn(origin).answers[0]?.sha256]);
    expect((await runCli(['verify', out])).exitCode).toBe(0);
    // Of the next lock the answers were never beside it.
    lockFile = path.join(out, 'auxflow.lock.json');
  }
});

test('answers beside a copied lock that are not the ones it speaks of are not taken for them', async () => {
  const sandbox = await withSandbox();
  const site = ['--site-url', sandbox.siteUrl];
  const [origin, folder] = [temporaryFolder(), temporaryFolder()];
  cpSync(await sharedCampaign('small'), path.join(origin, 'out'), { recursive: true });
  writeFileSync(path.join(origin, 'out', 'answers', 'baseline-1.json'), '{}');
  const frozen = ['fetch', '--frozen', path.join(origin, 'out'), ...site];
  expect((await runCli([...frozen, ...placesIn(folder)])).exitCode).toBe(0);
  expect([
    existsSync(path.join(folder, 'out', 'answers', 'baseline-1.json')),
    lockIn(path.join(folder, 'out')).answers[0]?.path,
  ]).toEqual([false, undefined]);
  expect((await runCli(['verify', path.join(folder, 'out')])).exitCode).toBe(0);
  // In the folder of the lock it stays red, however often it is fetched.
  expect((await runCli([...frozen, ...placesIn(origin)])).exitCode).toBe(0);
  expect((await runCli(['verify', path.join(origin, 'out')])).exitCode).toBe(6);
});

describe('a folder without a lock is called what it is', () => {
  test('made by run', async () => {
    const folder = temporaryFolder();
    expect((await runCli(['run', ...SMALL_REQUEST, '--download-limit', '2', ...placesIn(folder)])).exitCode).toBe(0);
    for (const words of [['verify'], ['export', '--format', 'urls'], ['fetch', '--frozen']]) {
      const { exitCode, stderr } = await runCli([...words, path.join(folder, 'out')]);
      expect([exitCode, stderr]).toEqual([
        2,
        expect.stringMatching(
          /has no auxflow.lock.json: it was made by auxflow run, which does not write a lock[^]*2 auxiliary files/,
        ),
      ]);
    }
  });
  test('no folder of auxflow, and no folder at all', async () => {
    const folder = temporaryFolder();
    const empty = await runCli(['verify', folder]);
    expect([empty.exitCode, empty.stderr]).toEqual([2, expect.stringMatching(/is not an auxflow folder/)]);
    const none = await runCli(['verify', path.join(folder, 'none')]);
    expect([none.exitCode, none.stderr]).toEqual([
      2,
      expect.stringMatching(/none cannot be read: there is no such file or folder [(]ENOENT[)]/),
    ]);
  });
});

test('a campaign that was empty is not green in verify and --frozen either', async () => {
  const sandbox = await withSandbox();
  const site = ['--site-url', sandbox.siteUrl];
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  const nothing = [
    '-m',
    'S3OLCI',
    '-su',
    'A',
    '-pt',
    'L2LFR',
    '-t0',
    '1999-01-01T00:00:00Z',
    '-t1',
    '1999-01-01T06:00:00Z',
  ];
  expect((await runCli(['fetch', ...site, ...nothing, ...placesIn(folder)])).exitCode).toBe(1);
  for (const words of [
    ['verify', out],
    ['fetch', '--frozen', out, ...site, ...placesIn(temporaryFolder())],
    ['fetch', '--frozen', out, '-d', 'FALSE', ...site, ...placesIn(temporaryFolder())],
  ]) {
    const red = await runCli(words);
    expect([words[0], red.exitCode, red.stdout]).toEqual([words[0], 1, expect.stringMatching(/Nothing was tested/)]);
    expect((await runCli([...words, '--fail-on-empty'])).exitCode).toBe(9);
  }
});

test('export: Metalink, aria2, addresses and STAC, without a presigned address', async () => {
  const out = await sharedCampaign('small');
  const { files, site } = lockIn(out);
  const exportAs = async (format: string) => (await runCli(['export', out, '--format', format])).stdout;
  const links = files.map(({ id }) => `${site.auxipRoot}/Products(${id})/$value`);

  expect((await exportAs('urls')).trimEnd().split('\n')).toEqual(links);
  const metalink = await exportAs('metalink');
  expect([...metalink.matchAll(/<hash type="md5">([0-9a-f]{32})<\/hash>/g)].map(([, md5]) => md5)).toEqual(
    files.map(({ md5 }) => md5),
  );
  expect([...metalink.matchAll(/<url[^>]*>([^<]+)<\/url>/g)].map(([, url]) => url)).toEqual(links);
  expect([...metalink.matchAll(/<file name="([^"]+)"/g)].map(([, name]) => name)).toEqual(
    files.map(({ path: name }) => name),
  );
  const isWellFormed = 'import sys,xml.dom.minidom as m;m.parseString(sys.stdin.buffer.read())';
  execFileSync('python3', ['-c', isWellFormed], { input: metalink });
  const aria2 = (await exportAs('aria2')).trimEnd().split('\n');
  expect(aria2).toEqual(
    files.flatMap(({ path: name, md5 }, index) => [links[index], `  out=${name}`, `  checksum=md5=${md5}`]),
  );
  const stac = JSON.parse(await exportAs('stac')) as {
    features: { assets: { file: Record<string, unknown> }; properties: Record<string, unknown> }[];
  };
  expect(stac.features.map(({ assets }) => assets.file['file:checksum'])).toEqual(
    files.map(({ md5 }) => `d50110${md5}`),
  );
  expect(stac.features.map(({ assets }) => assets.file.href)).toEqual(links);
  expect(stac.features.map(({ properties }) => properties['auxip:id'])).toEqual(files.map(({ id }) => id));
});
