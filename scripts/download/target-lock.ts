import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Failure } from '../errors';
import { makePath } from '../make-path';
import { codeOf, targetFailure } from './target-failure';

const LOCK_NAME = '.auxflow-downloading';

interface Holder {
  pid: number;
  host: string;
  /** UTC */
  since: string;
}

/** Locks of this process. Its id alone would not tell: in containers a killed process had the same one. */
const heldHere = new Set<string>();

/**
 * Makes the folder, and this the only run that downloads into it: parts may then be resumed without asking whose they are.
 * The lock of a process that is gone is taken over.
 * @returns what gives the lock back
 * @throws Failure TARGET_IN_USE with who holds it, TARGET_UNWRITABLE, DISK_FULL
 */
export async function lockTarget(target: string): Promise<() => Promise<void>> {
  const lockPath = path.join(path.resolve(target), LOCK_NAME);
  if (heldHere.has(lockPath)) throw inUse(target, 'this process');
  heldHere.add(lockPath);
  try {
    await makePath(path.resolve(target));
    if (!(await create(lockPath))) await takeOver(lockPath, target);
  } catch (error) {
    heldHere.delete(lockPath);
    throw targetFailure(error, target);
  }
  return async () => {
    await rm(lockPath, { force: true });
    heldHere.delete(lockPath);
  };
}

async function create(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    await writeFile(file, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Only who created the claim may replace the lock, and the lock is read again under the claim: of several that find a stale
 * lock one gets it. The rename puts the new lock in place and gives up the claim in one step.
 */
async function takeOver(lockPath: string, target: string): Promise<void> {
  const claimPath = `${lockPath}.claim`;
  if (!(await create(claimPath))) throw inUse(target, 'another process');
  try {
    const holder = readHolder(await readFile(lockPath, 'utf8').catch(emptyIfGone));
    if (!holder) throw inUse(target, 'another process');
    if (!isGone(holder)) throw inUse(target, `process ${holder.pid} on ${holder.host} since ${holder.since}`);
    await rename(claimPath, lockPath);
  } catch (error) {
    await rm(claimPath, { force: true });
    throw error;
  }
}

/** Given back just now. Another process may have it by the time this one writes, so whoever asks again asks from the start. */
function emptyIfGone(error: unknown): string {
  if (codeOf(error) === 'ENOENT') return '';
  throw error;
}

function readHolder(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isGone({ pid, host }: Holder): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

function inUse(target: string, by: string): Failure {
  const holder = `${by} downloads into it; if that has ended, remove ${path.join(target, LOCK_NAME)}*`;
  return new Failure({ code: 'TARGET_IN_USE', path: target, holder });
}
