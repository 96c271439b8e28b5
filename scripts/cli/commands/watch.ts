import type { Command } from 'commander';
import type { NetworkOptions } from '../../services/network';
import { positiveNumber } from '../arguments';
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
    .action(async (flags: WatchFlags & { timeout: number }) => {
      const { drift } = await import('../../diagnostics/run-drift');
      finish(await drift(flags, surroundingsOf(terminal, flags)));
    });
}

function withServiceOptions(command: Command): Command {
  return withNetwork(command)
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .option('--site-url <url>', "in place of the environment's site_url")
    .option('--json', 'events as JSON Lines on standard output', false);
}
