import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Failure } from '../errors';
import { codeOf, targetFailure } from './target-failure';

const LOCK_NAME = '.auxflow-downloading';

interface Holder {
  pid: number;
  host: string;
  /** UTC */
  since: string;
}

/** Folders locked by this process: its own id in a lock file may also be that of a killed one, always so in containers. */
const heldHere = new Set<string>();

/**
 * Makes the folder, and this process the only one that downloads into it: parts may then be resumed without asking whose
 * they are. The lock of a process that is gone is taken over.
 * @returns what gives the lock back
 * @throws Failure TARGET_UNWRITABLE (also: who holds it), DISK_FULL
 */
export async function lockTarget(target: string): Promise<() => Promise<void>> {
  const lockPath = path.join(path.resolve(target), LOCK_NAME);
  try {
    await mkdir(target, { recursive: true });
    if (!(await create(lockPath))) {
      await takeAway(lockPath, target);
      if (!(await create(lockPath))) throw inUse(target, undefined);
    }
  } catch (error) {
    throw targetFailure(error, target);
  }
  heldHere.add(lockPath);
  return async () => {
    heldHere.delete(lockPath);
    await rm(lockPath, { force: true });
  };
}

async function create(lockPath: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    await writeFile(lockPath, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function takeAway(lockPath: string, target: string): Promise<void> {
  const text = await readFile(lockPath, 'utf8');
  const holder = readHolder(text);
  if (!holder || !isGone(holder, lockPath)) throw inUse(target, holder);
  await removeStale(lockPath, text);
}

/** Removes the lock that reads `text`; one that another process has put in its place meanwhile stays. */
export async function removeStale(lockPath: string, text: string): Promise<void> {
  const aside = `${lockPath}.${process.pid}`;
  try {
    await rename(lockPath, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== text) await link(aside, lockPath);
  await rm(aside, { force: true });
}

function readHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isGone({ pid, host }: Holder, lockPath: string): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return !heldHere.has(lockPath);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

function inUse(target: string, holder: Holder | undefined): Failure {
  const who = holder ? `process ${holder.pid} on ${holder.host} since ${holder.since}` : 'another process';
  const reason = `in use by ${who}; if that has ended, remove ${path.join(target, LOCK_NAME)}`;
  return new Failure({ code: 'TARGET_UNWRITABLE', path: target, reason });
}
