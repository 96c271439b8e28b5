import type { Command } from 'commander';
import type { MoveLedgerOptions } from '../../cluster/ledger/move-ledger';
import { Failure } from '../../errors/errors';
import { unlessInterrupted } from '../../services/interruption';
import type { Feedback } from '../output/choose-listener';
import { withFeedback } from '../options/feedback-options';
import { QUEUE, queueOf } from '../options/queue-options';
import { siteUrlOption, withNetwork } from '../options/site-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

export function addLedger(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withNetwork(program.command('ledger')))
    .description("Copy grants of the last 8 days from this machine's ledger to a queue's (import), or back (export)")
    .argument('<import|export>')
    .option('--queue <url>', QUEUE)
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .addOption(siteUrlOption())
    .option('--accounts <file>', 'accounts (default: that of ADG_USER)')
    .action(async (direction: string, flags: MoveLedgerOptions & Feedback) => {
      if (direction !== 'import' && direction !== 'export')
        throw new Failure({
          code: 'USAGE',
          problem: `auxflow ledger takes import or export, not ${direction}.`,
          next: 'See auxflow ledger --help.',
        });
      const { moveLedger } = await import('../../cluster/ledger/move-ledger');
      const options = { ...flags, queue: queueOf(flags, terminal) };
      // What was moved is not moved again.
      const move = () => moveLedger(direction, options, contextOf(terminal, flags));
      finish(await unlessInterrupted(terminal.signal, move));
    });
}
