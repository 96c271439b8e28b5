import path from 'node:path';
import { findAnswer } from './answers-folder';
import type { LockedAnswer, LockedFile } from './campaign-lock';
import { emptyErrors, INCOMPLETE, lockAt } from './find-lock';
import { compareFile } from '../../download/existing-file';
import { toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { displayPath } from '../../session/display-path';

/**
 * Proves, without a network, that a folder holds what its lock says: every file with its size and MD5, every answer with its
 * SHA-256. Returns the exit code: 6 for a file that changed, 1 for one that is missing, and for a lock that names none.
 * @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN, INTERRUPTED
 */
export async function verify(
  place: string,
  { listener, signal }: CommandContext,
  { failOnEmpty = false } = {},
): Promise<number> {
  const { lock, file } = await lockAt(place);
  if (!lock.complete) listener({ type: 'note', text: INCOMPLETE });
  const folder = path.dirname(file);
  const errors = emptyErrors(lock, failOnEmpty);
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
  const proven = `${here} of ${plural(lock.files.length, 'file')} here, each with the right size and MD5.`;
  const sentence = lock.files.length === 0 ? 'The lock names no file.' : proven;
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

async function problemOfAnswer(answer: LockedAnswer, folder: string): Promise<AuxflowError[]> {
  const { path: place } = answer;
  if (place === undefined) return [];
  const found = await findAnswer(path.join(folder, place), answer);
  if (found === 'right') return [];
  return [{ code: found === 'absent' ? 'FILE_MISSING' : 'FILE_CHANGED', name: place }];
}
