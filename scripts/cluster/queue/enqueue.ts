/** `auxflow fetch --queue`: what was planned becomes jobs. */
import type { CampaignLock } from '../../campaign/lock/campaign-lock';
import { unlessInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import type { Span } from '../../session/telemetry/telemetry';
import { withCampaignSpan } from '../../session/telemetry/campaign-span';
import { forgetStates, storePlan, storeTrace } from './campaign-store';
import { withQueue } from './open-queue';
import { queueFiles } from './queue-files';

export interface EnqueueOptions {
  /** Of Redis. */
  readonly queue: string;
  /** Files that are verified are looked at again. */
  readonly again?: boolean;
}

/**
 * Once per file, however often it is called: a job is named after its campaign and file. So it may be interrupted anywhere.
 * @throws Failure of `openQueue`
 */
export async function enqueueCampaign(
  lock: CampaignLock,
  { queue: url, again = false }: EnqueueOptions,
  context: Pick<CommandContext, 'listener' | 'redactor' | 'environment' | 'signal'>,
): Promise<void> {
  const { campaign } = lock;
  await withCampaignSpan(campaign, context, (span) =>
    unlessInterrupted(context.signal, () => enqueue(lock, { queue: url, again, trace: span }, context)),
  );
}

async function enqueue(
  lock: CampaignLock,
  { queue: url, again = false, trace }: EnqueueOptions & { readonly trace: Span },
  { listener, redactor, signal }: Pick<CommandContext, 'listener' | 'redactor' | 'signal'>,
): Promise<void> {
  await withQueue({ url, auxipRoot: lock.site.auxipRoot, redactor, signal }, async (queue) => {
    const { campaign } = lock;
    if (again) await forgetStates(queue.redis, campaign);
    // Bodies of answers and the matrix stay with the report.
    const answers = lock.answers.map((answer) => ({ ...answer, path: undefined }));
    await storePlan(queue.redis, { ...lock, answers, matrix: undefined });
    await storeTrace(queue.redis, campaign, trace.reference);
    trace.set({ 'auxflow.files': lock.files.length, 'auxflow.level0': lock.level0.length });
    const { queued, verified } = await queueFiles(queue, campaign, lock.files);
    const known = verified > 0 ? `; ${verified} are verified already` : '';
    listener({
      type: 'note',
      text: `${queued} files of campaign ${campaign} are queued at ${queue.address}${known}`,
    });
  });
}
