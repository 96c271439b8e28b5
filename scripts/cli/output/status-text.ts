import pc from 'picocolors';
import { bytes, plural } from '../../lib/format';
import type { CampaignStatus } from '../../session/run-events';

/** A campaign of several workers in a few lines. */
export function statusLines({ campaign, queue, ...counts }: CampaignStatus): string[] {
  const { files, verified, failed, verifiedBytes, findings } = counts;
  const share = files === 0 ? 100 : Math.floor((100 * verified) / files);
  return [
    `${pc.bold(campaign)} ${share} %`,
    `  ${plural(verified, 'file')} verified (${bytes(verifiedBytes)}), ${failed} failed, ${files - verified - failed} wanted`,
    `  queue: ${queue.active} under way, ${queue.waiting} waiting, ${queue.delayed} for later, ${plural(queue.workers, 'worker')}`,
    ...findings.map(
      ({ code, type, level0 }) =>
        `  ${pc.red('✗')} ${[code, type].filter(Boolean).join(' ')}: ${plural(level0, 'Level-0 product')}`,
    ),
  ];
}
