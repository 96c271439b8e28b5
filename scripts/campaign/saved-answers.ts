import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import path from 'node:path';
import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';
import type { AuxflowError } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import type { Redactor } from '../lib/redact/redact';
import { writeWhole } from '../lib/write-file-atomic';
import { readBaseline, type RawAnswer } from './read-baseline';

export interface SavedAnswer {
  /** Path of the file that holds the body; absent where only a lock tells of it. */
  readonly path?: string;
  /** As it was asked for. */
  readonly url: string;
  readonly bytes: number;
  /** Of the body as it is saved: lower-case hex digits. */
  readonly sha256: string;
  /** Level-0 products in it; absent when the body is no baseline. `errors` says why, unless the status did. */
  readonly level0?: number;
  readonly errors: readonly AuxflowError[];
}

/** With the body as it was understood. */
export type ReadAnswer = SavedAnswer & {
  readonly path: string;
  readonly baseline?: BaselineAnswer;
  /** Whether the service repeated secrets in it, which are masked in the file. */
  readonly isMasked: boolean;
};

/**
 * The tutorial's "Save it to a file", byte for byte unless the service repeated a secret in it, then the strict check outside Newman
 * (Ajv 8, every problem). An answer that breaks the schema is saved all the same: it is the evidence.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE
 */
export async function saveAnswer(
  raw: RawAnswer,
  { folder, number, redactor }: { folder: string; number: number; redactor: Pick<Redactor, 'values'> },
): Promise<ReadAnswer> {
  const isJson = raw.mediaType === 'application/json';
  const file = path.join(folder, `baseline-${number}.${isJson ? 'json' : 'txt'}`);
  const body = withoutSecrets(raw.body, redactor);
  await inTarget(folder, () => writeWhole(file, [body]));
  const read = readBaseline(raw);
  const sha256 = createHash('sha256').update(body).digest('hex');
  const saved = { path: file, url: raw.url, bytes: body.length, sha256, isMasked: body !== raw.body };
  return { ...saved, level0: read.baseline?.value.length, ...read };
}

/** The body itself where it holds no secret. */
function withoutSecrets(body: Buffer, redactor: Pick<Redactor, 'values'>): Buffer {
  const encoding = isUtf8(body) ? 'utf8' : 'latin1';
  const text = body.toString(encoding);
  const safe = redactor.values(text);
  return safe === text ? body : Buffer.from(safe, encoding);
}
