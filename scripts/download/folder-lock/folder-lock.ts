import { createHash } from 'node:crypto';
import { link, lstat, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../errors/errors';
import { codeOf, targetFailure } from '../../errors/target-failure';
import { makePath } from '../../lib/ensure-folder';
import { readPlainFile } from '../../lib/plain-file';
import { temporaryName } from '../../lib/write-file-atomic';
import { giveLifeSign, seekLifeSign, type LifeSign } from './life-sign';
import { beatOn, findHolder, LOCK_NAME, lifeSignName, nameOf, newHolder, readHolder } from './lock-holder';
import { detachParts } from '../part-names';
import { NO_HARD_LINKS } from '../publish';

/** Locks of this process. */
const heldHere = new Set<string>();

/**
 * Makes the folder, and this the only run that downloads into it: parts may then be resumed without asking whose they are.
 * The lock of a process that is gone is taken over, and what it left beside it removed.
 * @returns what gives the lock back
 * @throws Failure TARGET_IN_USE with who holds it, TARGET_UNWRITABLE, DISK_FULL
 */
export async function acquireFolderLock(target: string): Promise<() => Promise<void>> {
  const folder = path.resolve(target);
  if (heldHere.has(folder)) throw inUse(target, 'this process');
  heldHere.add(folder);
  try {
    await makePath(folder);
    const release = await lockFolder(folder, target);
    return async () => {
      await release();
      heldHere.delete(folder);
    };
  } catch (error) {
    heldHere.delete(folder);
    throw targetFailure(error, target);
  }
}

/** This process, which tries to get a folder. */
interface Applicant {
  readonly folder: string;
  /** As the user wrote it, for messages. */
  readonly target: string;
  readonly lockPath: string;
  /** Of the lock, and of no other one. */
  readonly text: string;
}

async function lockFolder(folder: string, target: string): Promise<() => Promise<void>> {
  const holder = newHolder();
  const sign = await giveLifeSign(folder, lifeSignName(holder.id));
  const text = JSON.stringify({ ...holder, device: sign?.device });
  const applicant: Applicant = { folder, target, lockPath: path.join(folder, LOCK_NAME), text };
  try {
    const lock = (await create(applicant.lockPath, text)) ?? (await takeOver(applicant));
    await sweep(folder, holder.id);
    const endBeat = beatOn(lock, text);
    return async () => {
      endBeat();
      // It is another's by now where this process was silent for too long.
      if (await isOpenAs(lock, applicant.lockPath)) await rm(applicant.lockPath, { force: true });
      await Promise.all([lock.close(), endSign(sign)]);
    };
  } catch (error) {
    await endSign(sign);
    throw error;
  }
}

async function isOpenAs(handle: FileHandle, file: string): Promise<boolean> {
  const [own, found] = await Promise.all([handle.stat(), lstat(file).catch(() => undefined)]);
  return found?.ino === own.ino && found.dev === own.dev;
}

const endSign = async (sign: LifeSign | undefined): Promise<void> => sign?.close();

/**
 * Links a file that is whole to the name, so that who is killed meanwhile leaves a lock that says whose it was, or none. Without
 * hard links the text comes a moment after the name.
 * @returns the lock, open for writing; undefined when another was quicker
 */
async function create(file: string, text: string): Promise<FileHandle | undefined> {
  const own = temporaryName(file);
  try {
    const lock = await writeNew(own, text);
    try {
      await link(own, file);
      return lock;
    } catch (error) {
      await lock.close();
      if (!NO_HARD_LINKS.has(codeOf(error))) throw error;
      return await writeNew(file, text);
    }
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || (await isSwept(error, file))) return undefined;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Nothing of it stays when the disk has no room for all. */
async function writeNew(file: string, text: string): Promise<FileHandle> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    return handle;
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
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
async function takeOver(applicant: Applicant): Promise<FileHandle> {
  const { folder, target, lockPath } = applicant;
  const stale = await textOf(lockPath);
  const { claim, claimPath, isSure } = await claimAfter(stale, applicant);
  try {
    if ((await textOf(lockPath)) !== stale) throw inUse(target, 'another process');
    await rename(claimPath, lockPath);
  } catch (error) {
    await claim.close();
    await rm(claimPath, { force: true });
    throw (await isSwept(error, claimPath)) ? inUse(target, 'another process') : error;
  }
  if (!isSure) await detachParts(folder);
  return claim;
}

interface Claim {
  readonly claim: FileHandle;
  readonly claimPath: string;
  /** Whether all that came before are gone for good. */
  readonly isSure: boolean;
}

async function claimAfter(stale: string, { folder, target, lockPath, text: own }: Applicant): Promise<Claim> {
  let [text, file, isSure] = [stale, lockPath, true];
  for (;;) {
    const holder = readHolder(text);
    if (!holder) throw inUse(target, 'another process');
    const found = await findHolder(holder, file, folder);
    if (!found.isGone) throw inUse(target, nameOf(holder, found));
    isSure &&= found.sure;
    file = `${lockPath}.claim.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
    const claim = await create(file, own);
    if (claim) return { claim, claimPath: file, isSure };
    text = await textOf(file);
  }
}

/** Empty when it was given back just now. Another process may have it by the time this one writes, so whoever asks again asks from the start. */
async function textOf(file: string): Promise<string> {
  return readPlainFile(file).then(String, (error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
}

/**
 * Removes what processes left beside the lock that were killed while they took it. Others may try to take it just now: who finds its
 * file gone was too late, and a life sign that is given stays.
 */
async function sweep(folder: string, ownId: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${LOCK_NAME}.`) || name === lifeSignName(ownId)) continue;
    const file = path.join(folder, name);
    const found = await lstat(file).catch(() => undefined);
    const isGiven = found?.isSocket() && (await seekLifeSign(folder, name, found.dev)) === 'lives';
    if (!isGiven) await rm(file, { force: true });
  }
}

function inUse(target: string, by: string): Failure {
  const holder = `${by} downloads into it; if that has ended, remove ${path.join(target, LOCK_NAME)}*`;
  return new Failure({ code: 'TARGET_IN_USE', path: target, holder });
}
