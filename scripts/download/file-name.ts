import path from 'node:path';
import { placeOf, type Layout } from './layout';

/** The path of a file named by the catalogue. @throws Failure NAME_UNSAFE, as `placeOf` */
export function pathInTarget(target: string, name: string, layout?: Layout): string {
  return path.join(target, placeOf(name, layout));
}
