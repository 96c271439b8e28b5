/** What a processor is to be started with for one Level-0 product. Pure: data in, data out. */
import path from 'node:path';
import type { JudgedInput, JudgedLevel0 } from './judge-campaign';
import type { InputFile, Interval, Obstacle } from './judge-inputs';
import { isTakenIn, type Alternative, type Task, type TaskTable } from './task-table';

export interface Order {
  readonly table: TaskTable;
  /** Without its extensions; the order is named after it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly sensing: Interval;
  readonly tasks: readonly OrderTask[];
}

export interface OrderTask {
  readonly name: string;
  readonly version: string;
  readonly inputs: readonly OrderInput[];
  readonly outputs: readonly OrderOutput[];
}

export interface OrderInput {
  readonly fileType: string;
  readonly fileNameType: string;
  readonly isSourceData?: boolean;
  /** `adf`: of the baseline; `product`: the Level-0 product, or one that the services do not have; `processor`: of an earlier task. */
  readonly kind: 'adf' | 'product' | 'processor';
  readonly files: readonly OrderFile[];
}

export interface OrderFile {
  /** Absolute. */
  readonly path: string;
  /** For which it is valid, or was sensed; absent where that is not known. */
  readonly interval?: Interval;
}

export interface OrderOutput {
  readonly fileType: string;
  readonly fileNameType: string;
  /** Absolute. */
  readonly path: string;
  readonly isIntermediate: boolean;
}

/** A mandatory input for which there is nothing. */
export interface MissingInput {
  readonly task: Task;
  readonly types: readonly string[];
  readonly mode: string;
  readonly obstacles: readonly Obstacle[];
}

export interface OrderPlaces {
  /** Where the processor works: what it makes goes there. Absolute. */
  readonly workingFolder: string;
  /** The folder of products that the services do not have. Absolute. */
  readonly productFolder: string;
  /** Where one of them lies; undefined where that was looked for and not found. */
  readonly productAt: (wanted: WantedProduct) => OrderFile | undefined;
}

/** The Level-0 product by its name; another one by its type and time. */
export interface WantedProduct {
  readonly fileType: string;
  readonly level0?: string;
  readonly interval?: Interval;
}

/** The order, or what keeps the product from having one: an order is made from a complete set only. */
export function orderFor(
  judged: JudgedLevel0,
  mode: string,
  table: TaskTable,
  id: string,
  places: OrderPlaces,
): Order | readonly MissingInput[] {
  const missing: MissingInput[] = [];
  const taken = judged.inputs.filter(({ input }) => isTakenIn(input, mode));
  const inputs = taken.map((item) => {
    const made = orderInput(item, judged, id, places);
    const { task, input } = item;
    const types = input.alternatives.map(({ fileType }) => fileType);
    if (!made && input.isMandatory)
      missing.push({ task, types, mode: input.mode, obstacles: obstaclesOf(item, places) });
    return { task, made };
  });
  if (missing.length > 0 || !judged.sensing) return missing;
  return {
    ...{ table, id, sensing: { from: judged.sensing.t0, to: judged.sensing.t1 } },
    tasks: table.tasks.map((task) => ({
      ...{ name: task.name, version: task.version },
      inputs: inputs.flatMap((item) => (item.task === task && item.made ? [item.made] : [])),
      outputs: task.outputs.map((output) => ({
        ...{
          fileType: output.fileType,
          fileNameType: output.fileNameType,
          isIntermediate: output.destination === 'PROC',
        },
        path: ownPath(output, id, places),
      })),
    })),
  };
}

function obstaclesOf({ input, verdict }: JudgedInput, { productFolder }: OrderPlaces): readonly Obstacle[] {
  if (verdict.state !== 'level0' && verdict.state !== 'elsewhere') return verdict.obstacles;
  return input.alternatives.map(({ fileType }) => ({ why: 'no-product', fileType, name: productFolder }));
}

function orderInput(
  { input, verdict }: JudgedInput,
  { level0, sensing }: JudgedLevel0,
  id: string,
  places: OrderPlaces,
): OrderInput | undefined {
  const alternative = verdict.alternative ?? input.alternatives[0];
  if (!alternative) return undefined;
  const { fileType, fileNameType, isSourceData } = alternative;
  const made = (kind: OrderInput['kind'], ...files: readonly OrderFile[]): OrderInput => ({
    ...{ fileType, fileNameType, isSourceData, kind, files },
  });
  const product = (wanted: WantedProduct): OrderInput | undefined => {
    const file = places.productAt(wanted);
    return file && made('product', file);
  };
  switch (verdict.state) {
    case 'filled':
      return made('adf', ...verdict.files.flatMap(orderFile));
    case 'level0':
      return product({ fileType, level0: level0.trim(), interval: sensing && { from: sensing.t0, to: sensing.t1 } });
    case 'elsewhere':
      return product({ fileType, interval: sensing && { from: sensing.t0, to: sensing.t1 } });
    case 'processor':
      return made('processor', { path: ownPath(alternative, id, places) });
    case 'missing':
    case 'absent':
    case 'unclear':
      return undefined;
  }
}

/** None for a file that is not here. */
export function orderFile({ path: place, validity }: InputFile): readonly OrderFile[] {
  if (place === undefined) return [];
  return [{ path: place, ...(validity && { interval: { from: validity.start, to: validity.stop } }) }];
}

/** What the processor makes: in its folder, under the file type where it has one name, and the log under that of the order. */
function ownPath(
  { fileType, fileNameType, origin }: Pick<Alternative, 'fileType' | 'fileNameType'> & { readonly origin?: string },
  id: string,
  { workingFolder }: OrderPlaces,
): string {
  if (origin === 'LOG') return path.join(workingFolder, `LOG.${id}`);
  return /^directory$/i.test(fileNameType) ? `${workingFolder}${path.sep}` : path.join(workingFolder, fileType);
}
