/** `answers/` beside a lock: the baseline answers that it speaks of, byte for byte. */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../errors/errors';
import { unreadable } from '../../errors/read-input';
import { codeOf } from '../../errors/target-failure';
import { openFile, readPlainFile } from '../../lib/plain-file';
import { TEMPORARY, type Content } from '../../lib/write-file-atomic';
import type { SavedAnswer } from '../saved-answers';
import type { LockedAnswer } from './campaign-lock';

const FOLDER = 'answers';

/** Relative to the lock, with a slash. */
const placeOf = (index: number): string => `${FOLDER}/baseline-${index + 1}.json`;

/** Half of one, too. */
const isAnswer = (name: string): boolean => /^baseline-\d+\.json$/.test(name.replace(TEMPORARY, ''));

/**
 * The answers as a lock names them. One whose body is not at hand has no path, unless it was the folder's own: then its absence is to
 * be noticed.
 * @param own what the folder's lock has said so far
 */
export function lockedAnswers(answers: readonly SavedAnswer[], own: readonly LockedAnswer[] = []): LockedAnswer[] {
  const owned = new Set(own.map(({ path: place = '', sha256 }) => `${place} ${sha256}`));
  return answers.map(({ path: source, url, bytes, sha256 }, index) => {
    const place = placeOf(index);
    const isHere = source !== undefined || owned.has(`${place} ${sha256}`);
    return { ...(isHere ? { path: place } : {}), url, bytes, sha256 };
  });
}

/** What is copied to `folder`; nothing where a lock is fetched again in its own folder. */
export function answersToCopy(answers: readonly SavedAnswer[], folder: string): Content[] {
  return answers.flatMap(({ path: source }, index) => {
    const file = path.join(folder, placeOf(index));
    if (source === undefined || path.resolve(source) === path.resolve(file)) return [];
    return { file, pieces: bytesOf(source) };
  });
}

/** @throws Failure FILE_IN_THE_WAY */
export async function makeAnswersFolder(folder: string): Promise<void> {
  const place = path.join(folder, FOLDER);
  const found = await lstat(place).catch(() => undefined);
  if (found && !found.isDirectory()) throw new Failure({ code: 'FILE_IN_THE_WAY', path: place });
  if (!found) await mkdir(place);
}

/** In a folder without a lock. @throws Failure FILE_IN_THE_WAY */
export async function refuseForeignAnswers(folder: string): Promise<void> {
  const place = path.join(folder, FOLDER);
  const names = await readdir(place).catch((error: unknown) => (codeOf(error) === 'ENOENT' ? [] : ['']));
  const foreign = names.find((name) => !isAnswer(name));
  if (foreign !== undefined) throw new Failure({ code: 'FILE_IN_THE_WAY', path: path.join(place, foreign) });
}

/** Those of an earlier run are not the ones the lock speaks of. What else is in the folder stays. */
export async function removeOtherAnswers(answers: readonly LockedAnswer[], folder: string): Promise<void> {
  const kept = new Set(answers.map(({ path: place = '' }) => path.basename(place)));
  for (const name of await readdir(path.join(folder, FOLDER)))
    if (isAnswer(name) && !kept.has(name)) await rm(path.join(folder, FOLDER, name), { recursive: true, force: true });
}

/** Whether a file holds what a lock says of an answer or of the matrix. */
export async function findAnswer(
  file: string,
  { sha256 }: Pick<LockedAnswer, 'sha256'>,
): Promise<'absent' | 'right' | 'other'> {
  const body = await readPlainFile(file).catch((error: unknown) => codeOf(error));
  if (typeof body === 'string') return body === 'ENOENT' ? 'absent' : 'other';
  return createHash('sha256').update(body).digest('hex') === sha256 ? 'right' : 'other';
}

async function* bytesOf(file: string): AsyncIterable<Uint8Array> {
  try {
    const handle = await openFile(file);
    try {
      yield* handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, 'answer', error);
  }
}
