/** An order without a task table: every file of a baseline, under the type in its name. Pure. */
import type { CampaignBaselines } from './judge-campaign';
import type { InputFile } from './judge-inputs';
import { groupBy } from '../lib/group-by';
import { orderFile, type Order, type OrderInput, type OrderPlaces } from './order';

export interface BaselineProduct {
  readonly name: string;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly sensing: { readonly t0: number; readonly t1: number };
  readonly fileType: string;
  /** Places in the list of files. */
  readonly files: readonly number[];
}

/** The order; or names of files that are not here: it is made from a complete set only. */
export function baselineOrder(
  { name, id, sensing, fileType, files: places }: BaselineProduct,
  { request, files: all }: Pick<CampaignBaselines, 'request' | 'files'>,
  { workingFolder, productAt, productFolder }: OrderPlaces,
): Order | readonly string[] {
  const files = places.flatMap((place) => all[place] ?? []);
  const interval = { from: sensing.t0, to: sensing.t1 };
  const product = productAt({ fileType, level0: name, interval });
  const absent = files.filter((file) => file.path === undefined).map((file) => file.name);
  if (!product) return [`${productFolder}/${name}`, ...absent];
  if (absent.length > 0) return absent;
  const { mission, productType } = request;
  const source: OrderInput = { fileType, fileNameType: 'Physical', kind: 'product', files: [product] };
  const output = { fileType: productType, fileNameType: 'Directory', path: workingFolder, isIntermediate: false };
  return {
    table: {
      processor: mission,
      version: '',
      isTest: false,
      configFiles: [],
      parameters: [],
      takesSensingTime: true,
      tasks: [],
    },
    ...{ id, sensing: interval },
    tasks: [{ name: productType, version: '', inputs: [source, ...adfInputs(files)], outputs: [output] }],
  };
}

function adfInputs(files: readonly (InputFile & { readonly type: string })[]): readonly OrderInput[] {
  return [...groupBy(files, ({ type }) => type)].map(([fileType, own]) => ({
    ...{ fileType, fileNameType: 'Physical', kind: 'adf' },
    files: own.flatMap(orderFile),
  }));
}
