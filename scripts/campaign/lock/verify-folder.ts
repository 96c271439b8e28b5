import path from 'node:path';
import { findAnswer } from './answers-folder';
import type { CampaignFile } from '../campaign-file';
import type { LockedAnswer } from './campaign-lock';
import { emptyErrors, INCOMPLETE } from './find-lock';
import { lockedFilesAt, type LockedFiles } from './locked-files';
import { notUnpacked, toldByIds, unpackedParts, type ProvablePart } from './locked-parts';
import type { Completeness } from '../completeness/judgement';
import { notesOf } from '../completeness/notes';
import { compareFile } from '../../download/existing-file';
import { Failure, type AuxflowError } from '../../errors/errors';
import { unreadable } from '../../errors/read-input';
import { exitCodeOf } from '../../errors/exit-codes';
import { createBreath } from '../../lib/breathe';
import { plural } from '../../lib/format';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { displayPath } from '../../session/display-path';

/**
 * Proves, without a network, that a folder holds what its lock says: every file with its size and MD5, every answer with its
 * SHA-256. Returns the exit code: 6 for a file that changed, 1 for one that is missing, for a lock that names none, and for a campaign
 * that was judged incomplete when it was fetched.
 * @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN, INTERRUPTED
 */
export async function verify(
  place: string,
  { listener, signal }: CommandContext,
  { failOnEmpty = false } = {},
): Promise<number> {
  const { lock, file } = await lockedFilesAt(place);
  const { completeness } = lock;
  const notes = [...(lock.complete ? [] : [INCOMPLETE]), ...(completeness ? notesOf(completeness) : [])];
  for (const text of notes) listener({ type: 'note', text });
  const folder = path.dirname(file);
  const errors: AuxflowError[] = [];
  const toldBy = toldByIds(lock.files);
  let wrong = 0;
  for (const locked of lock.files) {
    throwIfInterrupted(signal);
    const since = performance.now();
    const error = toldBy(locked, await problemOf(locked, folder, signal));
    if (error) wrong += 1;
    if (error) errors.push(error);
    errors.push(...(await problemsInside(lock, locked, { folder, signal })));
    const { name, bytes } = locked;
    const seconds = (performance.now() - since) / 1000;
    listener({ type: 'file', name, status: error ? 'failed' : 'already-here', bytes, seconds, error });
  }
  const here = lock.files.length - wrong;
  for (const part of [...lock.answers, ...(lock.matrix ? [lock.matrix] : [])])
    errors.push(...(await problemOfPart(part, folder)));
  errors.push(...emptyErrors(lock, failOnEmpty), ...(completeness?.errors ?? []));
  const breathe = createBreath();
  for (const error of errors) {
    listener({ type: 'finding', error });
    await breathe();
  }
  const exitCode = exitCodeOf(errors);
  const judged = completeness && completeness.errors.length > 0 ? `; ${judgedWords(completeness)}` : '';
  const proven = `${here} of ${plural(lock.files.length, 'file')} here, each with the right size and MD5${judged}.`;
  const sentence = lock.files.length === 0 ? 'The lock names no file.' : proven;
  listener({ type: 'run-finished', exitCode, sentence, places: [{ what: 'lock', where: displayPath(file) }] });
  return exitCode;
}

const judgedWords = ({ judgedAt }: Completeness): string =>
  `the baselines were judged incomplete on ${judgedAt.slice(0, 10)}`;

async function problemOf(file: ProvablePart, folder: string, signal: AbortSignal): Promise<AuxflowError | undefined> {
  const { name, path: place, bytes, md5 } = file;
  if (place === undefined || bytes === undefined || md5 === undefined) return { code: 'FILE_MISSING', name };
  try {
    const found = await compareFile(path.join(folder, place), { contentLength: bytes, md5 }, signal);
    if (found === 'right') return undefined;
    return found === 'absent' ? { code: 'FILE_MISSING', name } : { code: 'FILE_CHANGED', name };
  } catch (error) {
    throwIfInterrupted(signal);
    return error instanceof Failure ? error.detail : unreadable(place, 'file', error).detail;
  }
}

interface Place {
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function problemsInside(
  lock: LockedFiles,
  file: CampaignFile,
  { folder, signal }: Place,
): Promise<AuxflowError[]> {
  const errors: AuxflowError[] = [];
  for (const part of unpackedParts(file)) {
    throwIfInterrupted(signal);
    const error = await problemOf(part, folder, signal);
    if (error) errors.push(error);
  }
  return [...errors, ...notUnpacked(lock, file)];
}

type LockedPart = Pick<LockedAnswer, 'path' | 'sha256'>;

async function problemOfPart(part: LockedPart, folder: string): Promise<AuxflowError[]> {
  const { path: place } = part;
  if (place === undefined) return [];
  const found = await findAnswer(path.join(folder, place), part);
  if (found === 'right') return [];
  return [{ code: found === 'absent' ? 'FILE_MISSING' : 'FILE_CHANGED', name: place }];
}
