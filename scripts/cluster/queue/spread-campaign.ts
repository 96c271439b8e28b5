/** `auxflow fetch --queue --spread`: Level-0 names become calls that workers make, however many names there are. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { checkedSelection, type RequestWords } from '../../campaign/request/baseline-request';
import { lockBeginning } from '../../campaign/lock/lock-beginning';
import { nameBatcher } from '../../campaign/request/batches';
import { checkedLevel0Names, type ListedName } from '../../campaign/request/level0-list';
import type { Layout } from '../../download/layout';
import { Failure } from '../../errors/errors';
import { EXIT } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import type { Site } from '../../services/site';
import { campaignNameOfMany } from '../../session/campaign-name';
import type { CommandContext } from '../../session/context';
import { withSite, type SiteOptions } from '../../session/site-session';
import { withCampaignSpan } from '../../session/telemetry/campaign-span';
import { keptJson } from '../redis/kept-json';
import { campaignKeys, planningKeys } from '../redis/keys';
import { pagesOf, readPages } from '../redis/read-pages';
import { keptAnswer, type CallAnswer } from './answer-store';
import { PLANNING, storeHead, storeTrace, type PlannedHead } from './campaign-store';
import { isWrongBesideOthers, readConclusion } from './conclusion';
import { findingCounts, findingField } from './finding-counts';
import { queueFound } from './queue-found';
import { QUEUE_FORMAT, withQueue, type BaselineJob, type TransferQueue } from './open-queue';

export interface SpreadOptions extends SiteOptions {
  /** Of Redis. */
  readonly queue: string;
  readonly words: Pick<RequestWords, 'mission' | 'unit' | 'productType'>;
  readonly names: AsyncIterable<ListedName>;
  readonly layout?: Layout;
  /** Archives are unpacked next to themselves. */
  readonly unpack?: boolean;
  /** LongNames of ADF types that baselines may lack. */
  readonly allowMissing?: readonly string[];
}

const GROUP = 1000;

/**
 * Names are gathered in Redis, which sorts them, so this process needs the same memory for a million as for a thousand. Calls that are
 * answered are not made again, files that are verified not queued again.
 * @throws Failure of `openQueue`, `checkedSelection`, `checkedLevel0Names`; USAGE without any name
 */
export async function spreadCampaign(options: SpreadOptions, context: CommandContext): Promise<number> {
  const { listener, redactor, signal } = context;
  return withSite(options, async (site) =>
    withQueue({ url: options.queue, auxipRoot: site.auxipRoot, redactor, signal }, (queue) =>
      withCampaignSpan(undefined, context, async (span) => {
        const { campaign, calls } = await planCalls(queue.redis, site, options, context.now());
        span.set({ 'auxflow.campaign': campaign, 'auxflow.calls': calls });
        await storeTrace(queue.redis, campaign, span.reference);
        const asked = await queueCalls(queue, campaign);
        const again = await queueFound(queue, campaign);
        const more = again > 0 ? `, ${plural(again, 'file')} again` : '';
        const sentence = `${asked} of ${plural(calls, 'baseline call')} of campaign ${campaign} are queued at ${queue.address}${more}.`;
        listener({ type: 'run-finished', exitCode: EXIT.ok, sentence, places: [] });
        return EXIT.ok;
      }),
    ),
  );
}

async function planCalls(
  redis: Redis,
  site: Site,
  { words, names, layout = 'flat', unpack = false, allowMissing = [] }: SpreadOptions,
  now: Date,
): Promise<{ readonly campaign: string; readonly calls: number }> {
  const selection = checkedSelection(words);
  const planning = planningKeys(randomUUID());
  try {
    await gather(redis, planning, names, { ...selection, rdbRoot: site.rdbRoot });
    if ((await redis.zcard(planning.names)) === 0)
      throw new Failure({
        code: 'USAGE',
        problem: 'The file of --spread has no Level-0 name.',
        next: 'Give one name per line.',
      });
    const sorted = pagesOf((first, last) => redis.zrange(planning.names, String(first), String(last)));
    const campaign = await campaignNameOfMany(site, selection, sorted);
    const { asked } = campaignKeys(campaign);
    // The same names in another order are the same campaign: its calls stay what they were.
    await redis.renamenx(planning.asked, asked);
    await redis.persist(asked);
    const head: PlannedHead = {
      ...lockBeginning(campaign, site, now),
      request: selection,
      layout,
      ...(unpack ? { unpack: true } : {}),
      complete: false,
      answers: [],
    };
    const calls = await redis.llen(asked);
    await storeHead(redis, head, { calls, allowMissing });
    return { campaign, calls };
  } finally {
    await redis.del(planning.names, planning.asked);
  }
}

