/** Lock, manifests, MD5SUMS and page of a campaign, written again as long as there is news. */
import type { Redis } from 'ioredis';
import { settle, type CampaignFile } from '../../campaign/campaign-file';
import { LOCK_NAME, lockText, type CampaignLock } from '../../campaign/lock/campaign-lock';
import { fileLists } from '../../campaign/lock/file-lists';
import { readPlan, resultsFrom } from '../queue/campaign-store';
import { campaignKeys } from '../redis/keys';
import type { Election } from './election';
import type { ListStore } from './list-store';
import { PROGRESS_PAGE, progressPage } from './progress-page';

export interface CampaignWriter {
  /** Writes if this process is elected and there is news. Returns whether nothing is left to write, by whomever. */
  look(): Promise<boolean>;
  resign(): Promise<void>;
}

export function campaignWriter(redis: Redis, campaign: string, elected: Election, lists: ListStore): CampaignWriter {
  const { facts, results } = campaignKeys(campaign);
  let plan = '';
  let lock: CampaignLock | undefined;
  let files = new Map<string, CampaignFile>();
  let read = 0;

  async function revision(): Promise<{ written: string; now: string; plan: string; results: number }> {
    const [[planned, written], count] = await Promise.all([redis.hmget(facts, 'plan', 'written'), redis.llen(results)]);
    return { written: written ?? '', now: `${planned ?? ''}-${count}`, plan: planned ?? '', results: count };
  }

  /** What is new since the last look; all, where another plan has come. */
  async function catchUp(asked: { plan: string; results: number }): Promise<CampaignLock> {
    if (!lock || asked.plan !== plan || asked.results < read) {
      ({ lock, plan } = await readPlan(redis, campaign));
      files = new Map(lock.files.map((file) => [file.id, file]));
      read = 0;
    }
    const fresh = await resultsFrom(redis, campaign, read);
    read += fresh.length;
    for (const outcome of fresh) {
      const file = files.get(outcome.id);
      if (file) files.set(outcome.id, settle(file, outcome));
    }
    return { ...lock, updatedAt: new Date().toISOString(), files: [...files.values()] };
  }

  return {
    async look() {
      const asked = await revision();
      if (asked.written === asked.now) return true;
      if (!(await elected.isElected())) return false;
      const current = await catchUp(asked);
      await lists.write([
        ...fileLists(current),
        { name: PROGRESS_PAGE, pieces: [progressPage(current)] },
        // Last, because it speaks of the others.
        { name: LOCK_NAME, pieces: lockText(current) },
      ]);
      return elected.wrote(`${plan}-${read}`);
    },
    resign: () => elected.resign(),
  };
}
