/** Lock, manifests, MD5SUMS and page of a campaign, written again as long as there is news. */
import type { Redis } from 'ioredis';
import { LOCK_NAME } from '../../campaign/lock/campaign-lock';
import { summedParts, sumLines, type SummedPart } from '../../campaign/lock/file-lists';
import { neededByOf } from '../../campaign/lock/needed-by';
import { streamedCsv, streamedLockText, streamedManifest, type LockRows } from '../../campaign/lock/streamed-lists';
import { whileTrimmed } from '../../lib/gc-tuning';
import { findingCounts } from '../queue/finding-counts';
import { campaignKeys } from '../redis/keys';
import { campaignRows } from './campaign-rows';
import type { Election } from './election';
import type { ListStore, StreamedList } from './list-store';
import { ownLockIsThere } from './refuse-foreign';
import { countProgress, PROGRESS_PAGE, progressPage } from './progress-page';

export interface CampaignWriter {
  /** Writes if this process is elected and there is news. Returns whether nothing is left to write, by whomever. */
  look(): Promise<boolean>;
  resign(): Promise<void>;
}

export function campaignWriter(redis: Redis, campaign: string, elected: Election, lists: ListStore): CampaignWriter {
  const { facts } = campaignKeys(campaign);
  async function revision(): Promise<{ written: string; now: string }> {
    const [plan, settled, written] = await redis.hmget(facts, 'plan', 'settled', 'written');
    return { written: written ?? '', now: `${plan ?? ''}-${settled ?? 0}` };
  }
  return {
    async look() {
      const { written, now } = await revision();
      if (written === now) return true;
      if (!(await elected.isElected())) return false;
      const write = async (): Promise<void> => {
        await ownLockIsThere(lists, campaign);
        await lists.write(await listsOf(await campaignRows(redis, campaign, new Date())));
      };
      await elected.whileHeld(() => whileTrimmed(write));
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
