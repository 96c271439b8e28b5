import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * A folder with all above it, like mkdir's `recursive`, which in Node 20 never returns where the file system has no folder to
 * give (/proc).
 * @throws what the file system says: ENOENT there, EEXIST where a file has the name
 */
export async function makePath(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    const above = path.dirname(folder);
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || above === folder) throw error;
    await makePath(above);
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw error;
  }
}
