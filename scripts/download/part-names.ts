/**
 * Names of parts. While one is written to it is `<name>~<digits>.part`, other digits each time: no process that still writes to a part of
 * its own can write to this one's, nor can another transfer of this run, where names that differ in case only are one to the file
 * system. Who ends in order leaves it as `<name>.part`. A name from outside has no `~`, so that none is taken for another's part.
 */
import { randomInt } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, lstat, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { sizeOfFile } from '../lib/plain-file';

/** What the name of a file ends with until its bytes are proven. */
const PART_SUFFIX = '.part';

/** Of a part: the name that its file gets in the end. */
export const PART = /^(.+?)(?:~\d+)?\.part$/;

/** Of a part that nobody writes to. */
export const plainPart = (finalPath: string): string => finalPath + PART_SUFFIX;

export interface PartNames {
  /** Where a file is written that gets the name `finalPath` in the end: another place each time. */
  own(finalPath: string): string;
  /** Paths of what runs before this one left of it. */
  left(finalPath: string): Promise<readonly string[]>;
}

/** Digits that no other part has. */
export const ownDigits = (): number => randomInt(2 ** 47);

/** For one run. Each folder is read once: there may be tens of thousands of files. */
export function createPartNames(): PartNames {
  const folders = new Map<string, Promise<ReadonlyMap<string, readonly string[]>>>();
  return {
    own: (finalPath) => `${finalPath}~${ownDigits()}${PART_SUFFIX}`,
    async left(finalPath) {
      const { dir, base } = path.parse(finalPath);
      const parts = folders.get(dir) ?? partsIn(dir);
      folders.set(dir, parts);
      return (await parts).get(base) ?? [];
    },
  };
}

/** Bytes that runs before this one left of a file: those of the largest of its parts. */
export async function leftBytes(finalPath: string, names: PartNames): Promise<number> {
  const sizes = await Promise.all((await names.left(finalPath)).map(sizeOfFile));
  return Math.max(0, ...sizes.map((size = 0) => size));
}

/** Takes away what is left of a file that is here. A link, folder or pipe is nobody's part, and stays. */
export async function removeLeft(finalPath: string, names: PartNames): Promise<void> {
  for (const part of await names.left(finalPath))
    if ((await sizeOfFile(part)) !== undefined) await rm(part, { force: true });
}

/**
 * Gives what an earlier run left, whose process is gone, the name `own`; of several parts the largest. One that has another name as
 * well (a hard link) is copied, so that the other is never written through.
 * @returns a part's path that is no regular file, and in the way
 * @throws file system errors as they come
 */
export async function takeOverLeft(parts: readonly string[], own: string): Promise<string | undefined> {
  const found: { part: string; size: number; isLinked: boolean }[] = [];
  for (const part of parts) {
    const stats = await lstat(part).catch(() => undefined);
    if (!stats) continue;
    if (!stats.isFile()) return part;
    found.push({ part, size: stats.size, isLinked: stats.nlink > 1 });
  }
  const [largest, ...others] = found.sort((a, b) => b.size - a.size);
  if (largest?.isLinked) await detachPart(largest.part, own);
  else if (largest) await rename(largest.part, own);
  for (const { part } of others) await rm(part, { force: true });
  return undefined;
}

/** For a folder whose last owner may live after all: each part becomes a copy, which nobody else can have open. */
export async function detachParts(folder: string): Promise<void> {
  const names = createPartNames();
  for (const name of await readdir(folder, { recursive: true })) {
    const [, finalName] = PART.exec(name) ?? [];
    const part = path.join(folder, name);
    if (finalName === undefined || (await sizeOfFile(part)) === undefined) continue;
    await detachPart(part, names.own(path.join(folder, finalName)));
  }
}

/** Where there is no room for a copy, the file begins again. */
export async function detachPart(part: string, copy: string): Promise<void> {
  const copied = copyFile(part, copy, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await copied.catch(() => rm(copy, { force: true }));
  await rm(part, { force: true });
}

async function partsIn(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const parts = new Map<string, string[]>();
  for (const name of await readdir(folder).catch(() => [])) {
    const [, finalName] = PART.exec(name) ?? [];
    if (finalName !== undefined) parts.set(finalName, [...(parts.get(finalName) ?? []), path.join(folder, name)]);
  }
  return parts;
}
