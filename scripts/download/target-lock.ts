import { createHash } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { makePath } from '../lib/ensure-folder';
import { NO_HARD_LINKS } from './publish';
import { codeOf, targetFailure } from '../errors/target-failure';

const LOCK_NAME = '.auxflow-downloading';

/** What comes and goes beside the lock, or was left by a kill. Who has the lock may remove it. */
export const isBesideLock = (name: string): boolean => name.startsWith(`${LOCK_NAME}.`);

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

/**
 * Links a file that is whole to the name, so that who is killed meanwhile leaves a lock that says whose it was, or none. Without
 * hard links the text comes a moment after the name.
 * @returns false when another was quicker
 */
async function create(file: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  const text = JSON.stringify(holder);
  const own = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(own, text);
    await link(own, file).catch((error: unknown) => {
      if (!NO_HARD_LINKS.has(codeOf(error))) throw error;
      return writeFile(file, text, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || (await isSwept(error, file))) return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** A file of ours has gone, not the folder: who holds it has swept. */
async function isSwept(error: unknown, file: string): Promise<boolean> {
  if (codeOf(error) !== 'ENOENT') return false;
  return stat(path.dirname(file)).then(
    () => true,
    () => false,
  );
}

/**
 * Whose turn it is after a holder that is gone says the claim that is named after the holder's lock: of several that find the same
 * stale lock one creates it, and after a claim whose maker is gone too, one creates the next. The lock is read again under the claim,
 * because another may have been through by then; its text never comes back. The rename puts the new lock in place and gives up the
 * claim in one step.
 */
async function takeOver(lockPath: string, target: string): Promise<void> {
  const stale = await textOf(lockPath);
  const { claimPath, left } = await claimAfter(stale, lockPath, target);
  try {
    if ((await textOf(lockPath)) !== stale) throw inUse(target, 'another process');
    await rename(claimPath, lockPath);
  } catch (error) {
    await rm(claimPath, { force: true });
    throw error;
  }
  for (const claim of left) await rm(claim, { force: true });
}

/** `left`: claims of processes that were killed while they had one. */
async function claimAfter(
  stale: string,
  lockPath: string,
  target: string,
): Promise<{ claimPath: string; left: readonly string[] }> {
  const left: string[] = [];
  let text = stale;
  for (;;) {
    const holder = readHolder(text);
    if (!holder) throw inUse(target, 'another process');
    if (!isGone(holder)) throw inUse(target, `process ${holder.pid} on ${holder.host} since ${holder.since}`);
    const claimPath = `${lockPath}.claim.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
    if (await create(claimPath)) return { claimPath, left };
    left.push(claimPath);
    text = await textOf(claimPath);
  }
}

/** Empty when it was given back just now. Another process may have it by the time this one writes, so whoever asks again asks from the start. */
async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
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
