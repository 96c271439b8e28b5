/** `auxflow status`: how far a campaign has come, from Redis alone. */
import { EXIT } from '../errors/exit-codes';
import { bytes, plural } from '../lib/format';
import type { CommandContext } from '../session/context';
import { countsOf, type CampaignCounts } from './queue/campaign-store';
import type { FindingCount } from './queue/finding-counts';
import { jobCounts, withQueue } from './queue/open-queue';

export interface StatusOptions {
  readonly queue: string;
}

/**
 * Returns 0 when all files are verified or still under way, 1 when some or some baselines have failed or lack an ADF type, 6 when archives could not be unpacked.
 * @throws Failure of `openQueue`, CAMPAIGN_UNKNOWN
 */
export async function status(
  campaign: string,
  { queue: url }: StatusOptions,
  { listener, redactor, signal }: Pick<CommandContext, 'listener' | 'redactor' | 'signal'>,
): Promise<number> {
  return withQueue({ url, redactor, signal }, async (queue) => {
    const counts = await countsOf(queue.redis, campaign, queue.address);
    const jobs = await jobCounts(queue);
    const workers = await queue.jobs.getWorkersCount();
    listener({ type: 'campaign-status', campaign, ...counts, queue: { ...jobs, workers } });
    const exitCode = exitCodeOf(counts);
    listener({ type: 'run-finished', exitCode, sentence: sentenceOf(counts), places: [] });
    return exitCode;
  });
}

function exitCodeOf({ failed, notUnpacked, baselines, findings }: CampaignCounts): number {
  if (failed > 0 || findings.length > 0 || (baselines?.failed ?? 0) > 0) return EXIT.checkFailed;
  return notUnpacked > 0 ? EXIT.integrity : EXIT.ok;
}

function sentenceOf({
  files,
  verified,
  verifiedBytes,
  bytes: all,
  failed,
  notUnpacked,
  baselines,
  findings,
}: CampaignCounts): string {
  const volume = `${bytes(verifiedBytes)} of ${bytes(all)}`;
  const archives = notUnpacked > 0 ? `, ${plural(notUnpacked, 'archive')} not unpacked` : '';
  const calls = baselines
    ? `; ${baselines.answered} of ${plural(baselines.calls, 'baseline call')} answered, ${baselines.failed} with an error`
    : '';
  return `${verified} of ${plural(files, 'file')} verified (${volume}), ${failed} failed${archives}${calls}${lackingWords(findings)}.`;
}

/** Products without any file lack no type by name, and products that were left out have no baseline. */
function lackingWords(findings: CampaignCounts['findings']): string {
  const types = new Set(findings.flatMap(({ type }) => type ?? [])).size;
  const level0 = (code: FindingCount['code']): number =>
    findings.reduce((sum, finding) => sum + (finding.code === code ? finding.level0 : 0), 0);
  const [empty, leftOut] = [level0('BASELINE_WITHOUT_FILES'), level0('L0_LEFT_OUT')];
  return [
    types > 0 ? `; baselines are incomplete or wrong in ${plural(types, 'ADF type')}` : '',
    empty > 0 ? `; ${plural(empty, 'baseline')} without any file` : '',
    leftOut > 0 ? `; ${plural(leftOut, 'Level-0 product')} left out` : '',
  ].join('');
}
