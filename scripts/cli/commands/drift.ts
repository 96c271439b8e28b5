import type { Command } from 'commander';
import { positiveNumber } from '../arguments';
import { withFeedback } from '../options/feedback-options';
import { withSiteOptions, type SiteFlags } from '../options/site-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

type DriftFlags = SiteFlags & Feedback & { timeout: number; recorded?: string };

export function addDrift(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withSiteOptions(program.command('drift')))
    .description(
      'Compare $metadata and sample responses of the services with schemas/: prints a diff, exits with 1 on a change',
    )
    .option('--timeout <seconds>', 'maximum time for one response, including retries', positiveNumber('--timeout'), 60)
    .option('--recorded <folder>', 'compare the recordings in this folder (see auxflow record) instead of a site')
    .action(async (flags: DriftFlags) => {
      const { drift } = await import('../../diagnostics/run-drift');
      finish(await drift(flags, contextOf(terminal, flags)));
    });
}
