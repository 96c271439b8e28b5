import type { Command } from 'commander';
import type { WorkerOptions } from '../../cluster/worker/run-worker';
import { port, positiveNumber, wholeNumber } from '../arguments';
import type { Feedback } from '../output/choose-listener';
import { withFeedback } from '../options/feedback-options';
import { QUEUE, queueOf } from '../options/queue-options';
import { withPatience, withQuota } from '../options/quota-options';
import { VERBOSE } from '../options/request-options';
import { withS3 } from '../options/s3-options';
import { siteUrlOption, withNetwork } from '../options/site-options';
import { contextOf, type Finish, type Terminal } from '../terminal';

export function addWorker(program: Command, terminal: Terminal, finish: Finish): void {
  withFeedback(withS3(withPatience(withQuota(withNetwork(program.command('worker'))))))
    .description(
      'Download and verify the files of queued campaigns, and write their lists; run any number, on any machines',
    )
    .option('--queue <url>', QUEUE)
    .option('--out <folder|s3://bucket/prefix>', 'where to put campaigns, each in a folder of its own', 'downloads')
    .option('--env <name|file>', 'environment: sandbox, production, or a Postman environment file', 'sandbox')
    .addOption(siteUrlOption())
    .option('--accounts <file>', 'accounts whose quotas are used together (YAML or JSON; secrets by reference)')
    .option('--concurrency <n>', 'files to download in parallel', wholeNumber('--concurrency', 1), 5)
    .option('--metrics-port <port>', 'serve metrics for Prometheus at /metrics', port('--metrics-port'))
    .option('--metrics-host <address>', 'address that metrics are served at', '127.0.0.1')
    .option('--exit-when-done', 'exit when the queue is empty', false)
    .option(
      '--lease <seconds>',
      'a worker silent for this long loses its files (default: 30)',
      positiveNumber('--lease'),
    )
    .option('--verbose', VERBOSE, false)
    .action(async (flags: WorkerOptions & Feedback) => {
      const { runWorker } = await import('../../cluster/worker/run-worker');
      finish(await runWorker({ ...flags, queue: queueOf(flags, terminal) }, contextOf(terminal, flags)));
    });
}
