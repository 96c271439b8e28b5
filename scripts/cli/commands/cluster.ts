import type { Command } from 'commander';
import type { StatusOptions } from '../../cluster/status';
import type { WorkerOptions } from '../../cluster/worker/run-worker';
import type { MoveLedgerOptions } from '../../cluster/ledger/move-ledger';
import { Failure } from '../../errors/errors';
import { positiveNumber, wholeNumber } from '../arguments';
import type { Feedback } from '../output/choose-listener';
import { withFeedback } from '../options/feedback-options';
import { siteUrlOption, withNetwork } from '../options/site-options';
import { withPatience, withQuota } from '../options/quota-options';
import { withS3 } from '../options/s3-options';
import { VERBOSE } from '../options/request-options';
import { surroundingsOf, type Finish, type Terminal } from '../terminal';

export const QUEUE = 'Redis server with the queue, redis://host:port/database (default: AUXFLOW_QUEUE)';

/** Campaigns of several workers (docs/scale.md). */
export function addClusterVerbs(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withS3(withPatience(withQuota(withNetwork(program.command('worker'))))))
    .description('Take files of queued campaigns, verify them, and write the lists; any number on any machines')
    .option('--queue <url>', QUEUE)
    .option('--out <folder|s3://bucket/prefix>', 'where campaigns go, each to its own place below', 'downloads')
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .addOption(siteUrlOption())
    .option('--accounts <file>', 'accounts whose quotas are used together (YAML or JSON; secrets by reference)')
    .option('--concurrency <n>', 'files at once', wholeNumber('--concurrency', 1), 5)
    .option('--metrics-port <port>', 'serve metrics for Prometheus at /metrics', wholeNumber('--metrics-port', 0))
    .option('--metrics-host <address>', 'address that metrics are served at', '127.0.0.1')
    .option('--exit-when-done', 'end when the queue is empty', false)
    .option(
      '--lease <seconds>',
      'a worker silent for this long loses its files (default: 30)',
      positiveNumber('--lease'),
    )
    .option('--verbose', VERBOSE, false)
    .action(async (flags: WorkerOptions & Feedback) => {
      const { runWorker } = await import('../../cluster/worker/run-worker');
      finish(await runWorker({ ...flags, queue: queueOf(flags, terminal) }, surroundingsOf(terminal, flags)));
    });

  withFeedback(withNetwork(program.command('ledger')))
    .description("Take grants of the last 8 days from this machine's ledger to a queue's (import), or back (export)")
    .argument('<import|export>')
    .option('--queue <url>', QUEUE)
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .addOption(siteUrlOption())
    .option('--accounts <file>', 'accounts (default: that of ADG_USER)')
    .action(async (direction: string, flags: MoveLedgerOptions & Feedback) => {
      if (direction !== 'import' && direction !== 'export')
        throw new Failure({ code: 'USAGE', problem: `auxflow ledger knows import and export, not ${direction}.` });
      const { moveLedger } = await import('../../cluster/ledger/move-ledger');
      const options = { ...flags, queue: queueOf(flags, terminal) };
      finish(await moveLedger(direction, options, surroundingsOf(terminal, flags)));
    });

  withFeedback(program.command('status <campaign>'))
    .description('Show how far a queued campaign has come')
    .option('--queue <url>', QUEUE)
    .action(async (campaign: string, flags: StatusOptions & Feedback) => {
      const { status } = await import('../../cluster/status');
      finish(await status(campaign, { queue: queueOf(flags, terminal) }, surroundingsOf(terminal, flags)));
    });
}

/** Not an argument where others may read it: the URL may have a password. */
export function queueOf(
  { queue }: { readonly queue?: string },
  { environment }: Pick<Terminal, 'environment'>,
): string {
  return queue ?? environment.AUXFLOW_QUEUE ?? '';
}
