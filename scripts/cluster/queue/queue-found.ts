/** Jobs for the files that baselines have named. */
import { campaignKeys } from '../redis/keys';
import { keptFile } from './answer-store';
import type { TransferQueue } from './open-queue';
import { queueFiles } from './queue-files';

const PAGE = 1000;

/** All that the campaign knows so far and that are not verified. Returns how many. */
export async function queueFound(queue: TransferQueue, campaign: string): Promise<number> {
  const { found } = campaignKeys(campaign);
  let [cursor, count] = ['0', 0];
  do {
    const [next, page] = await queue.redis.hscan(found, cursor, 'COUNT', PAGE);
    const files = page.flatMap((text, place) => (place % 2 === 1 ? [keptFile(text, campaign)] : []));
    count += (await queueFiles(queue, campaign, files)).queued;
    cursor = next;
  } while (cursor !== '0');
  return count;
}
