import { Option, type Command } from 'commander';
import { EXPORT_FORMATS } from '../../campaign/export/export-formats';
import type { ExportOptions } from '../../campaign/export/export-lock';
import { CHILD_VERB } from '../../newman/child-messages';
import type { Feedback } from '../output/choose-listener';
import { VERBOSE } from './request-options';
import { surroundingsOf, type Finish, type Terminal } from './terminal';

/** What needs a lock and no service; and the verb that no user types. */
export function addLockVerbs(program: Command, terminal: Terminal, finish: Finish): void {
  program
    .command('verify <folder|lock>')
    .description('Check offline that a folder matches its auxflow.lock.json')
    .option('--fail-on-empty', 'exit with 9 if the lock lists no files', false)
    .option('--verbose', VERBOSE, false)
    .option('--json', 'write events to standard output as JSON Lines', false)
    .action(async (place: string, flags: Feedback & { failOnEmpty: boolean }) => {
      const { verify } = await import('../../campaign/lock/verify-folder');
      finish(await verify(place, surroundingsOf(terminal, flags), flags));
    });

  program
    .command('export <folder|lock>')
    .description('Convert a lock for another tool; its links are $value URLs, which need a token')
    .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).makeOptionMandatory())
    .option('--env <name|file>', "use this environment's links instead of the lock's")
    .option('--site-url <url>', "override the environment's site_url")
    .action(async (place: string, flags: ExportOptions) => {
      const { exportLock } = await import('../../campaign/export/export-lock');
      finish(await exportLock(place, flags, terminal.out));
    });

  program.command(CHILD_VERB, { hidden: true }).action(async () => {
    const { runNewmanWorker } = await import('../../newman/newman-worker');
    await runNewmanWorker();
  });
}
