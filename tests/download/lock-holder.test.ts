import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acquireFolderLock } from '../../scripts/download/folder-lock/folder-lock';
import { temporaryFolder } from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';
import { hasPidNamespaces, signalInside, spawnInNamespace } from '../helpers/pid-namespace';

const LOCK = '.auxflow-downloading';
const isLinux = process.platform === 'linux';
const own = isLinux
  ? {
      boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      namespace: readlinkSync('/proc/self/ns/pid'),
    }
  : { boot: '', namespace: '' };
const OTHER_BOOT = '00000000-0000-4000-8000-000000000000';
const OTHER_NAMESPACE = 'pid:[1]';

const script = (folder: string) => `
  const { acquireFolderLock } = require(${JSON.stringify(path.resolve('scripts/download/folder-lock/folder-lock'))});
  acquireFolderLock(${JSON.stringify(folder)}).then(
    () => { process.stdout.write('locked'); setInterval(() => undefined, 1000); },
    (error) => { process.stdout.write(error.detail.code + ' ' + error.detail.holder); process.exitCode = 1; },
  );`;
const words = (folder: string) => [process.execPath, '-r', 'ts-node/register/transpile-only', '-e', script(folder)];

async function said(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return chunk.toString();
}

/** As `acquireFolderLock` writes it. */
const record = (changed: object) => ({
  ...{ pid: process.pid, host: hostname(), since: '2024-03-01T00:00:00Z', id: 1, beat: 15 },
  ...own,
  ...changed,
});

async function leave(holder: object, secondsAgo = 0): Promise<string> {
  const folder = await temporaryFolder();
  const place = path.join(folder, LOCK);
  await writeFile(place, JSON.stringify(holder));
  const time = Date.now() / 1000 - secondsAgo;
  await utimes(place, time, time);
  return folder;
}

const isFree = async (folder: string): Promise<boolean> =>
  acquireFolderLock(folder).then(
    async (unlock) => {
      await unlock();
      return true;
    },
    () => false,
  );

describe.runIf(isLinux && hasPidNamespaces())('containers that share a folder and a host name', () => {
  test('each has its process 1: one that lives keeps the folder, also when it is stopped; one that was killed does not', async () => {
    const folder = await temporaryFolder();
    const first = spawnInNamespace(words(folder));
    expect(await said(first)).toBe('locked');
    expect(JSON.parse(await readFile(path.join(folder, LOCK), 'utf8'))).toMatchObject({ pid: 1, host: hostname() });
    expect(await said(spawnInNamespace(words(folder)))).toMatch(/^TARGET_IN_USE process 1 on/);
    expect(await failureOf(acquireFolderLock(folder))).toMatchObject({ code: 'TARGET_IN_USE' });

    await signalInside(first, 'SIGSTOP');
    expect(await said(spawnInNamespace(words(folder)))).toMatch(/^TARGET_IN_USE/);
    await signalInside(first, 'SIGKILL');
    const second = spawnInNamespace(words(folder));
    expect(await said(second)).toBe('locked');
    expect((await readdir(folder)).filter((name) => name !== LOCK).length).toBe(1);
  });

  test('without a life sign the one that was heard of just now keeps the folder', async () => {
    const folder = await temporaryFolder();
    expect(await said(spawnInNamespace(words(folder)))).toBe('locked');
    for (const name of await readdir(folder)) if (name !== LOCK) await rm(path.join(folder, name));
    expect(await failureOf(acquireFolderLock(folder))).toHaveProperty(
      'holder',
      expect.stringMatching(/last heard of \d+ s ago \(it counts as gone after 120 s\)/),
    );
  });

  test('in a folder whose path is longer than the name of a socket may be', async () => {
    const folder = path.join(await temporaryFolder(), 'x'.repeat(200), 'y'.repeat(100));
    const first = spawnInNamespace(words(folder));
    expect(await said(first)).toBe('locked');
    const second = await said(spawnInNamespace(words(folder)));
    expect([second, second.includes('last heard of')]).toEqual([
      expect.stringMatching(/^TARGET_IN_USE process 1/),
      false,
    ]);
    await signalInside(first, 'SIGKILL');
    expect(await isFree(folder)).toBe(true);
  });
});

