/** `matrix.json` beside a lock: every Level-0 product × ADF type as it was judged, so that a frozen run has its campaign.html too. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { jsonText } from '../../lib/stream-json';
import type { Content } from '../../lib/write-file-atomic';
import type { CompletenessMatrix } from '../../matrix/matrix';
import { pack, unpack, type PackedPicture } from '../../reports/campaign/campaign-picture';
import { readOutput } from '../../session/read-output';
import { findAnswer } from './answers-folder';
import type { LockedMatrix } from './campaign-lock';

export const MATRIX_NAME = 'matrix.json';

export interface KeptMatrix {
  readonly locked: LockedMatrix;
  readonly content: Content;
}

/** The form is that of campaign.json in a report, without what became of the files: the lock knows that. */
export const packedMatrix = (matrix: CompletenessMatrix): PackedPicture => pack({ matrix, facts: [] });

export function keptMatrix(picture: PackedPicture, folder: string): KeptMatrix {
  const hash = createHash('sha256');
  for (const piece of jsonText(picture)) hash.update(piece);
  const content = { file: path.join(folder, MATRIX_NAME), pieces: jsonText(picture) };
  return { locked: { path: MATRIX_NAME, sha256: hash.digest('hex') }, content };
}

/** One of an earlier run is not the one that the lock speaks of. */
export async function removeOtherMatrix(folder: string): Promise<void> {
  await rm(path.join(folder, MATRIX_NAME), { recursive: true, force: true });
}

/**
 * The matrix that a lock speaks of; undefined where it speaks of none, or another file or none is beside it.
 * @throws Failure FILE_MALFORMED for one that has the right digest and is no matrix
 */
export async function readKeptMatrix(
  locked: LockedMatrix | undefined,
  folder: string,
): Promise<CompletenessMatrix | undefined> {
  if (!locked) return undefined;
  const file = path.join(folder, locked.path);
  if ((await findAnswer(file, locked)) !== 'right') return undefined;
  return unpack(readOutput(file, 'campaign', 'matrix') as PackedPicture).matrix;
}
