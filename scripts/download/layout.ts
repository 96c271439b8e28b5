/** Where a file stands below the folder of its campaign. Folders are made of checked names only. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { missionOfAdf, parseAdfName, UNKNOWN_TYPE } from '../sentinel/adf-name';
import { isSafeFileName } from '../sentinel/safe-name';
import { codeOf, targetFailure } from '../errors/target-failure';

/** `flat`: beside each other; `type`: `<ADF type>/`; `mission-type`: `<mission>/<ADF type>/`. */
export const LAYOUTS = ['flat', 'type', 'mission-type'] as const;

export type Layout = (typeof LAYOUTS)[number];

/** Folder of the files whose names say neither mission nor type. */
const UNKNOWN_MISSION = 'other';

/**
 * The place of a file named by the catalogue, relative and with slashes. The name is checked from end to end: it has no separator, no
 * control character, and is far from the 255 bytes a file system takes (reprocessing.md#adf-names).
 * @throws Failure NAME_UNSAFE
 */
export function placeOf(name: string, layout: Layout = 'flat'): string {
  if (!isSafeFileName(name)) throw new Failure({ code: 'NAME_UNSAFE', name });
  if (layout === 'flat') return name;
  const adf = parseAdfName(name);
  const mission = adf ? missionOfAdf(adf) : UNKNOWN_MISSION;
  return [...(layout === 'type' ? [] : [mission]), typeFolder(adf?.type), name].join('/');
}

/** A type that is called like something that auxflow writes into the folder (`MD5SUMS`) is no name for a folder beside it. */
function typeFolder(type = UNKNOWN_TYPE): string {
  return isSafeFileName(type) ? type : UNKNOWN_TYPE;
}

/**
 * Makes the folders between the target and a file's place. The target itself is never made again: a disk that was taken away
 * must not be replaced by a folder of the same name.
 * @throws Failure TARGET_UNWRITABLE, DISK_FULL
 */
export async function makeFoldersOf(place: string, target: string): Promise<void> {
  let folder = target;
  for (const name of place.split('/').slice(0, -1)) {
    folder = path.join(folder, name);
    try {
      await mkdir(folder);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw targetFailure(error, target);
    }
  }
}
