/** What Redis knows of campaigns: what is wanted, what has become of it, and the counts of both. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { inGroups } from '../../lib/in-groups';
import type { SettledFile } from '../../campaign/campaign-file';
import type { CampaignLock } from '../../campaign/lock/campaign-lock';
import { Failure } from '../../errors/errors';
import { DamagedEntry, keptJson } from '../redis/kept-json';
import { CAMPAIGNS, campaignKeys } from '../redis/keys';
import { keptConclusion } from './conclusion';
import { findingCounts, readFindingCounts, type FindingCount } from './finding-counts';

/** What became of a file when no worker will try it again. */
export type EndedFile = SettledFile & { readonly state: 'verified' | 'failed' };

export interface CampaignCounts {
  readonly files: number;
  readonly bytes: number;
  readonly verified: number;
  readonly verifiedBytes: number;
  readonly failed: number;
  /** Verified archives that could not be unpacked. */
  readonly notUnpacked: number;
  /** Where workers ask for the baselines: calls, those that were answered, and answered with an error. */
  readonly baselines?: { readonly calls: number; readonly answered: number; readonly failed: number };
  /** What the baselines lack. */
  readonly findings: readonly FindingCount[];
}

const PAGE = 1000;
/** Seconds after which what a planner left that died is forgotten. */
export const PLANNING = 86_400;

/** Replaces what was planned under the name; states of files stay. */
export async function storePlan(redis: Redis, { files, level0, ...head }: CampaignLock): Promise<void> {
  const keys = campaignKeys(head.campaign);
  const replacing = redis.multi();
  for (const [key, rows] of [[keys.files, files] as const, [keys.level0, level0] as const]) {
    const fresh = await freshList(redis, key, rows);
    if (rows.length > 0) replacing.rename(fresh, key).persist(key);
    else replacing.del(key);
  }
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  const facts = { head: JSON.stringify(head), files: files.length, bytes };
  await replacing.hset(keys.facts, facts).hincrby(keys.facts, 'plan', 1).sadd(CAMPAIGNS, head.campaign).exec();
}

/** Returns its key. Others may plan the same; who dies in between leaves nothing for long. */
async function freshList(redis: Redis, key: string, rows: readonly object[]): Promise<string> {
  const fresh = `${key}:fresh-${randomUUID()}`;
  for (const group of inGroups(rows, PAGE)) {
    await redis.rpush(fresh, ...group.map((row) => JSON.stringify(row)));
    await redis.expire(fresh, PLANNING);
  }
  return fresh;
}

/** KEYS: states, outcomes, facts. ARGV: id, state, bytes, outcome as JSON, 1 for an archive that is not unpacked. Returns 1 for news: what is verified stays so. */
const SETTLE = `
local old = redis.call('HGET', KEYS[1], ARGV[1])
if old == 'verified' then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if old then redis.call('HINCRBY', KEYS[3], old, -1) end
redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
if ARGV[2] == 'verified' then redis.call('HINCRBY', KEYS[3], 'verifiedBytes', ARGV[3]) end
redis.call('HINCRBY', KEYS[3], 'notUnpacked', ARGV[5])
redis.call('HINCRBY', KEYS[3], 'settled', 1)
redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
return 1
`;

/** Returns whether that was news: the same outcome, told twice, counts once. */
export async function settleFile(redis: Redis, campaign: string, outcome: EndedFile): Promise<boolean> {
  const { states, outcomes, facts } = campaignKeys(campaign);
  const { id, state, bytes = 0, problem } = outcome;
  const notUnpacked = state === 'verified' && problem !== undefined ? 1 : 0;
  const words = [id, state, bytes, JSON.stringify(outcome), notUnpacked];
  return (await redis.eval(SETTLE, 3, states, outcomes, facts, ...words)) === 1;
}

