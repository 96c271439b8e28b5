import path from 'node:path';
import { placeOf, type Layout } from './layout';

/** What the name of a file ends with until its bytes are proven. */
export const PART_SUFFIX = '.part';

/** The path of a file named by the catalogue. @throws Failure NAME_UNSAFE, as `placeOf` */
export function pathInTarget(target: string, name: string, layout?: Layout): string {
  return path.join(target, placeOf(name, layout));
}
