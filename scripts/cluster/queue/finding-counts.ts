/** What the baselines of a campaign lack, counted over all calls: sentences would be as many as calls. */
import type { Redis } from 'ioredis';
import type { CompletenessError } from '../../campaign/completeness/judgement';
import { merged } from '../../campaign/completeness/add-completeness';
import { concernsTypes } from '../../errors/errors';
import { DamagedEntry } from '../redis/kept-json';
import { campaignKeys } from '../redis/keys';

export interface FindingCount {
  readonly code: CompletenessError['code'];
  /** LongName of the ADF type; absent where it is of no type. */
  readonly type?: string;
  /** Level-0 products that it concerns. */
  readonly level0: number;
}

/** Those that concern most products first. */
export function findingCounts(errors: readonly CompletenessError[]): FindingCount[] {
  const counts = errors.flatMap((error): FindingCount[] => {
    const { code } = error;
    if (concernsTypes(error)) return error.types.map(({ type, level0 }) => ({ code, type, level0 }));
    return [{ code, level0: code === 'L0_LEFT_OUT' ? error.level0 : 1 + (error.others ?? 0) }];
  });
  // One type may lack files for two causes.
  const added = (a: FindingCount, b: FindingCount): FindingCount => ({ ...a, level0: a.level0 + b.level0 });
  return merged(counts, findingField, added).sort(byProducts);
}

function byProducts(a: FindingCount, b: FindingCount): number {
  return b.level0 - a.level0 || (findingField(a) < findingField(b) ? -1 : 1);
}

/** Field of the hash that counts it. */
export function findingField({ code, type }: Omit<FindingCount, 'level0'>): string {
  return type === undefined ? code : `${code} ${type}`;
}

/** In the same order. */
export async function readFindingCounts(redis: Redis, campaign: string): Promise<FindingCount[]> {
  const counts = await redis.hgetall(campaignKeys(campaign).findings);
  return Object.entries(counts)
    .map(([field, count]) => {
      const [code, type] = field.split(' ') as [FindingCount['code'], string?];
      if (!/^-?\d+$/.test(count)) throw new DamagedEntry(`a count of campaign ${campaign}`);
      return { code, ...(type === undefined ? {} : { type }), level0: Number(count) };
    })
    .filter(({ level0 }) => level0 > 0)
    .sort(byProducts);
}
