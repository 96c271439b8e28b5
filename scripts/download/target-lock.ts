import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { Failure } from '../errors';
import { makePath } from '../make-path';
import { NO_HARD_LINKS } from './publish';
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

/**
 * Links a file that is whole to the name, so that who is killed meanwhile leaves a lock that says whose it was, or none. Without
 * hard links the text comes a moment after the name.
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
    // ENOENT: who holds the folder has swept it.
    if (['EEXIST', 'ENOENT'].includes(codeOf(error)) && (await isThere(file))) return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Only who created the claim may replace the lock, and the lock is read again under the claim: of several that find a stale
 * lock one gets it. The rename puts the new lock in place and gives up the claim in one step.
 */
async function takeOver(lockPath: string, target: string): Promise<void> {
  const claimPath = `${lockPath}.claim`;
  if (!(await create(claimPath)) && !((await dropDeadClaim(claimPath)) && (await create(claimPath))))
    throw inUse(target, 'another process');
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

/** The claim of a process that was killed while it had one. It is moved away first and looked at again, in case it is another by now. */
async function dropDeadClaim(claimPath: string): Promise<boolean> {
  const isDead = async (file: string): Promise<boolean> => {
    const holder = readHolder(await readFile(file, 'utf8').catch(emptyIfGone));
    return holder !== undefined && isGone(holder);
  };
  if (!(await isDead(claimPath))) return false;
  const aside = `${claimPath}.dead.${process.pid}.tmp`;
  await rename(claimPath, aside);
  const wasDead = await isDead(aside);
  if (!wasDead) await link(aside, claimPath);
  await rm(aside, { force: true });
  return wasDead;
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
