import { Option, type Command } from 'commander';
import { EXPORT_FORMATS, type ExportFormat } from '../../campaign/export/export-formats';
import type { ExportOptions } from '../../campaign/export/export-lock';
import { isOrderFormat, ORDER_FORMATS, type OrderFormat } from '../../campaign/export/order-formats';
import type { ExportOrdersOptions } from '../../campaign/processor/export-orders';
import { Failure } from '../../errors/errors';
import { unlessInterrupted } from '../../services/interruption';
import { isS3Address } from '../../target/s3-address';
import { withFeedback } from '../options/feedback-options';
import { withS3 } from '../options/s3-options';
import { siteUrlOption } from '../options/site-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

type ExportFlags = Omit<ExportOptions, 'format'> &
  Omit<ExportOrdersOptions, 'format'> &
  Feedback & { readonly format: ExportFormat | OrderFormat };

export function addExport(program: Command, terminal: Terminal, finish: Finish): void {
  withS3(withFeedback(program.command('export <folder|lock>')))
    .description(
      'Convert a lock for another tool (its links are $value URLs, which need a token; stac of s3://bucket/prefix: objects) or for a processor',
    )
    .addOption(
      new Option('--format <format>', 'output format')
        .choices([...EXPORT_FORMATS, ...ORDER_FORMATS])
        .makeOptionMandatory(),
    )
    .option('--env <name|file>', "use this environment's links instead of the lock's")
    .addOption(siteUrlOption())
    .option('--task-table <files...>', 'joborder, payload: task tables of the processors (Ipf_Task_Table XML)')
    .option('--mode <mode>', 'joborder, payload: processor mode (default: NTC if the table has it)')
    .option('--out <folder>', "joborder, payload: output folder (default: job-orders or payloads in the lock's folder)")
    .option('--inputs <folder>', 'joborder, payload: folder with Level-0 products and other inputs the services lack')
    .option(
      '--parameter <name=value>',
      "joborder, payload: processing parameter that overrides the task table's default; repeatable",
      (word: string, before: string[]) => [...before, word],
      [],
    )
    .option('--station <name>', 'joborder: processing station', '____')
    .action(async (place: string, flags: ExportFlags) => {
      finish(await exported(place, flags, terminal));
    });
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
    return exportOrders(place, { ...flags, format }, contextOf(terminal, flags));
  }
  const { exportLock } = await import('../../campaign/export/export-lock');
  return unlessInterrupted(terminal.signal, () => exportLock(place, { ...flags, format }, terminal.out));
}
