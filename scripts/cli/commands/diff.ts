import type { Command } from 'commander';
import { unlessInterrupted } from '../../services/interruption';
import { withFeedback } from '../options/feedback-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

export function addDiff(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(program.command('diff <old> <new>'))
    .description(
      'Compare two campaigns (folders or locks) offline: changed files by ADF type, and Level-0 products to process again',
    )
    .action(async (old: string, now: string, flags: Feedback) => {
      const { diff } = await import('../../campaign/history/run-diff');
      finish(await unlessInterrupted(terminal.signal, () => diff(old, now, contextOf(terminal, flags))));
    });
}
