import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure, type AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { inTarget } from '../../errors/target-failure';
import { createBreath } from '../../lib/breathe';
import { makePath } from '../../lib/ensure-folder';
import { plural } from '../../lib/format';
import { inGroups } from '../../lib/in-groups';
import { writeWhole } from '../../lib/write-file-atomic';
import { jobOrderForm, jobOrderXml, type JobOrderForm } from '../../processor/job-order';
import type { CampaignBaselines } from '../../processor/judge-campaign';
import type { Order, OrderPlaces } from '../../processor/order';
import { payloadYaml } from '../../processor/payload';
import { readTaskTable } from '../../processor/read-task-table';
import { decidingModes, titleOf, type TaskTable } from '../../processor/task-table';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { displayPath } from '../../session/display-path';
import type { OrderFormat } from '../export/order-formats';
import { emptyErrors, INCOMPLETE, lockAt } from '../lock/find-lock';
import { tableNotes } from './check-folder';
import { checkParameters, givenParameters, parameterNotes, withParameters } from './given-parameters';
import { lockedCampaign } from './locked-campaign';
import { ordersByBaseline, ordersByTable, type MadeOrder, type Orders, type PlacesOf } from './make-orders';
import { expectedProducts, presentProducts } from './product-folder';

export interface ExportOrdersOptions {
  readonly format: OrderFormat;
  readonly taskTable?: readonly string[];
  readonly mode?: string;
  /** Default: `job-orders` or `payloads` in the folder of the campaign. */
  readonly out?: string;
  /** Folder of products that the services do not have. */
  readonly inputs?: string;
  readonly station: string;
  /** Dynamic processing parameters, `name=value`, in place of the defaults of the tables. */
  readonly parameter?: readonly string[];
}

/**
 * Writes what starts a processor, a file for each Level-0 product that has all it needs. Returns the exit code: 1 where one has not.
 * @throws Failure LOCK_MISSING, LOCK_BROKEN, FILE_UNREADABLE, FILE_MALFORMED, USAGE, TARGET_UNWRITABLE, DISK_FULL, INTERRUPTED
 */
export async function exportOrders(
  place: string,
  options: ExportOrdersOptions,
  context: CommandContext,
): Promise<number> {
  const { listener } = context;
  const { lock, file } = await lockAt(place);
  if (!lock.complete) listener({ type: 'note', text: INCOMPLETE });
  const folder = path.dirname(file);
  const campaign = await lockedCampaign(lock, folder);
  const out = path.resolve(options.out ?? path.join(folder, FOLDERS[options.format]));
  const placesOf = await placesFor(options, folder);
  const errors: AuxflowError[] = emptyErrors(lock, false);
  let written = 0;
  for (const { name, orders } of await sourcesOf(campaign, options, context)) {
    const target = path.join(out, name);
    const made = orders(placesOf(target));
    written += await writeOrders(made, target, { ...options, form: jobOrderForm(campaign.request.mission) }, context);
    errors.push(...made.errors());
  }
  const breathe = createBreath();
  for (const error of errors) {
    throwIfInterrupted(context.signal);
    listener({ type: 'finding', error });
    await breathe();
  }
  const exitCode = exitCodeOf(errors);
  if (written > 0 && options.inputs === undefined)
    listener({
      type: 'note',
      text: `Level-0 products, and inputs that the services do not have, are expected in ${expectedFolder(folder)}; --inputs names another folder, and looks there`,
    });
  const places = [{ what: 'orders', where: displayPath(out) }];
  listener({ type: 'run-finished', exitCode, sentence: sentenceOf(written, options), places });
  return exitCode;
}

const FOLDERS: Readonly<Record<OrderFormat, string>> = { joborder: 'job-orders', payload: 'payloads' };

const expectedFolder = (folder: string): string => path.join(folder, 'inputs');

