import type { Command } from 'commander';
import { withFeedback } from '../options/feedback-options';
import { withSiteOptions, type SiteFlags } from '../options/site-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

type DoctorFlags = SiteFlags & Feedback & { store: boolean };

export function addDoctor(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withSiteOptions(program.command('doctor')))
    .description(
      'Diagnose DNS, TLS, token, gateway, role, services, store and quota within ten seconds; requests one small file, which counts against the quota',
    )
    .option('--no-store', 'request no file: do not test the store, and the quota only by the local ledger')
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import('../../diagnostics/run-doctor');
      finish(await doctor(flags, contextOf(terminal, flags)));
    });
}
