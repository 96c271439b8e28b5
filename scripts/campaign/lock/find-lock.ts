import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure, type AuxflowError } from '../../errors/errors';
import { parseAdfName } from '../../sentinel/adf-name';
import { LOCK_NAME, readLock, type CampaignLock } from './campaign-lock';

export const INCOMPLETE =
  'a part of the request was never answered when this lock was written: files may be missing from it';

/** The lock of a folder, or the one that is named. @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN */
export async function lockAt(place: string): Promise<{ lock: CampaignLock; file: string }> {
  const file = await lockFileAt(place);
  const lock = await readLock(file);
  if (lock) return { lock, file };
  throw new Failure({ code: 'FILE_UNREADABLE', path: file, what: 'lock', reason: 'ENOENT' });
}

/** Where the lock of a folder is, or the one that is named; not read yet. @throws Failure LOCK_MISSING: a folder that has none */
export async function lockFileAt(place: string): Promise<string> {
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const file = path.resolve(isFolder ? path.join(place, LOCK_NAME) : place);
  if (isFolder && !(await isThere(file)))
    throw new Failure({ code: 'LOCK_MISSING', path: place, files: await countAdfs(place) });
  return file;
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

async function countAdfs(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => parseAdfName(name) !== undefined).length;
}

/** A campaign without files proves nothing, whatever else is right. */
export function emptyErrors(
  { files, request }: Pick<CampaignLock, 'files' | 'request'>,
  failOnEmpty: boolean,
): AuxflowError[] {
  if (files.length > 0) return [];
  const { mission, unit, productType } = request;
  if (failOnEmpty) return [{ code: 'BASELINE_EMPTY', request: `${mission} ${unit} ${productType}` }];
  return [{ code: 'NOTHING_TESTED', reason: 'the lock names no file' }];
}
