import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { missionOfAdf, parseAdfName } from '../../scripts/sentinel/adf-name';
import { sampleOf } from '../helpers/budget';
import { checkMd5Sums, lockIn, SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { OLCI_REQUEST, sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

/** Every file below a folder, relative, with slashes. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((place) => /\.(zip|TGZ|part)$/.test(place));
}

describe('auxflow fetch --layout', () => {
  const LAYOUTS = [
    ['type', SMALL_REQUEST, (name: string) => `${parseAdfName(name)!.type}/${name}`],
    ['mission-type', SMALL_REQUEST, (name: string) => `S1SAR/${parseAdfName(name)!.type}/${name}`],
    [
      'mission-type',
      OLCI_REQUEST,
      (name: string) => `${missionOfAdf(parseAdfName(name)!)}/${parseAdfName(name)!.type}/${name}`,
    ],
  ] as const;

  test.each(sampleOf(LAYOUTS, 1))(
    '%s: files, lock, lists and proof agree; again, nothing is fetched',
    async (layout, request, placeOf) => {
      const sandbox = await withSandbox();
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      const frozen = ['--frozen', await sharedCampaign(request === OLCI_REQUEST ? 'olci' : 'small')];
      const words = ['fetch', '--site-url', sandbox.siteUrl, '--layout', layout, ...frozen, ...placesIn(folder)];
      const first = await runCli(words);
      expect([first.exitCode, first.stderr]).toEqual([0, '']);

      const lock = lockIn(out);
      const places = lock.files.map(({ path: place }) => place!);
      expect(places).toEqual(places.map((place) => placeOf(path.basename(place))));
      expect(filesBelow(out).sort()).toEqual([...places].sort());
      expect(checkMd5Sums(out)).toBe(places.length);
      expect((await runCli(['verify', out])).exitCode).toBe(0);

      const asked = valuesAsked(sandbox).length;
      const same = ['--site-url', sandbox.siteUrl, ...request, ...placesIn(folder)];
      const plan = await runCli(['plan', '--layout', layout, ...same]);
      expect(plan.stdout).toMatch(/to fetch {2}0 files/);
      // Without the option the folder keeps what it has.
      const again = await runCli(['fetch', ...same]);
      expect([again.exitCode, valuesAsked(sandbox).length, lockIn(out).files]).toEqual([0, asked, lock.files]);
    },
  );

  test('a folder has one layout: another one is refused before anything is sent', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const frozen = ['--frozen', await sharedCampaign('small')];
    const fetchAs = (...options: string[]) =>
      runCli(['fetch', '--site-url', sandbox.siteUrl, ...options, ...frozen, ...placesIn(folder)]);
    // Nothing is there yet: the list alone binds nobody.
    expect((await fetchAs('-d', 'FALSE')).exitCode).toBe(0);
    expect((await fetchAs('--layout', 'type')).exitCode).toBe(0);
    const asked = sandbox.requests.length;
    const flat = await fetchAs('--layout', 'flat');
    expect([flat.exitCode, flat.stderr]).toEqual([2, expect.stringMatching(/are arranged by --layout type[^]*next/)]);
    expect(sandbox.requests.length).toBe(asked);
    expect((await fetchAs('--layout', 'by-date')).exitCode).toBe(2);
  });

  test('killed in mid-transfer, the same line resumes where the part lies', async () => {
    const sandbox = await withSandbox({ scenario: 'slow-stream@200000:always' });
    const folder = temporaryFolder();
    const out = path.join(folder, 'out');
    const words = ['fetch', '--site-url', sandbox.siteUrl, '--layout', 'mission-type', '--parallel', '2'];
    const line = [...words, '--frozen', await sharedCampaign('small'), ...placesIn(folder)];
    let child: ChildProcess | undefined;
    const killed = runCli(line, { started: (started) => (child = started) });
    const patience = Date.now() + 30_000;
    const holdsBytes = (place: string) =>
      /^S1SAR\/.*\.part$/.test(place) &&
      (statSync(path.join(out, place), { throwIfNoEntry: false })?.size ?? 0) > 50_000;
    const isUnderWay = () => existsSync(out) && filesBelow(out).some(holdsBytes);
    while (Date.now() < patience && !isUnderWay()) await new Promise((done) => setTimeout(done, 5));
    child?.kill('SIGKILL');
    await killed;

    sandbox.setScenario('healthy');
    const again = await runCli(line);
    const { files } = lockIn(out);
    expect([again.exitCode, again.stderr, checkMd5Sums(out)]).toEqual([0, '', files.length]);
    expect(sandbox.requests.some(({ headers }) => headers.range?.startsWith('bytes='))).toBe(true);
    expect(filesBelow(out).filter((place) => place.endsWith('.part'))).toEqual([]);
  });

  test('--frozen brings the files home as the lock has them, or as asked; exports name their places', async () => {
    const sandbox = await withSandbox();
    const [folder, same, flat] = [temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
    const site = ['--site-url', sandbox.siteUrl];
    const typed = ['--layout', 'type', '--frozen', await sharedCampaign('small')];
    expect((await runCli(['fetch', ...site, ...typed, ...placesIn(folder)])).exitCode).toBe(0);
    const out = path.join(folder, 'out');
    const { files } = lockIn(out);

    expect((await runCli(['fetch', '--frozen', out, ...site, ...placesIn(same)])).exitCode).toBe(0);
    expect(lockIn(path.join(same, 'out')).files).toEqual(files);
    expect(checkMd5Sums(path.join(same, 'out'))).toBe(files.length);
    const anew = ['fetch', '--frozen', out, '--layout', 'flat', ...site, ...placesIn(flat)];
    expect((await runCli(anew)).exitCode).toBe(0);
    expect(filesBelow(path.join(flat, 'out')).sort()).toEqual(
      files.map(({ path: place }) => path.basename(place!)).sort(),
    );

    const { stdout } = await runCli(['export', out, '--format', 'aria2']);
    for (const { path: place } of files) expect(stdout).toContain(`  out=${place}\n`);
    rmSync(path.join(out, path.dirname(files[0]!.path!)), { recursive: true });
    expect((await runCli(['verify', out])).exitCode).toBe(1);
  });
});
