import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../errors/target-failure';
import { detachPart, ownDigits, PART, type PartNames } from './part-names';

/** Holds the parts of a folder that several workers write to, so that looking for those of one file does not read the whole folder. */
export const SHARED_PARTS = '.auxflow-parts';

/**
 * For a worker that was given a file whose last worker may live after all (it was stopped, or cut off): what that one left is copied, so
 * that nothing it still writes reaches the copy.
 */
export function createSharedPartNames(): PartNames {
  const own = (finalPath: string): string => {
    const { dir, base } = path.parse(finalPath);
    return path.join(dir, SHARED_PARTS, `${base}~${ownDigits()}.part`);
  };
  return {
    own,
    async left(finalPath) {
      const { dir, base } = path.parse(finalPath);
      const folder = path.join(dir, SHARED_PARTS);
      await mkdir(folder).catch((error: unknown) => {
        if (codeOf(error) !== 'EEXIST') throw error;
      });
      const names = (await readdir(folder)).filter((name) => PART.exec(name)?.[1] === base);
      const copies: string[] = [];
      for (const name of names) {
        const copy = own(finalPath);
        await detachPart(path.join(folder, name), copy);
        copies.push(copy);
      }
      return copies;
    },
  };
}
