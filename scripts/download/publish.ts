import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { createConcurrencyLimit } from './concurrency-limit';
import { codeOf } from '../errors/target-failure';

/** File systems without hard links (FAT, some network shares) say so in different ways. */
export const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Moves `partPath` to `finalPath` in one step that fails when something of that name is there: rename(2) would replace it.
 * @throws Failure FILE_IN_THE_WAY; file system errors as they come
 */
export async function publish(partPath: string, finalPath: string): Promise<void> {
  try {
    await link(partPath, finalPath);
    await unlink(partPath);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw inTheWay(finalPath);
    if (!NO_HARD_LINKS.has(codeOf(error))) throw error;
    await renameIfFree(partPath, finalPath);
  }
  await syncFolder(path.dirname(finalPath));
}

/** One after another: two names may be one to the file system, and the second must see what the first has done. */
const turnToRename = createConcurrencyLimit(1);

async function renameIfFree(partPath: string, finalPath: string): Promise<void> {
  const turn = turnToRename();
  await turn.begin();
  try {
    if (await isThere(finalPath)) throw inTheWay(finalPath);
    await rename(partPath, finalPath);
  } finally {
    turn.end();
  }
}

/** The failure for a file of the same name with other content: it is left as it is. */
export function inTheWay(finalPath: string): Failure {
  return new Failure({ code: 'FILE_IN_THE_WAY', path: finalPath });
}

/** Whether anything has the name, a link that leads nowhere as well. @throws file system errors as they come */
export async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Without it the new name may be lost with the power. Some systems cannot sync a folder; the file itself is safe by then. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EINVAL', 'EPERM', 'EACCES', 'ENOTSUP'].includes(codeOf(error))) throw error;
  }
}
