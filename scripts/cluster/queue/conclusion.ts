/** What all baseline calls of a campaign come to, once they are answered: some are wrong only beside the others. */
import type { Redis } from 'ioredis';
import type { Concluded } from '../../campaign/completeness/joint-deltas';
import { typesOf } from '../../errors/errors';
import { keptJson } from '../redis/kept-json';
import { campaignKeys } from '../redis/keys';
import type { CallAnswer } from './answer-store';
import { findingCounts, type FindingCount } from './finding-counts';

export interface Conclusion extends Pick<Concluded, 'lacking' | 'contradicting'> {
  /** In the place of those that the calls alone have. */
  readonly findings: readonly FindingCount[];
  /** Calls that had no error by themselves. */
  readonly calls: number;
}

/** Whether the call had no error by itself, and is to be made again all the same. */
export function isWrongBesideOthers(
  { problems, completeness }: CallAnswer,
  { lacking, contradicting }: Pick<Conclusion, 'lacking' | 'contradicting'>,
): boolean {
  if (problems.length > 0 || !completeness) return false;
  const { open, known } = completeness;
  const isOpen = open.flatMap(typesOf).some((type) => lacking.includes(type));
  return isOpen || known.some(({ type }) => contradicting.includes(type));
}

/** Undefined while calls are not answered. */
export async function readConclusion(redis: Redis, campaign: string): Promise<Conclusion | undefined> {
  const text = await redis.hget(campaignKeys(campaign).facts, 'conclusion');
  return text === null ? undefined : keptConclusion(text, campaign);
}

/** @throws DamagedEntry */
export const keptConclusion = (text: string, campaign: string): Conclusion =>
  keptJson('conclusion', text, `what the answers of campaign ${campaign} come to`);

/** KEYS: facts. ARGV: state of the plan, conclusion as JSON. Of calls that are made again meanwhile nothing is concluded. */
const CONCLUDE = `
if redis.call('HGET', KEYS[1], 'plan') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'conclusion', ARGV[2])
return 1
`;

/** @param plan its state before the answers were read. Returns whether that is its state still. */
export async function storeConclusion(
  redis: Redis,
  campaign: string,
  plan: string,
  { completeness, lacking, contradicting, calls }: Concluded & Pick<Conclusion, 'calls'>,
): Promise<boolean> {
  const conclusion: Conclusion = { findings: findingCounts(completeness.errors), calls, lacking, contradicting };
  const { facts } = campaignKeys(campaign);
  return (await redis.eval(CONCLUDE, 1, facts, plan, JSON.stringify(conclusion))) === 1;
}
