import { randomInt } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { joined } from './streams/in-chunks';

/** A file and what goes into it. */
export interface Content {
  readonly file: string;
  /** Texts are written as UTF-8. */
  readonly pieces: Iterable<string> | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/**
 * Writes a file whose name never belongs to half of it, whatever happens: to another name, synced, then renamed. What had the name
 * before stays until then; a link or a pipe of that name is replaced, never written through.
 * @throws file system errors as they come; what `pieces` throws
 */
export async function writeWhole(file: string, pieces: Content['pieces']): Promise<void> {
  await writeTogether([{ file, pieces }]);
}

/**
 * The same for files that speak of each other: none is replaced before all are on the disk, so that a full disk leaves the old ones
 * together. They are replaced in the order given.
 */
export async function writeTogether(files: readonly Content[]): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const { file, pieces } of files) {
      const temporary = temporaryName(file);
      const handle = await open(temporary, 'wx');
      staged.push({ file, temporary, handle });
      await write(handle, pieces);
    }
    // At once, so that the disk takes them together: one after the other takes seconds where others write as well.
    await Promise.all(staged.map(({ handle }) => handle.sync()));
    await Promise.all(staged.map(({ handle }) => handle.close()));
    for (const { file, temporary } of staged) await rename(temporary, file);
  } catch (error) {
    for (const { temporary, handle } of staged) {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
    }
    throw error;
  }
}

interface Staged {
  readonly file: string;
  readonly temporary: string;
  readonly handle: FileHandle;
}

/** A name of its own for each writer, in whatever process and container: `<file>.<digits>.tmp`. */
export function temporaryName(file: string): string {
  return `${file}.${randomInt(2 ** 47)}.tmp`;
}

/** The end of every temporary name, to find what was left by a process that was killed. */
export const TEMPORARY = /\.\d+\.tmp$/;

/** What was left in a folder by a process that was stopped in the middle. @throws file system errors as they come */
export async function removeTemporaries(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => TEMPORARY.test(name));
  for (const name of names) await rm(path.join(folder, name), { force: true });
}

async function write(handle: FileHandle, pieces: Content['pieces']): Promise<void> {
  // Not `handle.write`, which may write less than it is given when the disk is nearly full.
  for await (const chunk of Symbol.asyncIterator in pieces ? pieces : joined(pieces)) await handle.writeFile(chunk);
}
