/** Jobs for the files that baselines have named. */
import type { LockedFile } from '../../campaign/lock/campaign-lock';
import { campaignKeys } from '../redis/keys';
import { settleFile } from './campaign-store';
import { addJobs, jobOf } from './enqueue';
import type { TransferQueue } from './open-queue';

const PAGE = 1000;

/** All that the campaign knows so far and that are not verified. Returns how many. */
export async function queueFound(queue: TransferQueue, campaign: string): Promise<number> {
  const { found } = campaignKeys(campaign);
  let [cursor, queued] = ['0', 0];
  do {
    const [next, page] = await queue.redis.hscan(found, cursor, 'COUNT', PAGE);
    const files = page.flatMap((text, place) => (place % 2 === 1 ? [JSON.parse(text) as LockedFile] : []));
    queued += await queueFiles(queue, campaign, files);
    cursor = next;
  } while (cursor !== '0');
  return queued;
}

/** Once per file: its job is named after it. Verified ones are left out, those without an entry are settled. Returns how many. */
export async function queueFiles(
  queue: Pick<TransferQueue, 'redis' | 'jobs'>,
  campaign: string,
  files: readonly LockedFile[],
): Promise<number> {
  if (files.length === 0) return 0;
  const states = await queue.redis.hmget(campaignKeys(campaign).states, ...files.map(({ id }) => id));
  const wanted = files.filter((_file, place) => states[place] !== 'verified');
  const jobs = wanted.flatMap((file) => jobOf(campaign, file) ?? []);
  await addJobs(queue, jobs);
  for (const { id, problem, path } of wanted)
    if (path === undefined) await settleFile(queue.redis, campaign, { id, state: 'failed', problem });
  return jobs.length;
}
