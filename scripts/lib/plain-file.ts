import { constants } from 'node:fs';
import { lstat, open, stat, type FileHandle } from 'node:fs/promises';
import { writeWhole } from './write-file-atomic';

/** Neither waits for the writer of a pipe nor, on its last name, follows a link. Both flags are missing on Windows, and then 0. */
export const NO_SURPRISES = constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** Bytes of a regular file; undefined where there is none of that name, or a link, folder, pipe or device. */
export async function sizeOfFile(file: string): Promise<number | undefined> {
  const found = await lstat(file).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

/**
 * Opens a regular file for reading.
 * @param follow whether a link to one will do
 * @throws file system errors as they come; for what is not a regular file one whose `code` says so
 */
export async function openFile(file: string, { follow = false } = {}): Promise<FileHandle> {
  // Looked at first, because to open a device may do something; and again, because it may have been exchanged since.
  const found = await (follow ? stat(file) : lstat(file));
  if (!found.isFile()) throw notAFile(file);
  const handle = await open(file, constants.O_RDONLY | (follow ? constants.O_NONBLOCK : NO_SURPRISES));
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notAFile(file);
}

/** The content of a regular file. @throws as `openFile` */
export async function readPlainFile(file: string, options?: { follow?: boolean }): Promise<Buffer> {
  const handle = await openFile(file, options);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** The first bytes of a regular file as text; undefined where there is none. @throws file system errors as they come */
export async function beginningOf(file: string, bytes: number): Promise<string | undefined> {
  if ((await sizeOfFile(file)) === undefined) return undefined;
  const handle = await openFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * Adds text to a regular file, which is made where there is none. Where the file has other names, it is replaced by a copy first: what
 * they lead to is not written. What was written of the text where the disk is full is taken back.
 * @throws as `openFile`
 */
export async function appendPlainFile(file: string, text: string): Promise<void> {
  const handle = await openToAppend(file);
  try {
    const { size } = await handle.stat();
    // Not `write`, which may write less than it is given.
    await handle.writeFile(text).catch(async (error: unknown) => {
      await handle.truncate(size).catch(() => undefined);
      throw error;
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | NO_SURPRISES;

async function openToAppend(file: string): Promise<FileHandle> {
  const found = await lstat(file).catch(() => undefined);
  if (found && !found.isFile()) throw notAFile(file);
  if (found && found.nlink > 1) await writeWhole(file, [await readPlainFile(file)]);
  const handle = await open(file, APPEND);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw notAFile(file);
}

function notAFile(file: string): Error {
  return Object.assign(new Error(`${file} is not a regular file`), { code: 'it is not a regular file' });
}
