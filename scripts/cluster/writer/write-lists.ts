/** Lock, manifests, MD5SUMS and page of a campaign, written again as long as there is news. */
import type { Redis } from 'ioredis';
import { LOCK_NAME } from '../../campaign/lock/campaign-lock';
import { summedParts, sumLines, type SummedPart } from '../../campaign/lock/file-lists';
import { neededByOf } from '../../campaign/lock/needed-by';
import { streamedCsv, streamedLockText, streamedManifest, type LockRows } from '../../campaign/lock/streamed-lists';
import { typesOf, type AuxflowError } from '../../errors/errors';
import { whileTrimmed } from '../../lib/gc-tuning';
import { storeConclusion } from '../queue/conclusion';
import { findingCounts } from '../queue/finding-counts';
import { DamagedEntry } from '../redis/kept-json';
import { campaignKeys } from '../redis/keys';
import { campaignRows, type CampaignRows } from './campaign-rows';
import type { Election } from './election';
import type { ListStore, StreamedList } from './list-store';
import { ownLockIsThere } from './refuse-foreign';
import { countProgress, PROGRESS_PAGE, progressPage } from './progress-page';

export interface CampaignWriter {
  /** Writes if this process is elected and there is news. Returns whether nothing is left to write, by whomever. */
  look(): Promise<boolean>;
  resign(): Promise<void>;
}

/** @param onErrors told what only all baseline calls together show */
export function campaignWriter(
  redis: Redis,
  campaign: string,
  elected: Election,
  lists: ListStore,
  onErrors: (errors: readonly AuxflowError[]) => void,
): CampaignWriter {
  const { facts } = campaignKeys(campaign);
  async function revision(): Promise<{ written: string; now: string; plan: string }> {
    const [plan, settled, written] = await redis.hmget(facts, 'plan', 'settled', 'written');
    return { written: written ?? '', now: `${plan ?? ''}-${settled ?? 0}`, plan: plan ?? '' };
  }
  // With each writing: who found it first may have died before it was told.
  async function conclude({ conclusion }: CampaignRows, plan: string): Promise<void> {
    if (!conclusion || !(await storeConclusion(redis, campaign, plan, conclusion))) return;
    const types = [...conclusion.lacking, ...conclusion.contradicting];
    const isNew = (error: AuxflowError): boolean => typesOf(error).some((type) => types.includes(type));
    onErrors(conclusion.completeness.errors.filter(isNew));
  }
  return {
    async look() {
      const { written, now, plan } = await revision();
      if (written === now) return true;
      if (!(await elected.isElected())) return false;
      const write = async (): Promise<void> => {
        await ownLockIsThere(lists, campaign);
        const rows = await campaignRows(redis, campaign, new Date());
        await conclude(rows, plan);
        await lists.write(await listsOf(rows));
      };
      try {
        await elected.whileHeld(() => whileTrimmed(write));
      } catch (error) {
        // What is planned again while it is read does not fit together.
        if (error instanceof DamagedEntry && (await revision()).now !== now) return false;
        throw error;
      }
      return elected.wrote(now);
    },
    resign: () => elected.resign(),
  };
}

async function listsOf(rows: LockRows): Promise<StreamedList[]> {
  const lacking = findingCounts(rows.head.completeness?.errors ?? []);
  const neededBy = await neededByOf(rows.level0());
  const progress = countProgress();
  const summed: SummedPart[] = [];
  for await (const file of rows.files()) {
    progress.add(file);
    for (const { path, md5 } of summedParts(file)) summed.push({ path, md5 });
  }
  return [
    { name: 'MD5SUMS', pieces: sumLines(summed) },
    { name: 'manifest.jsonl', pieces: streamedManifest(rows, neededBy) },
    { name: 'manifest.csv', pieces: streamedCsv(rows, neededBy) },
    { name: PROGRESS_PAGE, pieces: [progressPage(rows.head, progress, { level0: neededBy.level0, lacking })] },
    // Last, because it speaks of the others.
    { name: LOCK_NAME, pieces: streamedLockText(rows) },
  ];
}
