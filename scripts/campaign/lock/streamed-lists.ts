/** Lock and lists of a campaign from rows that come one after another: the same texts as of a lock in memory, for a million products. */
import { createHash, type Hash } from 'node:crypto';
import type { CampaignFile } from '../campaign-file';
import { MAX_ON_A_LINE } from '../../lib/stream-json';
import type { CampaignLock, LockedAnswer } from './campaign-lock';
import { csvHead, csvRow, manifestLine } from './file-lists';
import type { LockedLevel0, NeededBy } from './needed-by';

/** A lock without its long lists. */
export type LockHead = Omit<CampaignLock, 'answers' | 'files' | 'level0'>;

/** The content of a lock; each list can be read as often as it is needed. */
export interface LockRows {
  readonly head: LockHead;
  /** The last member of the request, where it is not in `head`. */
  readonly level0Names?: { readonly count: number; readonly each: () => AsyncIterable<string> };
  readonly answers: () => AsyncIterable<LockedAnswer>;
  readonly level0: () => AsyncIterable<LockedLevel0>;
  readonly files: () => AsyncIterable<CampaignFile>;
}

/** As `lockText` of campaign-lock.ts, whose digest comes last for this. */
export async function* streamedLockText(rows: LockRows): AsyncIterable<string> {
  const hash = createHash('sha256');
  let before = '{\n';
  for (const [key, value] of Object.entries(rows.head) as [string, unknown][]) {
    // As JSON.stringify does.
    if (value === undefined) continue;
    hash.update(JSON.stringify(key));
    yield `${before}${JSON.stringify(key)}: `;
    if (key === 'request' && rows.level0Names) yield* requestText(rows.head.request, rows.level0Names, hash);
    else yield hashed(JSON.stringify(value), hash);
    before = ',\n';
  }
  for (const key of ['answers', 'level0', 'files'] as const) {
    hash.update(JSON.stringify(key));
    yield `,\n${JSON.stringify(key)}: [\n`;
    let row = '';
    for await (const next of rows[key]()) {
      if (row !== '') yield `${row},\n`;
      row = hashed(JSON.stringify(next), hash);
    }
    yield row === '' ? ']' : `${row}\n]`;
  }
  yield `,\n"sha256": "${hash.digest('hex')}"\n}\n`;
}

async function* requestText(
  request: LockHead['request'],
  { count, each }: NonNullable<LockRows['level0Names']>,
  hash: Hash,
): AsyncIterable<string> {
  const lineEnd = count > MAX_ON_A_LINE ? '\n' : '';
  const head = JSON.stringify({ ...request, level0Names: [] });
  yield `${hashed(head.slice(0, -']}'.length), hash)}${lineEnd}`;
  let name = '';
  for await (const next of each()) {
    if (name !== '') yield `${hashed(`${name},`, hash)}${lineEnd}`;
    name = JSON.stringify(next);
  }
  yield `${hashed(name, hash)}${lineEnd}${hashed(']}', hash)}`;
}

function hashed(text: string, hash: Hash): string {
  hash.update(text);
  return text;
}

export async function* streamedManifest({ head, files }: LockRows, neededBy: NeededBy): AsyncIterable<string> {
  let place = 0;
  for await (const file of files()) yield manifestLine(file, head, neededBy.who(place++));
}

export async function* streamedCsv({ head, files }: LockRows, neededBy: NeededBy): AsyncIterable<string> {
  yield csvHead();
  let place = 0;
  for await (const file of files()) yield csvRow(file, head, neededBy.count(place++));
}