/** Each name once, in the order of its first coming, in calls. */
async function gather(
  redis: Redis,
  { names: seen, asked }: ReturnType<typeof planningKeys>,
  names: AsyncIterable<ListedName>,
  { rdbRoot, ...selection }: Parameters<typeof nameBatcher>[0] & { readonly rdbRoot: string },
): Promise<void> {
  const batcher = nameBatcher(selection, rdbRoot);
  const take = async (group: readonly ListedName[]): Promise<void> => {
    const checked = checkedLevel0Names(group, selection.mission, selection.unit);
    const adding = redis.pipeline();
    for (const name of checked) adding.zadd(seen, 'NX', 0, name);
    const added = (await adding.exec()) ?? [];
    await push(checked.filter((_name, place) => added[place]?.[1] === 1).flatMap((name) => batcher.add(name)));
    await redis.expire(seen, PLANNING);
  };
  const push = async (calls: readonly (readonly string[])[]): Promise<void> => {
    if (calls.length === 0) return;
    await redis.rpush(asked, ...calls.map((call) => JSON.stringify(call)));
    await redis.expire(asked, PLANNING);
  };
  const group: ListedName[] = [];
  for await (const name of names) {
    group.push(name);
    if (group.length === GROUP) await take(group.splice(0));
  }
  await take(group);
  await push(batcher.rest());
}

/** Calls that are not answered, or with an error, or wrong beside the others. Returns how many. */
async function queueCalls({ redis, calls }: TransferQueue, campaign: string): Promise<number> {
  const { asked, answers: answered } = campaignKeys(campaign);
  const conclusion = await readConclusion(redis, campaign);
  const isOpen = (answer: CallAnswer | undefined): boolean =>
    !answer || answer.problems.length > 0 || (conclusion !== undefined && isWrongBesideOthers(answer, conclusion));
  let [call, queued] = [0, 0];
  let group: BaselineJob[] = [];
  const flush = async (): Promise<void> => {
    const places = group.map((job) => String(job.call));
    const rows = places.length > 0 ? await redis.hmget(answered, ...places) : [];
    const answers = rows.map((row) => (row === null ? undefined : keptAnswer(row, campaign)));
    const open = group.filter((_job, place) => isOpen(answers[place]));
    await forgetAnswers(
      redis,
      campaign,
      group.flatMap(({ call: made }, place) => {
        const answer = answers[place];
        return answer && isOpen(answer) ? [{ call: made, answer }] : [];
      }),
    );
    await calls.addBulk(
      open.map((data) => ({ name: 'baseline', data, opts: { jobId: `${campaign}__call-${data.call}` } })),
    );
    queued += open.length;
    group = [];
  };
  for await (const row of readPages(redis, asked)) {
    const level0Names = keptJson('names', row, `a call of campaign ${campaign}`);
    group.push({ format: QUEUE_FORMAT, campaign, call: call++, level0Names, tries: 0 });
    if (group.length === GROUP) await flush();
  }
  await flush();
  return queued;
}

/** Of calls that are made again: what was wrong with them counts no longer. */
async function forgetAnswers(
  redis: Redis,
  campaign: string,
  failed: readonly { readonly call: number; readonly answer: CallAnswer }[],
): Promise<void> {
  if (failed.length === 0) return;
  const { answers, facts, findings } = campaignKeys(campaign);
  const forgetting = redis.multi().hdel(answers, ...failed.map(({ call }) => String(call)));
  forgetting.hincrby(facts, 'plan', 1).hdel(facts, 'conclusion');
  for (const { answer } of failed)
    forgetting.hincrby(facts, answer.problems.length > 0 ? 'unanswered' : 'answered', -1);
  const errors = failed.flatMap(({ answer }) => answer.completeness?.errors ?? []);
  for (const finding of findingCounts(errors)) forgetting.hincrby(findings, findingField(finding), -finding.level0);
  await forgetting.exec();
}