function sentenceOf(written: number, { format }: ExportOrdersOptions): string {
  return format === 'joborder' ? `${plural(written, 'job order')} written.` : `${plural(written, 'payload')} written.`;
}

/** Orders of one table, or of the baselines themselves, and the folder that they go to. */
interface Source {
  readonly name: string;
  readonly orders: (placesOf: PlacesOf) => Orders;
}

async function sourcesOf(
  campaign: CampaignBaselines,
  { format, taskTable = [], mode, parameter }: ExportOrdersOptions,
  { listener }: CommandContext,
): Promise<readonly Source[]> {
  if (taskTable.length === 0 && format === 'joborder')
    throw new Failure({
      ...{ code: 'USAGE', problem: 'A job order needs the task table of its processor.' },
      next: 'Name it with --task-table.',
    });
  if (taskTable.length === 0) return [{ name: '', orders: (placesOf) => ordersByBaseline(campaign, placesOf) }];
  const given = givenParameters(parameter);
  const read = await Promise.all(taskTable.map(readTaskTable));
  checkParameters(
    read.map(({ table }) => table),
    given,
  );
  return read.map(({ table: original, notes }) => {
    const table = withParameters(original, given);
    const chosen = modeOf(table, mode);
    for (const note of [...notes, ...tableNotes(table, campaign, chosen), ...parameterNotes(table, given, chosen)])
      listener({ type: 'note', text: `${titleOf(table)}: ${note}` });
    // A name of dots alone would lead out of the folder.
    const name = titleOf(table)
      .replaceAll(/[^\w.-]+/g, '_')
      .replace(/^\.+/, '_');
    return { name, orders: (placesOf) => ordersByTable(table, chosen, campaign, placesOf) };
  });
}

/** A processor runs in one mode. @throws Failure USAGE where the table has several, and none that decides */
function modeOf(table: TaskTable, asked: string | undefined): string {
  const [mode = '', ...others] = decidingModes(table, asked?.toUpperCase());
  if (others.length === 0) return mode;
  throw new Failure({
    ...{ code: 'USAGE', problem: `${titleOf(table)} runs in one of the modes ${[mode, ...others].join(', ')}.` },
    next: 'Choose one with --mode.',
  });
}

async function placesFor(
  { inputs }: ExportOrdersOptions,
  folder: string,
): Promise<(target: string) => (id: string) => OrderPlaces> {
  const products =
    inputs === undefined ? expectedProducts(expectedFolder(folder)) : await presentProducts(path.resolve(inputs));
  return (target) => (id) => ({ ...products, workingFolder: path.join(target, id) });
}

type WriteOptions = Pick<ExportOrdersOptions, 'format' | 'station'> & { readonly form: JobOrderForm };

/** Each waits for the disk by itself. */
const ORDERS_AT_ONCE = 32;

/** An order that an earlier export wrote, and that cannot be made any more, is taken away. @returns how many were written */
async function writeOrders(
  { made }: Orders,
  target: string,
  options: WriteOptions,
  { signal }: CommandContext,
): Promise<number> {
  let written = 0;
  await inTarget(target, async () => {
    await makePath(target);
    for (const group of inGroups(made(), ORDERS_AT_ONCE)) {
      throwIfInterrupted(signal);
      const results = await Promise.allSettled(group.map((item) => writeOrder(item, target, options)));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      written += group.filter(({ order }) => order !== undefined).length;
    }
  });
  return written;
}

async function writeOrder({ id, order }: MadeOrder, target: string, options: WriteOptions): Promise<void> {
  const file = path.join(target, options.format === 'joborder' ? `JobOrder.${id}.xml` : `${id}.payload.yaml`);
  if (!order) return rm(file, { force: true });
  await makePath(path.join(target, id));
  await writeWhole(file, [textOf(order, options)]);
}

function textOf(order: Order, { format, station, form }: WriteOptions): string {
  return format === 'joborder' ? jobOrderXml(order, { station, form }) : payloadYaml(order);
}
