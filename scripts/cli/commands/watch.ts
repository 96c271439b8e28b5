import type { Command } from 'commander';
import type { RecordOptions } from '../../diagnostics/run-record';
import { positiveNumber, wholeNumber } from '../arguments';
import type { Feedback } from '../output/choose-listener';
import { withFeedback } from './feedback-options';
import { withSiteOptions, type SiteFlags } from './site-options';
import { surroundingsOf, type Finish, type Terminal } from './terminal';

type WatchFlags = SiteFlags & Feedback;

/** Verbs that look at the services and ask for nothing. */
export function addWatchVerbs(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withSiteOptions(program.command('doctor')))
    .description(
      'Diagnose DNS, TLS, token, gateway, role, services, store and quota within ten seconds; requests one small file, which counts against the quota',
    )
    .option('--no-store', 'request no file: skips the store and, of the quota, all but the local ledger')
    .action(async (flags: WatchFlags & { store: boolean }) => {
      const { doctor } = await import('../../diagnostics/run-doctor');
      finish(await doctor(flags, surroundingsOf(terminal, flags)));
    });

  withFeedback(withSiteOptions(program.command('drift')))
    .description(
      'Compare $metadata and sample responses of the services with schemas/: prints a diff, exits with 1 on a change',
    )
    .option('--timeout <seconds>', 'maximum time for one response, including retries', positiveNumber('--timeout'), 60)
    .option('--recorded <folder>', 'compare the recordings in this folder (see auxflow record) instead of a site')
    .action(async (flags: WatchFlags & { timeout: number; recorded?: string }) => {
      const { drift } = await import('../../diagnostics/run-drift');
      finish(await drift(flags, surroundingsOf(terminal, flags)));
    });

  withFeedback(withSiteOptions(program.command('record')))
    .description(
      'Record responses of the services to some fifty harmless requests, without secrets, for `npm run fidelity` and `drift --recorded`',
    )
    .requiredOption('--out <folder>', 'folder for rdb.json, auxip.json and reprocessing.json')
    .option('--pace <n>', 'maximum requests per second (default: 5, no limit on a sandbox)', wholeNumber('--pace', 1))
    .option('--timeout <seconds>', 'maximum time for one response', positiveNumber('--timeout'), 60)
    .option('--intrusive', 'also send requests that burden a real service: counts, exceptions', false)
    .option('--value', 'also request the location of the smallest file, which counts against the quota', false)
    .action(async (flags: WatchFlags & Omit<RecordOptions, 'env'>) => {
      const { record } = await import('../../diagnostics/run-record');
      finish(await record(flags, surroundingsOf(terminal, flags)));
    });
}
