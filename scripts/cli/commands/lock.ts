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
    .description('prove offline that a folder holds what its auxflow.lock.json says')
    .option('--fail-on-empty', 'exit code 9 when the lock names no file', false)
    .option('--verbose', VERBOSE, false)
    .option('--json', 'events as JSON Lines on standard output', false)
    .action(async (place: string, flags: Feedback & { failOnEmpty: boolean }) => {
      const { verify } = await import('../../campaign/lock/verify-folder');
      finish(await verify(place, surroundingsOf(terminal, flags), flags));
    });

  program
    .command('export <folder|lock>')
    .description('write a lock for another tool; links are those of $value, which want a token')
    .addOption(new Option('--format <format>').choices(EXPORT_FORMATS).makeOptionMandatory())
    .option('--env <name|file>', 'links of this environment, in place of the site in the lock')
    .option('--site-url <url>', "in place of the environment's site_url")
    .action(async (place: string, flags: ExportOptions) => {
      const { exportLock } = await import('../../campaign/export/export-lock');
      finish(await exportLock(place, flags, terminal.out));
    });

  program.command(CHILD_VERB, { hidden: true }).action(async () => {
    const { serveParent } = await import('../../newman/serve-parent');
    await serveParent();
  });
}
