import type { Command } from 'commander';
import type { NetworkOptions } from '../../services/network';
import type { RecordOptions } from '../../diagnostics/run-record';
import { positiveNumber, wholeNumber } from '../arguments';
import { withNetwork } from './network-options';
import { surroundingsOf, type Finish, type Terminal } from './terminal';

interface WatchFlags extends NetworkOptions {
  env: string;
  siteUrl?: string;
  allowInsecure: boolean;
  json: boolean;
}

/** Verbs that look at the services and ask for nothing. */
export function addWatchVerbs(program: Command, terminal: Terminal, finish: Finish): void {
  withServiceOptions(program.command('doctor'))
    .description(
      'which of DNS, TLS, token, gateway, role, services, store and quota is unwell, in ten seconds; asks for one small file, which is charged to the quota',
    )
    .option('--no-store', 'ask for no file: leaves out the store, and of the quota all but the local ledger')
    .action(async (flags: WatchFlags & { store: boolean }) => {
      const { doctor } = await import('../../diagnostics/run-doctor');
      finish(await doctor(flags, surroundingsOf(terminal, flags)));
    });

  withServiceOptions(program.command('drift'))
    .description(
      'what $metadata and sample answers of the services say, against schemas/: a diff, and exit code 1 on change',
    )
    .option('--timeout <seconds>', 'that one answer may take, with all attempts', positiveNumber('--timeout'), 60)
    .option('--recorded <folder>', 'look at the pairs of a folder that `auxflow record` wrote, not at the site')
    .action(async (flags: WatchFlags & { timeout: number; recorded?: string }) => {
      const { drift } = await import('../../diagnostics/run-drift');
      finish(await drift(flags, surroundingsOf(terminal, flags)));
    });

  withServiceOptions(program.command('record'))
    .description(
      'answers of the services to some fifty harmless requests, without secrets, for `npm run fidelity` and `drift --recorded`',
    )
    .requiredOption('--out <folder>', 'where the pairs go: rdb.json, auxip.json, reprocessing.json')
    .option('--pace <n>', 'requests per second at most (5; no limit on a sandbox)', wholeNumber('--pace', 1))
    .option('--timeout <seconds>', 'that one answer may take', positiveNumber('--timeout'), 60)
    .option('--intrusive', 'ask also what costs a real service something: counts, exceptions', false)
    .option('--value', 'ask also where the smallest file is: one file is charged to the quota', false)
    .action(async (flags: WatchFlags & Omit<RecordOptions, 'env'>) => {
      const { record } = await import('../../diagnostics/run-record');
      finish(await record(flags, surroundingsOf(terminal, flags)));
    });
}

function withServiceOptions(command: Command): Command {
  return withNetwork(command)
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .option('--site-url <url>', "in place of the environment's site_url")
    .option('--json', 'events as JSON Lines on standard output', false);
}
