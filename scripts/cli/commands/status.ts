import type { Command } from 'commander';
import type { StatusOptions } from '../../cluster/status';
import { unlessInterrupted } from '../../services/interruption';
import type { Feedback } from '../output/choose-listener';
import { withFeedback } from '../options/feedback-options';
import { QUEUE, queueOf } from '../options/queue-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

export function addStatus(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(program.command('status'))
    .description('Show the progress of a queued campaign')
    .argument('<campaign>', 'its name, as auxflow fetch --queue prints it')
    .option('--queue <url>', QUEUE)
    .action(async (campaign: string, flags: StatusOptions & Feedback) => {
      const { status } = await import('../../cluster/status');
      const queue = queueOf(flags, terminal);
      const show = () => status(campaign, { queue }, contextOf(terminal, flags));
      finish(await unlessInterrupted(terminal.signal, show));
    });
}
