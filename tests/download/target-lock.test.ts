import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockTarget, removeStale } from '../../scripts/download/target-lock';
import { temporaryFolder } from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';

const LOCK = '.auxflow-downloading';
const leave = (folder: string, holder: object | string) =>
  writeFile(path.join(folder, LOCK), typeof holder === 'string' ? holder : JSON.stringify(holder));
const held = (pid: number, host = hostname()) => ({ pid, host, since: '2024-03-01T00:00:00Z' });

test('a folder is made, locked, and given back', async () => {
  const folder = path.join(await temporaryFolder(), 'a', 'b');
  const unlock = await lockTarget(folder);
  expect(await readdir(folder)).toEqual([LOCK]);
  await unlock();
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that cannot be made is told', async () => {
  const file = path.join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const folder = path.join(file, 'below');
  expect(await failureOf(lockTarget(folder))).toEqual({ code: 'TARGET_UNWRITABLE', path: folder, reason: 'ENOTDIR' });
});

describe('a folder in use is refused, and told by whom', () => {
  test('this process', async () => {
    const folder = await temporaryFolder();
    const unlock = await lockTarget(folder);
    const failure = await failureOf(lockTarget(path.join(folder, '..', path.basename(folder))));
    expect(failure).toMatchObject({ code: 'TARGET_UNWRITABLE' });
    expect(failure).toHaveProperty('reason', expect.stringContaining(`process ${process.pid} on ${hostname()}`));
    await unlock();
    await (
      await lockTarget(folder)
    )();
  });
  test('a living process', async () => {
    const folder = await temporaryFolder();
    const child = spawn('sleep', ['60']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    await leave(folder, held(child.pid ?? 0));
    expect(await failureOf(lockTarget(folder))).toMatchObject({ code: 'TARGET_UNWRITABLE', path: folder });
  });
  test('another machine: whether it lives cannot be known', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(1, 'elsewhere'));
    expect(await failureOf(lockTarget(folder))).toHaveProperty('reason', expect.stringContaining('elsewhere'));
  });
  test('a lock that cannot be read', async () => {
    const folder = await temporaryFolder();
    await leave(folder, '{');
    expect(await failureOf(lockTarget(folder))).toHaveProperty(
      'reason',
      expect.stringContaining(path.join(folder, LOCK)),
    );
  });
});

describe('the lock of a process that is gone is taken over', () => {
  test('a killed one', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(spawnSync('true').pid));
    await (
      await lockTarget(folder)
    )();
    expect(await readdir(folder)).toEqual([]);
  });
  test('one with the id this process has now, as always in containers', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(process.pid));
    await (
      await lockTarget(folder)
    )();
  });
  test('by one of many that try', async () => {
    const folder = await temporaryFolder();
    await leave(folder, held(spawnSync('true').pid));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockTarget(folder)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await readFile(path.join(folder, LOCK), 'utf8'))).toMatchObject({ pid: process.pid });
  });
  test('but not the lock of one that was quicker', async () => {
    const folder = await temporaryFolder();
    const lockPath = path.join(folder, LOCK);
    await leave(folder, 'new');
    await removeStale(lockPath, 'old');
    expect([await readdir(folder), await readFile(lockPath, 'utf8')]).toEqual([[LOCK], 'new']);
    await removeStale(lockPath, 'new');
    await removeStale(lockPath, 'new');
    expect(await readdir(folder)).toEqual([]);
  });
});
