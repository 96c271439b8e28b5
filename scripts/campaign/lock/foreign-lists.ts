/** What has the name of a campaign's list and no lock beside it: somebody else's, which nothing is put over. */
import path from 'node:path';
import { Failure } from '../../errors/errors';
import { inTarget } from '../../errors/target-failure';
import { beginningOf } from '../../lib/plain-file';
import { s3Text } from '../../target/s3-address';
import type { S3Target } from '../../target/s3-target';
import { csvHead, LIST_NAMES } from './file-lists';
import { MATRIX_NAME } from './kept-matrix';

/** A folder or a prefix of a store, as far as lists are looked at. */
export interface Beginnings {
  /** For messages. */
  readonly address: string;
  /** The first bytes of what has the name of a list; undefined where nothing has, or what cannot be replaced anyway, as a folder. */
  beginning(name: string): Promise<string | undefined>;
}

const BEGINNING_BYTES = 4096;

export const folderBeginnings = (folder: string): Beginnings => ({
  address: folder,
  beginning: (name) => inTarget(folder, () => beginningOf(path.join(folder, name), BEGINNING_BYTES)),
});

export const objectBeginnings = (target: S3Target): Beginnings => ({
  address: s3Text(target.address),
  beginning: (name) => target.beginning(name, BEGINNING_BYTES),
});

/** The columns that every version has written first. */
const CSV_MARK = csvHead().split(',').slice(0, 3).join(',');
const MATRIX_MARK = /^\{\s*"matrix"/;

/**
 * A campaign writes its lock before any list, so lists without one are foreign. Two cases are not: a lock that was moved away, as the
 * message about a damaged one advises, leaves `manifest.csv`; a process that was killed at the wrong moment leaves `matrix.json`.
 * @throws Failure FILE_IN_THE_WAY
 */
export async function refuseForeignLists(there: Beginnings): Promise<void> {
  if ((await there.beginning('manifest.csv'))?.startsWith(CSV_MARK)) return;
  for (const name of [...LIST_NAMES, MATRIX_NAME]) {
    const text = await there.beginning(name);
    if (text === undefined || (name === MATRIX_NAME && MATRIX_MARK.test(text))) continue;
    throw new Failure({ code: 'FILE_IN_THE_WAY', path: `${there.address}/${name}` });
  }
}
