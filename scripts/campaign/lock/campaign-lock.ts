/** `auxflow.lock.json`: all that is needed to fetch the same files again and to prove, years later, that they are the same. */
import { createHash } from 'node:crypto';
import type { CampaignFile } from '../campaign-file';
import type { Completeness } from '../completeness/judgement';
import type { Layout } from '../../download/layout';
import { Failure } from '../../errors/errors';
import { unreadable } from '../../errors/read-input';
import { codeOf } from '../../errors/target-failure';
import { isLockContent } from './campaign-lock-shape';
import { contentByLines } from './lock-content';
import { readPlainFile } from '../../lib/plain-file';
import { readJson, TOO_DEEP } from '../../lib/read-json';
import { jsonText } from '../../lib/stream-json';

export const LOCK_NAME = 'auxflow.lock.json';

export interface LockedRequest {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  readonly level0Names?: readonly string[];
  readonly start?: string;
  readonly stop?: string;
}

export interface LockedAnswer {
  /** Relative to the lock. Absent where the body is not beside it, because the lock that was fetched had none either. */
  readonly path?: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `matrix.json` beside the lock: every cell of what was judged. */
export interface LockedMatrix {
  readonly path: 'matrix.json';
  readonly sha256: string;
}

export interface CampaignLock {
  readonly lockVersion: 1;
  readonly campaign: string;
  readonly auxflow: string;
  /** UTC */
  readonly updatedAt: string;
  readonly site: { readonly environment: string; readonly siteUrl: string; readonly auxipRoot: string };
  /** From a sandbox: the files have the names of real ones, their bytes are no auxiliary data. */
  readonly contents?: 'made-up';
  readonly request: LockedRequest;
  /** Of the files' paths. Absent: flat. */
  readonly layout?: Layout;
  /** Archives are unpacked as well: files with `unpacked`. */
  readonly unpack?: true;
  /** Whether every part of the request was answered; otherwise files may be missing from the list. */
  readonly complete: boolean;
  readonly answers: readonly LockedAnswer[];
  /** Whether the baselines name all that they should, as it was judged. Absent where there was nothing to judge. */
  readonly completeness?: Completeness;
  readonly matrix?: LockedMatrix;
  /** `files` are places in the list of files. */
  readonly level0: readonly { readonly name: string; readonly known: boolean; readonly files: readonly number[] }[];
  readonly files: readonly CampaignFile[];
}

/** The text of a lock: one line per answer, Level-0 product and file. */
export function lockText(lock: CampaignLock): Iterable<string> {
  return jsonText({ ...lock, sha256: digestOf(lock) });
}

/** Over the content without white space, so that an editor that only lays it out again does no harm. */
function digestOf(content: object): string {
  const hash = createHash('sha256');
  for (const [key, value] of Object.entries(content) as [string, unknown][]) {
    hash.update(JSON.stringify(key));
    if (Array.isArray(value)) for (const row of value) hash.update(JSON.stringify(row));
    else hash.update(JSON.stringify(value));
  }
  return hash.digest('hex');
}

/**
 * One that is laid out as ours is read by lines, so that signals are obeyed while a long one is read.
 * @returns undefined if there is none
 * @throws Failure LOCK_BROKEN for one that is no lock or was changed by hand; FILE_UNREADABLE
 */
export async function readLock(file: string): Promise<CampaignLock | undefined> {
  let text: string;
  try {
    const content = await contentByLines(file);
    if (content && isLockContent(content)) return content;
    text = (await readPlainFile(file, { follow: true })).toString();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unreadable(file, 'lock', error);
  }
  return parseLock(text, file);
}

/** @throws Failure LOCK_BROKEN */
export function parseLock(text: string, file: string): CampaignLock {
  const broken = (reason: string): Failure => new Failure({ code: 'LOCK_BROKEN', path: file, reason });
  const read = readJson(text);
  if ('problem' in read) throw broken(read.problem === 'not-json' ? 'it is not JSON' : TOO_DEEP);
  const { value } = read;
  if (typeof value !== 'object' || value === null) throw broken('it is not a lock');
  const { sha256, ...content } = value as Record<string, unknown>;
  if (sha256 !== digestOf(content)) throw broken('its content is not what its sha256 says');
  if (!isLockContent(content)) throw broken('it is of another version, or no lock');
  return content;
}