/** Files are wanted again, whatever became of them: their states are forgotten. */
export async function forgetStates(redis: Redis, campaign: string): Promise<void> {
  const { states, outcomes, facts } = campaignKeys(campaign);
  const counted = ['verified', 'failed', 'verifiedBytes', 'notUnpacked', 'settled'];
  await redis
    .multi()
    .del(states, outcomes)
    .hdel(facts, ...counted)
    .exec();
}

export async function campaignNames(redis: Redis): Promise<string[]> {
  return (await redis.smembers(CAMPAIGNS)).sort();
}

/** @throws Failure CAMPAIGN_UNKNOWN */
export async function countsOf(redis: Redis, campaign: string, queue: string): Promise<CampaignCounts> {
  const facts = await redis.hgetall(campaignKeys(campaign).facts);
  if (facts.head === undefined)
    throw new Failure({ code: 'CAMPAIGN_UNKNOWN', queue, campaign, known: await campaignNames(redis) });
  const number = (name: string): number => {
    const value = Number(facts[name] ?? 0);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new DamagedEntry(`a count of campaign ${campaign}`);
  };
  const { completeness } = headIn(facts.head, campaign);
  const conclusion = facts.conclusion === undefined ? undefined : keptConclusion(facts.conclusion, campaign);
  const { calls: more = 0 } = conclusion ?? {};
  return {
    files: number('files'),
    bytes: number('bytes'),
    verified: number('verified'),
    verifiedBytes: number('verifiedBytes'),
    failed: number('failed'),
    notUnpacked: number('notUnpacked'),
    ...(facts.calls === undefined
      ? {}
      : {
          baselines: {
            calls: number('calls'),
            answered: number('answered') - more,
            failed: number('unanswered') + more,
          },
        }),
    // As the plan has judged, or all calls of workers together, or those that there are.
    findings: completeness
      ? findingCounts(completeness.errors)
      : (conclusion?.findings ?? (await readFindingCounts(redis, campaign))),
  };
}

/** What is known of a lock beforehand; the calls' answers are not in it where workers make the calls. */
export type PlannedHead = Omit<CampaignLock, 'files' | 'level0'>;

export async function readHead(redis: Redis, campaign: string): Promise<PlannedHead> {
  return (await readPlan(redis, campaign)).head;
}

export interface Plan {
  readonly head: PlannedHead;
  /** LongNames of ADF types that its baselines may lack. */
  readonly allowMissing: readonly string[];
}

export async function readPlan(redis: Redis, campaign: string): Promise<Plan> {
  const [head, allowed] = await redis.hmget(campaignKeys(campaign).facts, 'head', 'allowMissing');
  if (!head) throw new DamagedEntry(planOf(campaign));
  return { head: headIn(head, campaign), allowMissing: keptJson('names', allowed ?? '[]', planOf(campaign)) };
}

const planOf = (campaign: string): string => `the plan of campaign ${campaign}`;
const headIn = (text: string, campaign: string): PlannedHead => keptJson('plan', text, planOf(campaign));

/** A plan of which workers ask for the baselines. */
export async function storeHead(
  redis: Redis,
  head: PlannedHead,
  { calls, allowMissing }: { readonly calls: number; readonly allowMissing: readonly string[] },
): Promise<void> {
  const { facts } = campaignKeys(head.campaign);
  const known = { head: JSON.stringify(head), calls, allowMissing: JSON.stringify(allowMissing) };
  await redis.multi().hset(facts, known).hincrby(facts, 'plan', 1).sadd(CAMPAIGNS, head.campaign).exec();
}

/** Of the span that planned a campaign, for those of its files to be linked to. */
export async function storeTrace(redis: Redis, campaign: string, reference: string | undefined): Promise<void> {
  if (reference !== undefined) await redis.hset(campaignKeys(campaign).facts, 'trace', reference);
}

export async function traceOf(redis: Redis, campaign: string): Promise<string | undefined> {
  return (await redis.hget(campaignKeys(campaign).facts, 'trace')) ?? undefined;
}
