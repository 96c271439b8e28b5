/** `fetch --unpack`: archives and what they hold, both proven; what cannot be unpacked is a finding and stays an archive. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../scripts/campaign/lock/verify-folder';
import type { PerLevel0Form } from '../../scripts/campaign/per-level0';
import { lockedCampaign } from '../../scripts/campaign/processor/locked-campaign';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { archiveContent } from '../../scripts/sandbox/store/archive-bytes';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import type { RunEvent } from '../../scripts/session/run-events';
import { unpackedPlace, type UnpackedFile } from '../../scripts/unpack/archive';
import { UNPACKING } from '../../scripts/unpack/unpack-aside';
import { archivedLock } from '../helpers/archived-lock';
import { checkMd5Sums, lockIn } from '../helpers/campaign';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ archives: true });
});
afterAll(async () => {
  await sandbox.close();
});

async function fetched(folder: string, unpack = true, frozen?: string) {
  const lock = frozen ?? (await archivedLock(folder));
  return fetchInProcess({ folder, siteUrl: sandbox.siteUrl, options: { frozen: lock, unpack } });
}

async function verified(out: string): Promise<{ exitCode: number; findings: string[] }> {
  const findings: string[] = [];
  const listener = (event: RunEvent): void => {
    if (event.type === 'finding') findings.push(`${event.error.code} ${'name' in event.error ? event.error.name : ''}`);
  };
  const { signal } = new AbortController();
  const context = { environment: {}, redactor: createRedactor(), listener, signal, now: () => new Date() };
  return { exitCode: await verify(out, context), findings };
}

test('archives are unpacked next to themselves, listed and verified; a second run changes nothing; damage inside is found', async () => {
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  const { exitCode, output } = await fetched(folder);
  expect(exitCode, output).toBe(0);
  const lock = lockIn(out);
  expect(lock.unpack).toBe(true);
  const inside = lock.files.flatMap(({ unpacked = [] }) => unpacked);
  expect(
    lock.files.every(({ path: place = '', unpacked }) => place.endsWith('.zip') === (unpacked !== undefined)),
  ).toBe(true);
  expect(inside.length).toBeGreaterThan(3);
  expect(checkMd5Sums(out)).toBe(lock.files.length + inside.length);
  expect(existsSync(path.join(out, UNPACKING))).toBe(false);
  expect(await verified(out)).toEqual({ exitCode: 0, findings: [] });

  // The file or folder that an archive became.
  const rootOf = (place: string): string => path.join(out, place.split('/')[0] ?? '');
  // What an earlier run left, and a folder keeps its way without the option.
  const before = sandbox.requests.length;
  mkdirSync(path.join(out, UNPACKING, 'left'), { recursive: true });
  rmSync(rootOf(inside[0]!.path), { recursive: true });
  expect((await fetched(folder, false)).exitCode).toBe(0);
  expect(sandbox.requests.slice(before).filter(({ url }) => url.endsWith('$value'))).toEqual([]);
  expect(existsSync(path.join(out, UNPACKING))).toBe(false);
  expect(await verified(out)).toEqual({ exitCode: 0, findings: [] });

  const [damaged, gone, other] = inside.map(({ path: place }) => place);
  appendFileSync(path.join(out, damaged!), 'x');
  rmSync(path.join(out, gone!));
  expect(await verified(out)).toEqual({ exitCode: 6, findings: [`FILE_CHANGED ${damaged!}`, `FILE_MISSING ${gone!}`] });
  // Nothing is written over or through what has the name.
  rmSync(rootOf(gone!), { recursive: true, force: true });
  rmSync(rootOf(other!), { recursive: true });
  symlinkSync(folder, rootOf(other!));
  const again = await fetched(folder);
  expect([again.exitCode, again.errors]).toEqual([6, ['FILE_IN_THE_WAY', 'FILE_IN_THE_WAY']]);
  expect(readdirSync(folder)).not.toContain('data.bin');
  expect(existsSync(path.join(out, gone!))).toBe(true);
  expect((await verified(out)).findings).toContain(`FILE_CHANGED ${damaged!}`);
});

test('lists, links and job orders of each product lead to what was unpacked', async () => {
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  const frozen = await archivedLock(folder);
  const fetchWith = async (perL0: PerLevel0Form, unpack: boolean): Promise<string> => {
    const { exitCode, output } = await fetchInProcess({
      ...{ folder, siteUrl: sandbox.siteUrl },
      options: { frozen, unpack, perL0 },
    });
    expect(exitCode, output).toBe(0);
    return output;
  };
  await fetchWith('hardlink', false);
  expect(await fetchWith('hardlink', true)).toMatch(/"unpacking":\{"archives":\d,"bytes":\d{3,}\}/);
  const lock = lockIn(out);
  const { name, files } = lock.level0[0]!;
  const needed = files.map((place) => lock.files[place]!);
  const below = (folderOf: string): string[] =>
    readdirSync(folderOf, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(folderOf, path.join(entry.parentPath, entry.name)))
      .sort();
  const links = path.join(out, 'per-l0', name);
  const parts: readonly UnpackedFile[] = needed.flatMap(
    ({ path: place = '', unpacked }) => unpacked ?? [{ path: place, bytes: 0, md5: '' }],
  );
  expect(parts.some(({ path: place }) => place.includes('/'))).toBe(true);
  expect(below(links)).toEqual(parts.map(({ path: place }) => place).sort());
  for (const { path: place } of parts)
    expect(statSync(path.join(links, place)).ino).toBe(statSync(path.join(out, place)).ino);
  // As links of another kind, and without one that nothing needs.
  linkSync(path.join(out, parts[0]!.path), path.join(links, 'old'));
  await fetchWith('symlink', false);
  expect(below(links)).toEqual(parts.map(({ path: place }) => place).sort());
  for (const { path: place } of parts)
    expect(realpathSync(path.join(links, place))).toBe(realpathSync(path.join(out, place)));
  await fetchWith('list', false);
  const places = needed.map(({ path: place = '' }) => unpackedPlace(place)).sort();
  expect(readFileSync(`${links}.txt`, 'utf8')).toBe(places.map((place) => `${place}\n`).join(''));

  const paths = async (): Promise<(string | undefined)[]> =>
    (await lockedCampaign(lock, out)).files.map((file) => file.path && path.relative(out, file.path));
  expect(await paths()).toEqual(lock.files.map(({ path: place = '' }) => unpackedPlace(place)));
  // What was unpacked and is not there any more is no input; the archive is.
  const lost = lock.files.findIndex(({ unpacked }) => unpacked !== undefined);
  rmSync(path.join(out, lock.files[lost]!.unpacked![0]!.path));
  expect((await paths())[lost]).toBe(lock.files[lost]!.path);
});

test('what is named like an archive and is none stays as it is, and is a finding of fetch and verify', async () => {
  const folder = temporaryFolder();
  const out = path.join(folder, 'out');
  const plain = await startSandbox();
  try {
    const options = { frozen: await sharedCampaign('small'), unpack: true };
    const { exitCode, errors, output } = await fetchInProcess({ folder, siteUrl: plain.siteUrl, options });
    const lock = lockIn(out);
    const archives = lock.files.filter(({ path: place = '' }) => place.endsWith('.zip'));
    expect([exitCode, errors]).toEqual([6, archives.map(() => 'ARCHIVE_REFUSED')]);
    expect(output).toMatch(/it is damaged/);
    for (const { state, problem } of archives) expect([state, problem]).toEqual(['verified', 'ARCHIVE_REFUSED']);
    expect(checkMd5Sums(out)).toBe(lock.files.length);
    const names = archives.map(({ path: place = '' }) => `FILE_MISSING ${unpackedPlace(place)}`);
    expect(await verified(out)).toEqual({ exitCode: 1, findings: names });
  } finally {
    await plain.close();
  }
});

test('the archives of the sandbox are what other programs take for archives, and have any range', () => {
  const folder = temporaryFolder();
  const read = (name: string, size: number, program: string): string => {
    const content = archiveContent(name, size)!;
    const whole = Buffer.concat([...content('id', 0, size)]);
    expect(whole.length).toBe(size);
    expect(Buffer.concat([...content('id', 700, size - 3)]).equals(whole.subarray(700, -3))).toBe(true);
    writeFileSync(path.join(folder, name), whole);
    return execFileSync('python3', ['-c', program, path.join(folder, name)], { encoding: 'utf8' }).trim();
  };
  const zip = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), *z.namelist())';
  const tar =
    'import sys, tarfile; t = tarfile.open(sys.argv[1]); t.extractfile(t.getmembers()[0]).read(); print(*t.getnames())';
  expect(read('A.SEN3.zip', 1000, zip)).toBe('None A.SEN3/data.bin');
  expect(read('B.EOF.zip', 300_000, zip)).toBe('None B.EOF');
  for (const size of [2000, 2559, 2560, 200_001]) expect(read('C.TGZ', size, tar)).toBe('C/data.bin');
  expect([archiveContent('a.zip', 100), archiveContent('a.TGZ', 1000), archiveContent('a.EOF', 1000)]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
  expect(readFileSync(path.join(folder, 'C.TGZ')).length).toBe(200_001);
});
