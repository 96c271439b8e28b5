/** `auxflow status`: how far a campaign has come, from Redis alone. */
import { EXIT } from '../errors/exit-codes';
import { bytes, plural } from '../lib/format';
import type { CommandContext } from '../session/context';
import { countsOf } from './queue/campaign-store';
import { withQueue } from './queue/open-queue';

export interface StatusOptions {
  readonly queue: string;
}

/**
 * Returns 0 when all files are verified or still under way, 1 when some have failed, 6 when archives could not be unpacked.
 * @throws Failure of `openQueue`, CAMPAIGN_UNKNOWN
 */
export async function status(
  campaign: string,
  { queue: url }: StatusOptions,
  { listener, redactor }: Pick<CommandContext, 'listener' | 'redactor'>,
): Promise<number> {
  return withQueue({ url, redactor }, async (queue) => {
    const counts = await countsOf(queue.redis, campaign, queue.address);
    const jobs = await queue.jobs.getJobCounts('waiting', 'active', 'delayed');
    const workers = await queue.jobs.getWorkersCount();
    const { waiting = 0, active = 0, delayed = 0 } = jobs;
    listener({ type: 'campaign-status', campaign, ...counts, queue: { waiting, active, delayed, workers } });
    const { failed, notUnpacked } = counts;
    const exitCode = failed > 0 ? EXIT.checkFailed : notUnpacked > 0 ? EXIT.integrity : EXIT.ok;
    const volume = `${bytes(counts.verifiedBytes)} of ${bytes(counts.bytes)}`;
    const archives = notUnpacked > 0 ? `, ${plural(notUnpacked, 'archive')} not unpacked` : '';
    const files = plural(counts.files, 'file');
    const sentence = `${counts.verified} of ${files} verified (${volume}), ${failed} failed${archives}.`;
    listener({ type: 'run-finished', exitCode, sentence, places: [] });
    return exitCode;
  });
}
