import type { Command } from 'commander';
import type { RecordOptions } from '../../diagnostics/run-record';
import { positiveNumber, wholeNumber } from '../arguments';
import { withFeedback } from '../options/feedback-options';
import { withSiteOptions, type SiteFlags } from '../options/site-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

type RecordFlags = SiteFlags & Feedback & Omit<RecordOptions, 'env'>;

export function addRecord(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withSiteOptions(program.command('record')))
    .description(
      'Record responses of the services to some fifty harmless requests, without secrets, for `npm run fidelity` and `drift --recorded`',
    )
    .requiredOption('--out <folder>', 'folder for rdb.json, auxip.json and reprocessing.json')
    .option('--pace <n>', 'maximum requests per second (default: 5, no limit on a sandbox)', wholeNumber('--pace', 1))
    .option('--timeout <seconds>', 'maximum time for one response', positiveNumber('--timeout'), 60)
    .option('--intrusive', 'also send requests that burden a real service: counts, exceptions', false)
    .option('--value', 'also request the location of the smallest file, which counts against the quota', false)
    .action(async (flags: RecordFlags) => {
      const { record } = await import('../../diagnostics/run-record');
      finish(await record(flags, contextOf(terminal, flags)));
    });
}
