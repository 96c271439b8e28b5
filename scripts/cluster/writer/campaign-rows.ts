/**
 * What the lists of a campaign say, read from Redis a page at a time and as often as it is needed. In memory are the ids of its files,
 * nothing of its Level-0 products.
 */
import type { Redis } from 'ioredis';
import { addCompleteness } from '../../campaign/completeness/add-completeness';
import type { Completeness } from '../../campaign/completeness/judgement';
import { settle, type CampaignFile, type SettledFile } from '../../campaign/campaign-file';
import type { LockedLevel0 } from '../../campaign/lock/needed-by';
import type { LockHead, LockRows } from '../../campaign/lock/streamed-lists';
import { inGroups } from '../../lib/in-groups';
import { answersOf, keptFile, type CallAnswer } from '../queue/answer-store';
import { readHead } from '../queue/campaign-store';
import { keptJson } from '../redis/kept-json';
import { campaignKeys } from '../redis/keys';
import { listPages, readPages } from '../redis/read-pages';

/** Files of which the texts are in memory at once. */
const FILES = 500;

/** @throws errors of Redis, as all that its rows are read with */
export async function campaignRows(redis: Redis, campaign: string, now: Date): Promise<LockRows> {
  const head = { ...(await readHead(redis, campaign)), updatedAt: now.toISOString() };
  const hasCalls = await redis.hexists(campaignKeys(campaign).facts, 'calls');
  return hasCalls ? answeredRows(redis, head) : plannedRows(redis, head);
}

type Head = Awaited<ReturnType<typeof readHead>>;

function withoutAnswers(head: Head): LockHead {
  return Object.fromEntries(Object.entries(head).filter(([key]) => key !== 'answers')) as unknown as LockHead;
}

/** Of a plan that is there as a whole. */
function plannedRows(redis: Redis, head: Head): LockRows {
  const { files, level0 } = campaignKeys(head.campaign);
  return {
    head: withoutAnswers(head),
    answers: () => streamOf(head.answers),
    level0: () => parsed<LockedLevel0>(readPages(redis, level0)),
    async *files() {
      for await (const page of listPages(redis, files)) yield* settled(redis, head.campaign, page);
    },
  };
}

/**
 * Of calls that workers make: the lock as one process would have made it of the same answers, in the order of the calls, whoever was
 * first. What comes while it is read waits for the next lock.
 */
async function answeredRows(redis: Redis, head: Head): Promise<LockRows> {
  const { campaign } = head;
  const { asked, found } = campaignKeys(campaign);
  const { places, isKnown, isComplete, completeness } = await survey(redis, campaign);
  async function* known(): AsyncGenerator<CallAnswer> {
    let call = 0;
    for await (const answer of answersOf(redis, campaign)) if (isKnown[call++] && answer) yield answer;
  }
  const names = (): AsyncIterable<string> => flat(parsed<readonly string[]>(readPages(redis, asked)));
  return {
    head: { ...withoutAnswers(head), complete: isComplete, completeness },
    level0Names: { count: await countOf(names()), each: names },
    async *answers() {
      for await (const { answer } of known()) if (answer) yield answer;
    },
    async *level0() {
      for await (const { level0, files } of known())
        for (const row of level0)
          yield { ...row, files: row.files.flatMap((place) => places.get(files[place] ?? '') ?? []) };
    },
    async *files() {
      for (const ids of inGroups(places.keys(), FILES)) {
        const rows = await redis.hmget(found, ...ids);
        yield* settled(
          redis,
          campaign,
          rows.map((row) => row ?? ''),
        );
      }
    },
  };
}

interface Survey {
  /** Id of a file → its place in the lock. */
  readonly places: ReadonlyMap<string, number>;
  /** By call: 1 where it was answered. */
  readonly isKnown: Uint8Array;
  readonly isComplete: boolean;
  readonly completeness?: Completeness;
}

async function survey(redis: Redis, campaign: string): Promise<Survey> {
  const places = new Map<string, number>();
  const isKnown = new Uint8Array(await redis.llen(campaignKeys(campaign).asked));
  let [call, isComplete] = [0, true];
  let completeness: Completeness | undefined;
  for await (const answer of answersOf(redis, campaign)) {
    isComplete &&= answer?.problems.length === 0;
    if (answer) isKnown[call] = 1;
    if (answer?.completeness) completeness = addCompleteness(completeness, answer.completeness);
    call += 1;
    for (const id of answer?.files ?? []) if (!places.has(id)) places.set(id, places.size);
  }
  return { places, isKnown, isComplete, completeness };
}

/** Of files as JSON: each with what has become of it. */
async function* settled(redis: Redis, campaign: string, texts: readonly string[]): AsyncGenerator<CampaignFile> {
  if (texts.length === 0) return;
  const files = texts.map((text) => keptFile(text, campaign));
  const outcomes = await redis.hmget(campaignKeys(campaign).outcomes, ...files.map(({ id }) => id));
  for (const [place, file] of files.entries()) {
    const outcome = outcomes[place];
    yield outcome
      ? settle(file, keptJson(outcome, `what became of a file of campaign ${campaign}`) as SettledFile)
      : file;
  }
}

async function* parsed<Row extends object>(texts: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const text of texts) yield keptJson(text, 'a row of a campaign') as Row;
}

async function* flat<Item>(lists: AsyncIterable<readonly Item[]>): AsyncGenerator<Item> {
  for await (const list of lists) yield* list;
}

async function* streamOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  await Promise.resolve();
  yield* items;
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  const counted = items[Symbol.asyncIterator]();
  let count = 0;
  while (!(await counted.next()).done) count += 1;
  return count;
}
