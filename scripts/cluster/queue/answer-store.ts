/** What Redis knows of baselines that workers ask for: the calls, their answers, and the files in them. */
import type { Redis } from 'ioredis';
import type { CampaignFile } from '../../campaign/campaign-file';
import type { PartialCompleteness } from '../../campaign/completeness/joint-deltas';
import { isFile } from '../../campaign/lock/campaign-lock-shape';
import type { LockedAnswer } from '../../campaign/lock/campaign-lock';
import type { LockedLevel0 } from '../../campaign/lock/needed-by';
import type { AuxflowError } from '../../errors/errors';
import { DamagedEntry, keptJson } from '../redis/kept-json';
import { campaignKeys } from '../redis/keys';
import { findingCounts, findingField } from './finding-counts';

/** What became of one call. */
export interface CallAnswer {
  /** Absent where there was no baseline. */
  readonly answer?: LockedAnswer;
  /** `files` are places in the list of files: names would be seven times as long. */
  readonly level0: readonly LockedLevel0[];
  /** Ids of the distinct files, in the order of the answer. */
  readonly files: readonly string[];
  /** Whether its baselines name all that they should; absent where there is none. Codes of its errors are in `problems`, too. */
  readonly completeness?: PartialCompleteness;
  /** Codes of what is wrong with it. */
  readonly problems: readonly AuxflowError['code'][];
}

/** Place of the first file in ARGV of `RECORD`, which counts from 1. */
const FIRST_ROW = 5;

/**
 * KEYS: answers, found, facts, findings. ARGV: call, answer as JSON, whether it is without a problem, place of the first finding, then id,
 * bytes and row of each file, then field and count of each finding. What was recorded stays, so a job that is done twice counts once.
 */
const RECORD = `
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
local last = tonumber(ARGV[4]) - 1
for i = ${FIRST_ROW}, last, 3 do
  if redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 2]) == 1 then
    redis.call('HINCRBY', KEYS[3], 'files', 1)
    redis.call('HINCRBY', KEYS[3], 'bytes', ARGV[i + 1])
  end
end
for i = last + 1, #ARGV, 2 do redis.call('HINCRBY', KEYS[4], ARGV[i], ARGV[i + 1]) end
redis.call('HINCRBY', KEYS[3], ARGV[3] == '1' and 'answered' or 'unanswered', 1)
redis.call('HINCRBY', KEYS[3], 'plan', 1)
return 1
`;

/** Returns whether that was news. */
export async function recordAnswer(
  redis: Redis,
  campaign: string,
  call: number,
  { answer, files }: { readonly answer: CallAnswer; readonly files: readonly CampaignFile[] },
): Promise<boolean> {
  const { answers, found, facts, findings } = campaignKeys(campaign);
  const rows = files.flatMap((file) => [file.id, file.bytes ?? 0, JSON.stringify(file)]);
  const isGood = answer.problems.length === 0 ? 1 : 0;
  const counted = findingCounts(answer.completeness?.errors ?? []).flatMap((finding) => [
    findingField(finding),
    finding.level0,
  ]);
  const words = [call, JSON.stringify(answer), isGood, FIRST_ROW + rows.length, ...rows, ...counted];
  return (await redis.eval(RECORD, 4, answers, found, facts, findings, ...words)) === 1;
}

/** Those of the files that some answer has named before, by id. */
export async function knownFiles(
  redis: Redis,
  campaign: string,
  ids: readonly string[],
): Promise<Map<string, CampaignFile>> {
  if (ids.length === 0) return new Map();
  const rows = await redis.hmget(campaignKeys(campaign).found, ...ids);
  const known = ids.flatMap((id, place): [string, CampaignFile][] => {
    const row = rows[place] ?? undefined;
    return row === undefined ? [] : [[id, keptFile(row, campaign, id)]];
  });
  return new Map(known);
}

/** Calls of which the texts are in memory at once. */
const CALLS = 200;

/** What calls were answered with, in their order, a page at a time; undefined for one that is not answered yet. */
export async function* answersOf(redis: Redis, campaign: string): AsyncGenerator<CallAnswer | undefined> {
  const { asked, answers } = campaignKeys(campaign);
  const count = await redis.llen(asked);
  for (let first = 0; first < count; first += CALLS) {
    const calls = Array.from({ length: Math.min(CALLS, count - first) }, (_, index) => String(first + index));
    for (const text of await redis.hmget(answers, ...calls))
      yield text === null ? undefined : keptAnswer(text, campaign);
  }
}

/** @param id that it must have @throws DamagedEntry */
export function keptFile(text: string, campaign: string, id?: string): CampaignFile {
  const what = `a file of campaign ${campaign}`;
  const file = keptJson('file', text, what);
  if (!isFile({ ...file }) || file.id !== (id ?? file.id)) throw new DamagedEntry(what);
  return file;
}

/** @throws DamagedEntry */
export function keptAnswer(text: string, campaign: string): CallAnswer {
  const what = `an answer of campaign ${campaign}`;
  const answer = keptJson('answer', text, what);
  requirePlaces(answer.level0, answer.files.length, what);
  return answer;
}

/** @param files how many there are @throws DamagedEntry */
export function requirePlaces(rows: readonly Pick<LockedLevel0, 'files'>[], files: number, what: string): void {
  if (!rows.every((row) => row.files.every((place) => Number.isInteger(place) && place >= 0 && place < files)))
    throw new DamagedEntry(what);
}
