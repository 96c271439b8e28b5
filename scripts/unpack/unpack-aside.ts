/** An archive unpacked where nobody sees it, until all of it is proven. */
import { readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { randomInt } from 'node:crypto';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { makePath } from '../lib/ensure-folder';
import { isSafeFileName } from '../sentinel/safe-name';
import { archiveKind, unpackedPlace, type UnpackedFile, type UnpackLimits } from './archive';
import { unpackArchive } from './unpack-archive';

/** Below the folder of a campaign, while an archive is unpacked. */
export const UNPACKING = '.auxflow-unpacking';

export interface UnpackAsideOptions {
  /** Path of the archive. */
  readonly archive: string;
  /** Its place in the campaign: relative, with slashes. */
  readonly place: string;
  /** Below which it is unpacked: on the file system where it goes. */
  readonly folder: string;
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal;
}

/** What was unpacked and has no final name yet. */
export interface Unpacking {
  /** Paths relative to the folder of the campaign, as they will be. */
  readonly files: readonly UnpackedFile[];
  /** Where a file is now. */
  readonly pathOf: (file: UnpackedFile) => string;
  /** The single file or folder that gets the final name. */
  readonly root: string;
  readonly remove: () => Promise<void>;
}

/**
 * Unpacks an archive to a folder that nobody sees. Where all of it has one name, its own without the ending, that is what is staged
 * (`X.SEN3.zip` holds `X.SEN3/`, `X.EOF.zip` the file `X.EOF`); otherwise a folder of that name is made for it.
 * @throws Failure ARCHIVE_REFUSED, NAME_UNSAFE, TARGET_UNWRITABLE, DISK_FULL, INTERRUPTED
 */
export async function unpackAside({ archive, place, folder, limits, signal }: UnpackAsideOptions): Promise<Unpacking> {
  const kind = archiveKind(place);
  const final = unpackedPlace(place);
  const name = path.posix.basename(final);
  if (!kind || !isSafeFileName(name)) throw new Failure({ code: 'NAME_UNSAFE', name, what: 'an unpacked archive' });
  const all = path.join(folder, UNPACKING);
  const own = path.join(all, `${name}~${randomInt(2 ** 47)}`);
  const inner = path.join(own, name);
  const remove = async (): Promise<void> => {
    await rm(own, { recursive: true, force: true });
    await rmdir(all).catch(() => undefined);
  };
  try {
    await removeLeft(all, name);
    await inTarget(folder, () => makePath(inner));
    const files = await unpackArchive({ archive, kind, folder: inner, limits, signal });
    const isWrapped = (await readdir(inner)).every((entry) => entry === name) && files.length > 0;
    const root = isWrapped ? path.join(inner, name) : inner;
    const withRoot = (file: string): string => (isWrapped ? file : `${name}/${file}`);
    const base = path.posix.dirname(final) === '.' ? '' : `${path.posix.dirname(final)}/`;
    return {
      files: files.map((file) => ({ ...file, path: `${base}${withRoot(file.path)}` })),
      pathOf: (file) => path.join(isWrapped ? inner : own, file.path.slice(base.length)),
      root,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Of a process that was killed while it unpacked this archive. */
async function removeLeft(all: string, name: string): Promise<void> {
  const left = await readdir(all).catch(() => []);
  for (const entry of left)
    if (entry.startsWith(`${name}~`)) await rm(path.join(all, entry), { recursive: true, force: true });
}
