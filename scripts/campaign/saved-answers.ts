import { createHash } from 'node:crypto';
import path from 'node:path';
import { problemsOf } from '../services/schema/validators';
import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';
import type { AuxflowError } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { writeWhole } from '../lib/write-file-atomic';
import { MAX_JSON_DEPTH, readJson } from '../lib/read-json';

/** An answer of getReprocessingDataBaseline as it came over the wire. */
export interface RawAnswer {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly mediaType: string;
  readonly body: Buffer;
}

export interface SavedAnswer {
  /** Path of the file that holds the body, byte for byte. */
  readonly path: string;
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
export type ReadAnswer = SavedAnswer & { readonly baseline?: BaselineAnswer };

/**
 * The tutorial's "Save it to a file", then the strict check outside Newman (Ajv 8, every problem). An answer that breaks the
 * schema is saved all the same: it is the evidence.
 */
export async function saveAnswer(raw: RawAnswer, folder: string, number: number): Promise<ReadAnswer> {
  const isJson = raw.mediaType === 'application/json';
  const file = path.join(folder, `baseline-${number}.${isJson ? 'json' : 'txt'}`);
  await inTarget(folder, () => writeWhole(file, [raw.body]));
  const sha256 = createHash('sha256').update(raw.body).digest('hex');
  return { path: file, url: raw.url, bytes: raw.body.length, sha256, ...readBaseline(raw) };
}

function readBaseline({
  method,
  url,
  status,
  mediaType,
  body,
}: RawAnswer): Pick<ReadAnswer, 'baseline' | 'level0' | 'errors'> {
  // Other statuses are explained by the step that got them.
  if (status !== 200) return { errors: [] };
  const read = readJson(body.toString());
  if (!('value' in read)) {
    const isDeep = read.problem === 'too-deep';
    const deep: AuxflowError = { code: 'ANSWER_OVER_LIMIT', method, url, maxDepth: MAX_JSON_DEPTH };
    return { errors: [isDeep ? deep : { code: 'ANSWER_NOT_JSON', method, url, status, mediaType, excerpt: '' }] };
  }
  const problems = problemsOf('rdb.baseline', read.value);
  if (problems.length > 0)
    return { errors: [{ code: 'ANSWER_BREAKS_SCHEMA', method, url, schema: 'rdb.baseline', problems }] };
  const baseline = read.value as BaselineAnswer;
  return { baseline, level0: baseline.value.length, errors: [] };
}