describe.runIf(isLinux)('who is gone, where no life sign tells', () => {
  test.each([
    ['this very process, of another start', record({ started: '1' }), 0, true],
    ['this very process, of another container', record({ started: '1', namespace: OTHER_NAMESPACE }), 0, false],
    ['another container, silent for long', record({ namespace: OTHER_NAMESPACE }), 150, true],
    ['another container, silent for a while', record({ namespace: OTHER_NAMESPACE }), 60, false],
    ['another machine of the same name', record({ boot: OTHER_BOOT }), 0, false],
    [
      'another machine of the same name, silent for long: it was this one, before it was started again',
      record({ boot: OTHER_BOOT }),
      150,
      true,
    ],
    ['another machine', record({ boot: OTHER_BOOT, host: 'elsewhere' }), 0, false],
    ['another machine, silent for long', record({ boot: OTHER_BOOT, host: 'elsewhere' }), 150, true],
    ['another machine that is not heard of by design', record({ boot: OTHER_BOOT, beat: undefined }), 1e6, false],
    ['a system that is not Linux, silent for long', record({ boot: undefined, host: 'elsewhere' }), 150, true],
    ['a life sign of another mount', record({ device: 1, namespace: OTHER_NAMESPACE }), 0, false],
  ])('%s', async (_, holder, secondsAgo, isGone) => {
    expect(await isFree(await leave(holder, secondsAgo))).toBe(isGone);
  });

  test('a process of another start has the id by now', async () => {
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const stats = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
    expect(await isFree(await leave(record({ pid: child.pid, started: stats[21] })))).toBe(false);
    expect(await isFree(await leave(record({ pid: child.pid, started: `${stats[21]}0` })))).toBe(true);
  });

  test('one that may come back shares no part with who took over', async () => {
    const folder = await leave(record({ boot: OTHER_BOOT }), 150);
    await mkdir(path.join(folder, 'type'));
    const parts = ['file.part', path.join('type', 'other~12.part')];
    for (const part of parts) await writeFile(path.join(folder, part), part);
    const inodes = await Promise.all(parts.map(async (part) => (await stat(path.join(folder, part))).ino));
    const unlock = await acquireFolderLock(folder);
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.part')).sort();
    expect(names).toEqual([
      expect.stringMatching(/^file~\d+\.part$/),
      expect.stringMatching(/^type\/other~\d+\.part$/),
    ]);
    for (const [index, name] of names.entries()) {
      const place = path.join(folder, name);
      expect([await readFile(place, 'utf8'), (await stat(place)).ino === inodes[index]]).toEqual([parts[index], false]);
    }
    await unlock();
  });
});

test('a lock that was taken over meanwhile is not taken away from who has it', async () => {
  const folder = await temporaryFolder();
  const unlock = await acquireFolderLock(folder);
  await writeFile(path.join(folder, 'other'), JSON.stringify(record({ host: 'elsewhere' })));
  await rename(path.join(folder, 'other'), path.join(folder, LOCK));
  await unlock();
  expect(await readdir(folder)).toEqual([LOCK]);
});

test('what killed processes left beside the lock is removed, and a life sign that is given is not', async () => {
  const folder = await temporaryFolder();
  for (const name of [`${LOCK}.12.tmp`, `${LOCK}.claim.0123456789abcdef`])
    await writeFile(path.join(folder, name), '{}');
  const unlock = await acquireFolderLock(folder);
  expect((await readdir(folder)).filter((name) => name.includes('.claim.') || name.endsWith('.12.tmp'))).toEqual([]);
  await failureOf(acquireFolderLock(path.join(folder, '.')));
  await unlock();
  expect(await readdir(folder)).toEqual([]);
});
