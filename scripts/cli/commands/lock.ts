import { Option, type Command } from 'commander';
import { EXPORT_FORMATS, type ExportFormat } from '../../campaign/export/export-formats';
import type { ExportOptions } from '../../campaign/export/export-lock';
import { isOrderFormat, ORDER_FORMATS, type OrderFormat } from '../../campaign/export/order-formats';
import type { ExportOrdersOptions } from '../../campaign/processor/export-orders';
import { CHILD_VERB } from '../../newman/child-messages';
import type { Feedback } from '../output/choose-listener';
import { unlessInterrupted } from '../../services/interruption';
import { siteUrlOption } from './site-options';
import { withFeedback } from './feedback-options';
import { Failure } from '../../errors/errors';
import { withSignalsAsUsualThroughout } from '../../errors/signals-as-usual';
import { isS3Address } from '../../target/s3-address';
import type { S3Options } from '../../target/s3-client';
import { withS3 } from './s3-options';
import { VERBOSE } from './request-options';
import { surroundingsOf, type Finish, type Terminal } from './terminal';

type ExportFlags = Omit<ExportOptions, 'format'> &
  Omit<ExportOrdersOptions, 'format'> &
  Feedback & { readonly format: ExportFormat | OrderFormat };

type VerifyFlags = Feedback & S3Options & { readonly failOnEmpty: boolean; readonly deep: boolean };

/** What needs a lock and no service; and the verb that no user types. */
export function addLockVerbs(program: Command, terminal: Terminal, finish: Finish): void {
  withS3(withFeedback(program.command('verify <folder|lock>')))
    .description('Check offline that a folder, or objects below s3://bucket/prefix, match their auxflow.lock.json')
    .option('--deep', 's3://: read every object instead of relying on the stored checksums', false)
    .option('--fail-on-empty', 'exit with 9 if the lock lists no files', false)
    .option('--verbose', VERBOSE, false)
    .action(async (place: string, flags: VerifyFlags) => {
      finish(await unlessInterrupted(terminal.signal, () => verified(place, flags, terminal)));
    });

  withS3(withFeedback(program.command('export <folder|lock>')))
    .description(
      'Convert a lock for another tool (its links are $value URLs, which need a token; stac of s3://bucket/prefix: objects) or for a processor',
    )
    .addOption(new Option('--format <format>').choices([...EXPORT_FORMATS, ...ORDER_FORMATS]).makeOptionMandatory())
    .option('--env <name|file>', "use this environment's links instead of the lock's")
    .addOption(siteUrlOption())
    .option('--task-table <files...>', 'joborder, payload: task tables of the processors (Ipf_Task_Table XML)')
    .option('--mode <mode>', 'joborder, payload: processor mode (default: NTC if the table has it)')
    .option('--out <folder>', "joborder, payload: output folder (default: job-orders or payloads in the lock's folder)")
    .option('--inputs <folder>', 'joborder, payload: folder with Level-0 products and other inputs the services lack')
    .option('--station <name>', 'joborder: processing station', '____')
    .action(async (place: string, flags: ExportFlags) => {
      finish(await exported(place, flags, terminal));
    });

  withFeedback(program.command('diff <old> <new>'))
    .description(
      'what became other between two campaigns (folders or locks): files by ADF type, Level-0 products, hence what is stale; offline',
    )
    .action(async (old: string, now: string, flags: Feedback) => {
      const { diff } = await import('../../campaign/history/run-diff');
      finish(await unlessInterrupted(terminal.signal, () => diff(old, now, surroundingsOf(terminal, flags))));
    });

  withFeedback(program.command('impact <folders|locks...>'))
    .description('which Level-0 products of these campaigns used an auxiliary file; offline')
    .requiredOption('--adf <names...>', 'names of auxiliary files, with or without extension')
    .action(async (places: string[], flags: Feedback & { adf: string[] }) => {
      const { impact } = await import('../../campaign/history/run-impact');
      finish(await unlessInterrupted(terminal.signal, () => impact(places, flags, surroundingsOf(terminal, flags))));
    });

  program
    .command('report <folder>')
    .description('write the pages of a report folder again from what was saved in it, offline')
    .action(async (folder: string) => {
      const { rebuildReport } = await import('../rebuild-report');
      // Nothing is asked and the old pages stay: large reports need not be waited for.
      finish(await withSignalsAsUsualThroughout(() => rebuildReport(folder, terminal.out)));
    });

  program.command(CHILD_VERB, { hidden: true }).action(async () => {
    const { runNewmanWorker } = await import('../../newman/newman-worker');
    await runNewmanWorker();
  });
}

async function verified(place: string, flags: VerifyFlags, terminal: Terminal): Promise<number> {
  const surroundings = surroundingsOf(terminal, flags);
  if (!isS3Address(place)) {
    const { verify } = await import('../../campaign/lock/verify-folder');
    return verify(place, surroundings, flags);
  }
  const { openS3 } = await import('../../target/open-s3');
  const { verifyObjects } = await import('../../campaign/lock/verify-objects');
  return verifyObjects(await openS3(place, flags, false), surroundings, flags);
}

async function exported(place: string, flags: ExportFlags, terminal: Terminal): Promise<number> {
  const { format } = flags;
  if (isOrderFormat(format) && isS3Address(place))
    throw new Failure({
      code: 'USAGE',
      problem: `${format} needs files in a folder: processors read paths, not objects.`,
      next: 'Download the objects first, for instance with auxflow fetch --frozen and their lock.',
    });
  if (isOrderFormat(format)) {
    const { exportOrders } = await import('../../campaign/processor/export-orders');
    return exportOrders(place, { ...flags, format }, surroundingsOf(terminal, flags));
  }
  const { exportLock } = await import('../../campaign/export/export-lock');
  return unlessInterrupted(terminal.signal, () => exportLock(place, { ...flags, format }, terminal.out));
}
