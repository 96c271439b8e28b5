/** An archive unpacked next to itself: all of it appears in one step, or nothing. */
import { lstat, readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, inTarget } from '../errors/target-failure';
import { unpackedPlace, type UnpackedFile, type UnpackLimits } from '../unpack/archive';
import { unpackAside } from '../unpack/unpack-aside';
import { compareFile } from './existing-file';
import { inTheWay, isThere, publish, syncFolder } from './publish';

export interface StageOptions {
  /** Folder of the campaign. */
  readonly folder: string;
  /** Of the archive, relative to it, with slashes. */
  readonly place: string;
  /** What an earlier run unpacked: where that is still there, nothing is unpacked. */
  readonly known?: readonly UnpackedFile[];
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal;
}

/**
 * Unpacks the archive at `place`, and returns what it holds. Where the same is staged already nothing changes.
 * @throws Failure of `unpackAside`; FILE_IN_THE_WAY if something else has the name
 */
export async function stageArchive(options: StageOptions): Promise<readonly UnpackedFile[]> {
  const { folder, place, known, limits, signal } = options;
  const final = path.join(folder, unpackedPlace(place));
  return inTarget(folder, async () => {
    if (known && (await isSameTree(final, { folder, files: known, signal }))) return known;
    const unpacking = await unpackAside({ archive: path.join(folder, place), place, folder, limits, signal });
    try {
      const { files } = unpacking;
      if (!(await publishTree(unpacking.root, final)) && !(await isSameTree(final, { folder, files, signal })))
        throw inTheWay(final);
      return files;
    } finally {
      await unpacking.remove();
    }
  });
}

/** Returns whether nothing had the name. */
async function publishTree(root: string, final: string): Promise<boolean> {
  if (await isThere(final)) return false;
  if ((await lstat(root)).isFile()) {
    await publish(root, final);
    return true;
  }
  try {
    await rename(root, final);
  } catch (error) {
    // Another worker was quicker.
    if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(codeOf(error))) throw error;
    return false;
  }
  await syncFolder(path.dirname(final));
  return true;
}

interface Tree {
  readonly folder: string;
  readonly files: readonly UnpackedFile[];
  readonly signal?: AbortSignal;
}

/** Whether a file or folder holds these files, and nothing else: a link is something else. */
async function isSameTree(final: string, { folder, files, signal }: Tree): Promise<boolean> {
  if (!(await isThere(final))) return false;
  const isFolder = (await lstat(final)).isDirectory();
  const entries = isFolder ? await readdir(final, { recursive: true, withFileTypes: true }) : [];
  const others = entries.filter((entry) => !entry.isDirectory());
  if (isFolder && (others.length !== files.length || !others.every((entry) => entry.isFile()))) return false;
  for (const { path: place, bytes: contentLength, md5 } of files)
    if ((await compareFile(path.join(folder, place), { contentLength, md5 }, signal)) !== 'right') return false;
  return true;
}
