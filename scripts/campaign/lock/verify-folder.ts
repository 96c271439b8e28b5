import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LOCK_NAME, readLock, type CampaignLock, type LockedFile } from './campaign-lock';
import { compareFile } from '../../download/existing-file';
import { Failure, toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { displayPath } from '../../session/display-path';

/** The lock of a folder, or the one that is named. @throws Failure FILE_UNREADABLE, LOCK_BROKEN */
export async function lockAt(place: string): Promise<{ lock: CampaignLock; file: string }> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = path.resolve(isFolder ? path.join(place, LOCK_NAME) : place);
  const lock = await readLock(file);
  if (!lock) throw new Failure({ code: 'FILE_UNREADABLE', path: file, what: 'lock', reason: 'ENOENT' });
  return { lock, file };
}

/**
 * Proves, without a network, that a folder holds what its lock says: every file with its size and MD5, every answer with its
 * SHA-256. Returns the exit code: 6 for a file that changed, 1 for one that is missing.
 * @throws Failure FILE_UNREADABLE, LOCK_BROKEN, INTERRUPTED
 */
export async function verify(place: string, { listener, signal }: CommandContext): Promise<number> {
  const { lock, file } = await lockAt(place);
  const folder = path.dirname(file);
  const errors: AuxflowError[] = [];
  for (const locked of lock.files) {
    throwIfInterrupted(signal);
    const since = performance.now();
    const error = await problemOf(locked, folder, signal);
    if (error) errors.push(error);
    const { name, bytes } = locked;
    const seconds = (performance.now() - since) / 1000;
    listener({ type: 'file', name, status: error ? 'failed' : 'already-here', bytes, seconds, error });
  }
  for (const answer of lock.answers) errors.push(...(await problemOfAnswer(answer, folder)));
  for (const error of errors) listener({ type: 'finding', error });
  const exitCode = exitCodeOf(errors);
  const here = lock.files.length - errors.filter((error) => 'name' in error && !isAnswer(error.name)).length;
  const sentence = `${here} of ${plural(lock.files.length, 'file')} here, each with the right size and MD5.`;
  listener({ type: 'run-finished', exitCode, sentence, places: [{ what: 'lock', where: displayPath(file) }] });
  return exitCode;
}

const isAnswer = (name: string): boolean => name.startsWith('answers/');

async function problemOf(file: LockedFile, folder: string, signal: AbortSignal): Promise<AuxflowError | undefined> {
  const { name, path: place, bytes, md5 } = file;
  if (place === undefined || bytes === undefined || md5 === undefined) return { code: 'FILE_MISSING', name };
  try {
    const found = await compareFile(path.join(folder, place), { contentLength: bytes, md5 }, signal);
    if (found === 'right') return undefined;
    return found === 'absent' ? { code: 'FILE_MISSING', name } : { code: 'FILE_CHANGED', name };
  } catch (error) {
    throwIfInterrupted(signal);
    return { code: 'FILE_UNREADABLE', path: place, what: 'file', reason: toError(error).code };
  }
}

async function problemOfAnswer(
  { path: place, sha256 }: CampaignLock['answers'][number],
  folder: string,
): Promise<AuxflowError[]> {
  const body = await readFile(path.join(folder, place)).catch(() => undefined);
  if (!body) return [{ code: 'FILE_MISSING', name: place }];
  const isSame = createHash('sha256').update(body).digest('hex') === sha256;
  return isSame ? [] : [{ code: 'FILE_CHANGED', name: place }];
}
