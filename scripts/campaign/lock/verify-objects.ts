import { LOCK_NAME } from './campaign-lock';
import { emptyErrors, INCOMPLETE } from './find-lock';
import { readLockOf } from './lock-of-objects';
import { notUnpacked, toldByIds, unpackedParts, type ProvablePart } from './locked-parts';
import { toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { s3Text } from '../../target/s3-address';
import type { FoundObject, S3Target } from '../../target/s3-target';

/** Objects at once: each is a question of its own. */
const AT_ONCE = 16;

/**
 * Proves that objects are what the lock beside them says: by size and the MD5 that the store keeps with each, or with `deep` by
 * reading their bytes. Returns the exit code: 6 for an object that is another, 1 for one that is missing.
 * @throws Failure LOCK_MISSING, LOCK_BROKEN, BUCKET_UNUSABLE, STORE_UNREACHABLE, INTERRUPTED
 */
export async function verifyObjects(
  target: S3Target,
  { listener, signal }: CommandContext,
  { failOnEmpty = false, deep = false } = {},
): Promise<number> {
  const where = s3Text(target.address);
  const lock = await readLockOf(target);
  if (!lock.complete) listener({ type: 'note', text: INCOMPLETE });
  const problems: (AuxflowError | undefined)[] = [];
  const inside: (AuxflowError | undefined)[] = [];
  const toldBy = toldByIds(lock.files);
  const queue = lock.files.entries();
  const lane = async (): Promise<void> => {
    for (const [place, file] of queue) {
      throwIfInterrupted(signal);
      const since = performance.now();
      const look = deep ? target.read : target.find;
      const error = toldBy(file, await problemOf(file, look, signal));
      problems[place] = error;
      for (const part of unpackedParts(file)) inside.push(await problemOf(part, look, signal));
      inside.push(...notUnpacked(lock, file));
      const { name, bytes } = file;
      const seconds = (performance.now() - since) / 1000;
      listener({ type: 'file', name, status: error ? 'failed' : 'already-here', bytes, seconds, error });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  const wrong = problems.filter((problem) => problem !== undefined);
  const wrongInside = inside.filter((problem) => problem !== undefined);
  const errors = [...wrong, ...wrongInside, ...emptyErrors(lock, failOnEmpty), ...(lock.completeness?.errors ?? [])];
  for (const error of errors) listener({ type: 'finding', error });
  const how = deep ? 'read, with the right size and MD5' : 'with the right size and stored MD5';
  const sentence = `${lock.files.length - wrong.length} of ${plural(lock.files.length, 'object')} there, each ${how}.`;
  const exitCode = exitCodeOf(errors);
  listener({ type: 'run-finished', exitCode, sentence, places: [{ what: 'lock', where: `${where}/${LOCK_NAME}` }] });
  return exitCode;
}

type Look = (place: string, signal?: AbortSignal) => Promise<FoundObject | undefined>;

async function problemOf(file: ProvablePart, look: Look, signal: AbortSignal): Promise<AuxflowError | undefined> {
  const { name, path: place, bytes, md5 } = file;
  if (place === undefined) return { code: 'FILE_MISSING', name };
  try {
    const found = await look(place, signal);
    if (!found) return { code: 'FILE_MISSING', name };
    if (found.bytes === bytes && found.md5 === md5) return undefined;
    const isUnknown = found.bytes === bytes && found.md5 === undefined;
    return { code: 'FILE_CHANGED', name, ...(isUnknown ? { isUnknown } : {}) };
  } catch (error) {
    throwIfInterrupted(signal);
    return toError(error);
  }
}
