/** What Redis knows of baselines that workers ask for: the calls, their answers, and the files in them. */
import type { Redis } from 'ioredis';
import type { CampaignFile } from '../../campaign/campaign-file';
import type { CampaignLock, LockedAnswer } from '../../campaign/lock/campaign-lock';
import type { AuxflowError } from '../../errors/errors';
import { inGroups } from '../../lib/in-groups';
import { campaignKeys } from '../redis/keys';
import { readPages } from '../redis/read-pages';
import type { LockHead } from './campaign-store';

/** What became of one call. */
export interface CallAnswer {
  /** Absent where there was no baseline. */
  readonly answer?: LockedAnswer;
  readonly level0: readonly { readonly name: string; readonly known: boolean; readonly files: readonly string[] }[];
  /** Ids of the distinct files, in the order of the answer. */
  readonly files: readonly string[];
  /** Codes of what is wrong with it. */
  readonly problems: readonly AuxflowError['code'][];
}

/**
 * KEYS: answers, found, facts. ARGV: call, answer as JSON, whether it is without a problem, then id, bytes and row of each file. What
 * was recorded stays, so a job that is done twice counts once.
 */
const RECORD = `
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
for i = 4, #ARGV, 3 do
  if redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 2]) == 1 then
    redis.call('HINCRBY', KEYS[3], 'files', 1)
    redis.call('HINCRBY', KEYS[3], 'bytes', ARGV[i + 1])
  end
end
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
  const { answers, found, facts } = campaignKeys(campaign);
  const rows = files.flatMap((file) => [file.id, file.bytes ?? 0, JSON.stringify(file)]);
  const isGood = answer.problems.length === 0 ? 1 : 0;
  const words = [call, JSON.stringify(answer), isGood, ...rows];
  return (await redis.eval(RECORD, 3, answers, found, facts, ...words)) === 1;
}

/** Those of the files that some answer has named before, by id. */
export async function knownFiles(
  redis: Redis,
  campaign: string,
  ids: readonly string[],
): Promise<Map<string, CampaignFile>> {
  if (ids.length === 0) return new Map();
  const rows = await redis.hmget(campaignKeys(campaign).found, ...ids);
  return new Map(ids.flatMap((id, place) => (rows[place] ? [[id, JSON.parse(rows[place]) as CampaignFile]] : [])));
}

/** Calls of which the texts are in memory at once. */
const CALLS = 500;
/** Files, likewise. */
const FILES = 1000;

/** The answers in the order of the calls, a page at a time: a million products are a gigabyte of text. */
async function* answersOf(redis: Redis, key: string, count: number): AsyncGenerator<CallAnswer> {
  for (let first = 0; first < count; first += CALLS) {
    const calls = Array.from({ length: Math.min(CALLS, count - first) }, (_, index) => String(first + index));
    for (const text of await redis.hmget(key, ...calls)) if (text !== null) yield JSON.parse(text) as CallAnswer;
  }
}

async function filesByIds(redis: Redis, key: string, ids: readonly string[]): Promise<CampaignFile[]> {
  const files: CampaignFile[] = [];
  for (const group of inGroups(ids, FILES))
    for (const text of await redis.hmget(key, ...group)) files.push(JSON.parse(text ?? '') as CampaignFile);
  return files;
}

/** The lock as one process would have made it of the same answers: rows in the order of the calls, whoever was first. */
export async function lockOfAnswers(redis: Redis, head: LockHead): Promise<CampaignLock> {
  const { asked, answers: key, found } = campaignKeys(head.campaign);
  const count = await redis.llen(asked);
  const ids = new Set<string>();
  for await (const { files } of answersOf(redis, key, count)) for (const id of files) ids.add(id);
  const files = await filesByIds(redis, found, [...ids]);
  const places = new Map(files.map(({ name }, place) => [name, place]));

  const level0: CampaignLock['level0'][number][] = [];
  const answers: LockedAnswer[] = [];
  let [answered, isGood] = [0, true];
  for await (const { answer, level0: products, problems } of answersOf(redis, key, count)) {
    answered += 1;
    isGood &&= problems.length === 0;
    if (answer) answers.push(answer);
    for (const { name, known, files: names } of products)
      level0.push({ name, known, files: names.flatMap((file) => places.get(file) ?? []) });
  }
  const level0Names: string[] = [];
  for await (const row of readPages(redis, asked)) level0Names.push(...(JSON.parse(row) as string[]));
  const { request, ...rest } = head;
  const complete = answered === count && isGood;
  return { ...rest, request: { ...request, level0Names }, complete, answers, level0, files };
}
