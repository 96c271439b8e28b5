import { createHash } from 'node:crypto';
import path from 'node:path';
import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';
import type { AuxflowError } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { writeWhole } from '../lib/write-file-atomic';
import { readBaseline, type RawAnswer } from './read-baseline';

export interface SavedAnswer {
  /** Path of the file that holds the body, byte for byte; absent where only a lock tells of it. */
  readonly path?: string;
  /** As it was asked for. */
  readonly url: string;
  readonly bytes: number;
  /** Of the body: lower-case hex digits. */
  readonly sha256: string;
  /** Level-0 products in it; absent when the body is no baseline. `errors` says why, unless the status did. */
  readonly level0?: number;
  readonly errors: readonly AuxflowError[];
}

/** With the body as it was understood. */
export type ReadAnswer = SavedAnswer & { readonly path: string; readonly baseline?: BaselineAnswer };

/**
 * The tutorial's "Save it to a file", then the strict check outside Newman (Ajv 8, every problem). An answer that breaks the
 * schema is saved all the same: it is the evidence.
 */
export async function saveAnswer(raw: RawAnswer, folder: string, number: number): Promise<ReadAnswer> {
  const isJson = raw.mediaType === 'application/json';
  const file = path.join(folder, `baseline-${number}.${isJson ? 'json' : 'txt'}`);
  await inTarget(folder, () => writeWhole(file, [raw.body]));
  const read = readBaseline(raw);
  const sha256 = createHash('sha256').update(raw.body).digest('hex');
  return { path: file, url: raw.url, bytes: raw.body.length, sha256, level0: read.baseline?.value.length, ...read };
}
