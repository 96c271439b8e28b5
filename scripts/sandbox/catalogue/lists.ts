/** The lists of names in a folder: which they are, and their lines. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Failure } from '../../errors/errors';
import { codeOf } from '../../errors/target-failure';
import { readPlainFile } from '../../lib/plain-file';

const unzip = promisify(gunzip);

export interface ListFiles {
  readonly level0s: readonly string[];
  readonly adfs: readonly string[];
  /** Whether the folder has a file of exactly this name. */
  has(name: string): boolean;
}

/**
 * Paths inside the folder: `level0*.txt[.gz]` and all lists of folders called `level0…`; `*aux-names*` and `*aux-ids*`.
 * @throws Failure FILE_UNREADABLE
 */
export async function findLists(directory: string): Promise<ListFiles> {
  const entries = await reading(directory, () => readdir(directory, { withFileTypes: true }));
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const folders = entries
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('level0'))
    .map(({ name }) => name);
  const inside = await Promise.all(
    folders.map(async (folder) => (await readdir(join(directory, folder))).map((name) => `${folder}/${name}`)),
  );
  return {
    level0s: [
      ...names.filter((name) => /^level0.*[.]txt([.]gz)?$/.test(name)),
      ...inside.flat().filter((name) => /[.]txt([.]gz)?$/.test(name)),
    ].sort(),
    adfs: names.filter((name) => /aux-(names|ids).*[.]txt([.]gz)?$/.test(name)).sort(),
    has: (name) => names.includes(name),
  };
}

/**
 * A file's text, unzipped where its name says so.
 * @throws Failure FILE_UNREADABLE, also for a broken archive
 */
export async function readText(path: string): Promise<string> {
  return reading(path, async () => {
    // Not what waits: a pipe would be waited for beyond Ctrl-C.
    const bytes = await readPlainFile(path, { follow: true });
    return (path.endsWith('.gz') ? await unzip(bytes) : bytes).toString('utf8');
  });
}

async function reading<Value>(path: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    const reason = codeOf(cause) || (cause instanceof Error ? cause.message : String(cause));
    throw new Failure({ code: 'FILE_UNREADABLE', path, what: 'catalogue', reason }, { cause });
  }
}
