/** `auxflow fetch --queue`: what was planned becomes jobs. */
import path from 'node:path';
import type { CampaignLock, LockedFile } from '../../campaign/lock/campaign-lock';
import { inGroups } from '../../lib/in-groups';
import type { CommandContext } from '../../session/context';
import { forgetStates, settleFile, storePlan, verifiedIds } from './campaign-store';
import { QUEUE_FORMAT, withQueue, type TransferJob, type TransferQueue } from './open-queue';

export interface EnqueueOptions {
  /** Of Redis. */
  readonly queue: string;
  /** Files that are verified are looked at again. */
  readonly again?: boolean;
}

const BATCH = 1000;

/**
 * Once per file, however often it is called: a job is named after its campaign and file.
 * @throws Failure of `openQueue`
 */
export async function enqueueCampaign(
  lock: CampaignLock,
  { queue: url, again = false }: EnqueueOptions,
  { listener, redactor }: Pick<CommandContext, 'listener' | 'redactor'>,
): Promise<void> {
  await withQueue({ url, auxipRoot: lock.site.auxipRoot, redactor }, async (queue) => {
    const { campaign } = lock;
    if (again) await forgetStates(queue.redis, campaign);
    // Bodies of answers and the matrix stay with the report.
    const answers = lock.answers.map((answer) => ({ ...answer, path: undefined }));
    await storePlan(queue.redis, { ...lock, answers, matrix: undefined });
    const verified = await verifiedIds(queue.redis, campaign);
    const wanted = lock.files.filter(({ id }) => !verified.has(id));
    const jobs = wanted.flatMap((file) => jobOf(campaign, file) ?? []);
    await addJobs(queue, jobs);
    for (const { id, problem, path: place } of wanted)
      if (place === undefined) await settleFile(queue.redis, campaign, { id, state: 'failed', problem });
    const known = verified.size > 0 ? `; ${verified.size} are verified already` : '';
    listener({
      type: 'note',
      text: `${jobs.length} files of campaign ${campaign} are queued at ${queue.address}${known}`,
    });
  });
}

export async function addJobs(
  { jobs: queue }: Pick<TransferQueue, 'jobs'>,
  jobs: readonly TransferJob[],
): Promise<void> {
  for (const group of inGroups(jobs, BATCH))
    await queue.addBulk(group.map((data) => ({ name: 'file', data, opts: { jobId: jobIdOf(data) } })));
}

/** BullMQ takes no colon. */
export const jobIdOf = ({ campaign, id }: Pick<TransferJob, 'campaign' | 'id'>): string => `${campaign}__${id}`;

/** Undefined for what the catalogue has no entry of. */
export function jobOf(campaign: string, file: LockedFile): TransferJob | undefined {
  const { id, name, path: place, bytes, md5, publicationDate } = file;
  if (place === undefined || bytes === undefined || publicationDate === undefined) return undefined;
  const entry = { name: path.posix.basename(place), contentLength: bytes, md5, publicationDate };
  return { format: QUEUE_FORMAT, campaign, id, name, entry, tries: 0 };
}
