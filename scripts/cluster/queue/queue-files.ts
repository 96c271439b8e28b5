/** Jobs for files, whoever found them: a plan, or a baseline that a worker asked for. */
import path from 'node:path';
import type { CampaignFile } from '../../campaign/campaign-file';
import { inGroups } from '../../lib/in-groups';
import { campaignKeys } from '../redis/keys';
import { settleFile } from './campaign-store';
import { QUEUE_FORMAT, type TransferJob, type TransferQueue } from './open-queue';

const BATCH = 1000;

/** How many were queued, and how many are verified already. */
export interface QueuedFiles {
  readonly queued: number;
  readonly verified: number;
  /** Why others cannot be: codes of errors. */
  readonly problems: readonly string[];
}

/** Once per file: its job is named after it. Verified ones are left out, those without an entry are settled. */
export async function queueFiles(
  { redis, jobs: queue }: Pick<TransferQueue, 'redis' | 'jobs'>,
  campaign: string,
  files: readonly CampaignFile[],
): Promise<QueuedFiles> {
  const { states: key } = campaignKeys(campaign);
  let [queued, verified] = [0, 0];
  const problems: string[] = [];
  for (const group of inGroups(files, BATCH)) {
    const states = await redis.hmget(key, ...group.map(({ id }) => id));
    const wanted = group.filter((_file, place) => states[place] !== 'verified');
    const jobs = wanted.flatMap((file) => jobOf(campaign, file) ?? []);
    await queue.addBulk(jobs.map((data) => ({ name: 'file', data, opts: { jobId: jobIdOf(data) } })));
    for (const { id, problem, path: place } of wanted)
      if (place === undefined && (await settleFile(redis, campaign, { id, state: 'failed', problem })))
        problems.push(problem ?? '');
    queued += jobs.length;
    verified += group.length - wanted.length;
  }
  return { queued, verified, problems };
}

/** BullMQ takes no colon. */
const jobIdOf = ({ campaign, id }: Pick<TransferJob, 'campaign' | 'id'>): string => `${campaign}__${id}`;

/** Undefined for what the catalogue has no entry of. */
function jobOf(campaign: string, file: CampaignFile): TransferJob | undefined {
  const { id, name, path: place, bytes, md5, publicationDate } = file;
  if (place === undefined || bytes === undefined || publicationDate === undefined) return undefined;
  const entry = { name: path.posix.basename(place), contentLength: bytes, md5, publicationDate };
  return { format: QUEUE_FORMAT, campaign, id, name, entry, tries: 0 };
}
