import { constants } from 'node:fs';
import { copyFile, cp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isThere } from '../download/publish';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { makePath } from '../lib/ensure-folder';
import { ROOT } from '../lib/package-root';
import { CONFIG_NAME } from './settings/read-config';

/** What is copied out of the package: what people import into Postman. */
const FOLDERS = ['collections', 'environments'];

const CONFIG = { $schema: './config.schema.json', environment: 'sandbox', reports: 'reports' };

/** Passwords and what runs write stay out of a repository. */
const IGNORED = ['.env', 'reports/', 'downloads/', ''].join('\n');

/**
 * Writes collections, environments and settings into a folder, which is made if need be. Nothing that is there is overwritten.
 * @returns paths of what was written, relative to the folder
 * @throws Failure FOLDER_TAKEN: some of it is there already, and nothing was written; TARGET_UNWRITABLE, DISK_FULL
 */
export async function initFolder(folder: string): Promise<string[]> {
  const names = [...FOLDERS, CONFIG_NAME, 'config.schema.json', '.gitignore'];
  const present = await Promise.all(
    names.map((name) => inTarget(path.join(folder, name), () => isThere(path.join(folder, name)))),
  );
  const taken = names.filter((_, index) => present[index]);
  if (taken.length > 0) throw new Failure({ code: 'FOLDER_TAKEN', path: folder, names: taken });
  return inTarget(folder, async () => {
    await makePath(folder);
    for (const name of FOLDERS)
      await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true, force: false, errorOnExist: true });
    await copyFile(
      path.join(ROOT, 'schemas', 'config.schema.json'),
      path.join(folder, 'config.schema.json'),
      constants.COPYFILE_EXCL,
    );
    await writeFile(path.join(folder, CONFIG_NAME), `${JSON.stringify(CONFIG, null, 2)}\n`, { flag: 'wx' });
    await writeFile(path.join(folder, '.gitignore'), IGNORED, { flag: 'wx' });
    return written(folder, names);
  });
}

async function written(folder: string, names: readonly string[]): Promise<string[]> {
  const inFolders = await Promise.all(
    FOLDERS.map(async (name) => (await readdir(path.join(folder, name))).sort().map((file) => `${name}/${file}`)),
  );
  return [...inFolders.flat(), ...names.filter((name) => !FOLDERS.includes(name))];
}
