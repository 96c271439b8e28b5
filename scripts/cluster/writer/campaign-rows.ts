/**
 * What the lists of a campaign say, read from Redis a page at a time and as often as it is needed. In memory are the ids of its files,
 * nothing of its Level-0 products.
 */
import type { Redis } from 'ioredis';
import {
  addPartial,
  concluded,
  type Concluded,
  type PartialCompleteness,
} from '../../campaign/completeness/joint-deltas';
import { settle, type CampaignFile } from '../../campaign/campaign-file';
import type { LockHead, LockRows } from '../../campaign/lock/streamed-lists';
import { isFile } from '../../campaign/lock/campaign-lock-shape';
import { inGroups } from '../../lib/in-groups';
import { answersOf, keptFile, requirePlaces, type CallAnswer } from '../queue/answer-store';
import { readHead } from '../queue/campaign-store';
import { isWrongBesideOthers, type Conclusion } from '../queue/conclusion';
import { DamagedEntry, keptJson, type Kept } from '../redis/kept-json';
import { campaignKeys } from '../redis/keys';
import { listPages, readPages } from '../redis/read-pages';

/** Files of which the texts are in memory at once. */
const FILES = 500;

export interface CampaignRows extends LockRows {
  /** What all calls of workers come to; absent while some are not answered. */
  readonly conclusion?: Concluded & Pick<Conclusion, 'calls'>;
}

/** @throws errors of Redis, as all that its rows are read with */
export async function campaignRows(redis: Redis, campaign: string, now: Date): Promise<CampaignRows> {
  const head = { ...(await readHead(redis, campaign)), updatedAt: now.toISOString() };
  const { facts, asked, files: planned } = campaignKeys(campaign);
  const [calls, files] = await redis.hmget(facts, 'calls', 'files');
  const isWhole = calls ? Number(calls) === (await redis.llen(asked)) : Number(files) === (await redis.llen(planned));
  if (!isWhole) throw new DamagedEntry(`the list of campaign ${campaign}`);
  return calls ? answeredRows(redis, head) : plannedRows(redis, head);
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
    async *level0() {
      const what = `a Level-0 product of campaign ${head.campaign}`;
      const count = await redis.llen(files);
      for await (const row of parsed('level0', readPages(redis, level0), what)) {
        requirePlaces([row], count, what);
        yield row;
      }
    },
    async *files() {
      for await (const page of listPages(redis, files))
        yield* settled(
          redis,
          head.campaign,
          page.map((text) => keptFile(text, head.campaign)),
        );
    },
  };
}

/**
 * Of calls that workers make: the lock as one process would have made it of the same answers, in the order of the calls, whoever was
 * first. What comes while it is read waits for the next lock.
 */
async function answeredRows(redis: Redis, head: Head): Promise<CampaignRows> {
  const { campaign } = head;
  const { asked, found } = campaignKeys(campaign);
  const { places, isKnown, isGood, judged } = await survey(redis, campaign);
  const isWhole = isKnown.every((known) => known === 1);
  const result = judged && concluded(judged, head.request.mission, isWhole);
  const calls = result && isWhole ? await wrongBesideOthers(redis, campaign, result) : 0;
  const { completeness } = result ?? {};
  async function* known(): AsyncGenerator<CallAnswer> {
    let call = 0;
    for await (const answer of answersOf(redis, campaign)) if (isKnown[call++] && answer) yield answer;
  }
  const names = (): AsyncIterable<string> =>
    flat(parsed('names', readPages(redis, asked), `a call of campaign ${campaign}`));
  return {
    head: { ...withoutAnswers(head), complete: isGood && (completeness?.errors.length ?? 0) === 0, completeness },
    ...(result && isWhole ? { conclusion: { ...result, calls } } : {}),
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
        const files = ids.map((id, place) => keptFile(rows[place] ?? '', campaign, id));
        yield* settled(redis, campaign, files);
      }
    },
  };
}

interface Survey {
  /** Id of a file → its place in the lock. */
  readonly places: ReadonlyMap<string, number>;
  /** By call: 1 where it was answered. */
  readonly isKnown: Uint8Array;
  /** All calls are answered, each without an error. */
  readonly isGood: boolean;
  readonly judged?: PartialCompleteness;
}

async function wrongBesideOthers(redis: Redis, campaign: string, found: Concluded): Promise<number> {
  let calls = 0;
  if (found.lacking.length + found.contradicting.length > 0)
    for await (const answer of answersOf(redis, campaign)) if (answer && isWrongBesideOthers(answer, found)) calls += 1;
  return calls;
}

async function survey(redis: Redis, campaign: string): Promise<Survey> {
  const places = new Map<string, number>();
  const isKnown = new Uint8Array(await redis.llen(campaignKeys(campaign).asked));
  let [call, isGood] = [0, true];
  let judged: PartialCompleteness | undefined;
  for await (const answer of answersOf(redis, campaign)) {
    isGood &&= answer?.problems.length === 0;
    if (answer) isKnown[call] = 1;
    if (answer?.completeness) judged = addPartial(judged, answer.completeness);
    call += 1;
    for (const id of answer?.files ?? []) if (!places.has(id)) places.set(id, places.size);
  }
  return { places, isKnown, isGood, judged };
}

/** Each with what has become of it. */
async function* settled(redis: Redis, campaign: string, files: readonly CampaignFile[]): AsyncGenerator<CampaignFile> {
  if (files.length === 0) return;
  const outcomes = await redis.hmget(campaignKeys(campaign).outcomes, ...files.map(({ id }) => id));
  for (const [place, file] of files.entries()) {
    const text = outcomes[place];
    yield text === null || text === undefined ? file : changedBy(file, text, campaign);
  }
}

function changedBy(file: CampaignFile, text: string, campaign: string): CampaignFile {
  const what = `what became of a file of campaign ${campaign}`;
  const settled = settle(file, keptJson('outcome', text, what));
  if (!isFile({ ...settled })) throw new DamagedEntry(what);
  return settled;
}

async function* parsed<Kind extends 'level0' | 'names'>(
  kind: Kind,
  texts: AsyncIterable<string>,
  what: string,
): AsyncGenerator<Kept<Kind>> {
  for await (const text of texts) yield keptJson(kind, text, what);
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
