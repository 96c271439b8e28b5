import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { acquireFolderLock } from '../../scripts/download/folder-lock/folder-lock';
import { sampleOf } from '../helpers/budget';
import { temporaryFolder } from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';

const LOCK = '.auxflow-downloading';
const leave = (folder: string, holder: object | string) =>
  writeFile(path.join(folder, LOCK), typeof holder === 'string' ? holder : JSON.stringify(holder));
/** Without the life sign of who holds it. */
const namesIn = async (folder: string) =>
  (await readdir(folder)).filter((name) => !/^\.auxflow-downloading\.\d+\.tmp$/.test(name));
/** The claim of who finds the lock of that holder, or of another claim. */
const claimAfter = (holder: object) =>
  `${LOCK}.claim.${createHash('sha256').update(JSON.stringify(holder)).digest('hex').slice(0, 16)}`;
const held = (pid: number, host = hostname()) => ({ pid, host, since: '2024-03-01T00:00:00Z' });

test('a folder is made, locked, and given back', async () => {
  const folder = path.join(await temporaryFolder(), 'a', 'b');
  const unlock = await acquireFolderLock(folder);
  expect(await namesIn(folder)).toEqual([LOCK]);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
});

test('whenever the lock is there, it says whose it is: a kill leaves no other', async () => {
  const folder = await temporaryFolder();
  const seen = new Set<string>();
  const watch = setInterval(() => {
    try {
      seen.add(readFileSync(path.join(folder, LOCK), 'utf8').slice(0, 7));
    } catch {
      // Not there just now.
    }
  }, 0);
  for (let turn = 0; turn < 300; turn++) {
    const unlock = await acquireFolderLock(folder);
    await unlock();
  }
  clearInterval(watch);
  expect([...seen]).toEqual(['{"pid":']);
});

test('a folder that cannot be made is told', async () => {
  const file = path.join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const folder = path.join(file, 'below');
  expect(await failureOf(acquireFolderLock(folder))).toEqual({
    code: 'TARGET_UNWRITABLE',
    path: folder,
    reason: 'ENOTDIR',
  });
});

describe('a folder in use is refused, and told by whom', () => {
  test('this process', async () => {
    const folder = await temporaryFolder();
    const unlock = await acquireFolderLock(folder);
    const failure = await failureOf(acquireFolderLock(path.join(folder, '..', path.basename(folder))));
    expect(failure).toMatchObject({ code: 'TARGET_IN_USE' });
    expect(failure).toHaveProperty('holder', expect.stringContaining('this process'));
    await unlock();
    await (
      await acquireFolderLock(folder)
    )();
  });
  test('a living process', async () => {
    const folder = await temporaryFolder();
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    await leave(folder, held(child.pid ?? 0));
    expect(await failureOf(acquireFolderLock(folder))).toMatchObject({ code: 'TARGET_IN_USE', path: folder });
  });
  test('another machine: whether it lives cannot be known; when the lock has gone, the folder is free', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(spawnSync('true').pid, 'elsewhere'));
    expect(await failureOf(acquireFolderLock(folder))).toHaveProperty('holder', expect.stringContaining('elsewhere'));
    expect(await namesIn(folder)).toEqual([LOCK]);
    await rm(path.join(folder, LOCK));
    await (
      await acquireFolderLock(folder)
    )();
  });
  test('a lock that cannot be read', async () => {
    const folder = await temporaryFolder();
    await leave(folder, '{');
    expect(await failureOf(acquireFolderLock(folder))).toHaveProperty(
      'holder',
      expect.stringContaining(path.join(folder, LOCK)),
    );
  });
});

describe('the lock of a process that is gone is taken over', () => {
  test('a killed one', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(spawnSync('true').pid));
    await (
      await acquireFolderLock(folder)
    )();
    expect(await readdir(folder)).toEqual([]);
  });
  test('one with the id this process has now, as always in containers', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(process.pid));
    await (
      await acquireFolderLock(folder)
    )();
  });
  test('unless another process is about to take it', async () => {
    const folder = await temporaryFolder();
    const gone = held(spawnSync('true').pid);
    await leave(folder, gone);
    await writeFile(path.join(folder, claimAfter(gone)), '');
    expect(await failureOf(acquireFolderLock(folder))).toMatchObject({ code: 'TARGET_IN_USE' });
  });

  const KILLED: readonly [words: string, killed: number][] = [
    ['', 0],
    [', also when one that was about to was killed', 1],
    [', also when two that were about to were killed', 2],
  ];

  test.each(sampleOf(KILLED, 1))(
    'by one of several processes that try at once%s, time after time',
    async (_, killed) => {
      const parent = await temporaryFolder();
      const folders = Array.from({ length: 100 }, (_, place) => path.join(parent, String(place)));
      for (const folder of folders) {
        await mkdir(folder);
        await leaveKilled(folder, killed);
      }
      const item = ['TARGET_IN_USE', 'TARGET_IN_USE', 'TARGET_IN_USE', 'locked'];
      for (const results of await raceFor(folders, 4)) expect(results.sort()).toEqual(item);
      for (const folder of folders) expect(await namesIn(folder)).toEqual([LOCK]);
    },
  );
});

/** The lock of a process that is gone, and the claims of so many that went while they took it over. */
async function leaveKilled(folder: string, claims: number): Promise<void> {
  const { pid } = spawnSync('true');
  let last = held(pid);
  await leave(folder, last);
  for (let count = 1; count <= claims; count++) {
    const next = { ...last, since: `2024-03-0${count}T01:00:00Z` };
    await writeFile(path.join(folder, claimAfter(last)), JSON.stringify(next));
    last = next;
  }
}

/** What processes that all try to lock the folders, each at the same time, say of each. */
async function raceFor(folders: readonly string[], processes: number): Promise<string[][]> {
  const children = Array.from({ length: processes }, () => locker(folders));
  await Promise.all(children.map(({ ready }) => ready));
  const start = Date.now() + 100;
  for (const { child } of children) child.stdin.write(`${start}\n`);
  const results = await Promise.all(children.map(({ results }) => results));
  return folders.map((_, place) => results.map((own) => own[place] ?? 'nothing'));
}

/** A process that says it is there, waits for a time, tries to lock one folder every 10 ms from then on, says what came of all, and stays. */
function locker(folders: readonly string[]) {
  const script = `
    const { acquireFolderLock } = require(${JSON.stringify(path.resolve('scripts/download/folder-lock/folder-lock'))});
    const folders = ${JSON.stringify(folders)};
    process.stdout.write('ready\\n');
    process.stdin.once('data', async (start) => {
      const results = await Promise.all(folders.map(async (folder, place) => {
        await new Promise((resolve) => setTimeout(resolve, Number(start) + 10 * place - Date.now()));
        return acquireFolderLock(folder).then(() => 'locked', (error) => error.message);
      }));
      process.stdout.write(results.join() + '\\n');
    });`;
  const child = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ready = lines.next();
  return { child, ready, results: ready.then(() => lines.next()).then(({ value }) => String(value).split(',')) };
}
