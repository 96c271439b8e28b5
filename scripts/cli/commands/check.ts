import type { Command } from 'commander';
import type { Feedback } from '../output/choose-listener';
import { unlessInterrupted } from '../../services/interruption';
import { withFeedback } from '../options/feedback-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

interface CheckFlags extends Feedback {
  taskTable: string[];
  mode?: string;
  failOnEmpty: boolean;
}

export function addCheck(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(program.command('check <folder|lock>'))
    .description('Check offline which files of a campaign fill the inputs of a processor, using its own task table')
    .requiredOption('--task-table <files...>', 'task tables of the processors (Ipf_Task_Table XML)')
    .option('--mode <mode>', 'processor mode that must be complete (default: NTC if the table has it, otherwise all)')
    .option('--fail-on-empty', 'exit with 9 if the lock lists no files', false)
    .option('--verbose', 'print every input of every Level-0 product', false)
    .action(async (place: string, flags: CheckFlags) => {
      const { checkFolder } = await import('../../campaign/processor/check-folder');
      const everyProduct = flags.json || flags.verbose === true;
      const check = () => checkFolder(place, { ...flags, everyProduct }, contextOf(terminal, flags));
      finish(await unlessInterrupted(terminal.signal, check));
    });
}
