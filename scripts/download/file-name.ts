import path from 'node:path';
import { Failure } from '../errors';
import { ADF_NAME_PATTERN } from '../sentinel/adf-name';

const ADF_NAME = new RegExp(ADF_NAME_PATTERN);

/** What the name of a file ends with until its bytes are proven. */
export const PART_SUFFIX = '.part';

/**
 * The path of a file named by the catalogue. A name is used only if it is that of an ADF from end to end: so it has no
 * separator, no `..`, no control character, and is far from the 255 bytes a file system takes (auxip.md §7, 27).
 * @throws Failure NAME_UNSAFE
 */
export function pathInTarget(target: string, name: string): string {
  if (!ADF_NAME.test(name)) throw new Failure({ code: 'NAME_UNSAFE', name });
  return path.join(target, name);
}
