/** What the selection rules are tried on: `selection_samples`, and how each is asked for. */
import type { Scope } from '../scope';
import { parseCompactTime } from '../../../sentinel/time';

export interface Sample {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  /** Name of a Level-0 product, or `start/stop` of an interval. */
  readonly what: string;
  /** Epoch milliseconds: of the data take, which the name of a Sentinel-2 product does not say (rdb.md#level-0-names). */
  readonly time?: number;
}

/** `S3OLCI A L2LFR <name>`, separated by `;`; after the name of a Sentinel-2 product the time of its data take. */
export function samplesOf(scope: Scope): readonly Sample[] {
  return linesOf('selection_samples', scope);
}

/** The samples in a variable. */
export function linesOf(variable: string, scope: Scope): readonly Sample[] {
  const lines = scope.value(variable).split(';');
  return lines.flatMap((line) => {
    const [mission = '', unit = '', productType = '', what = '', time = ''] = line.trim().split(/\s+/);
    return what === '' ? [] : [{ mission, unit, productType, what, time: parseCompactTime(time) }];
  });
}

/** The arguments of its baseline. */
export function callOf({ mission, unit, productType, what }: Sample): string {
  const [start = '', stop] = what.split('/');
  const products = stop === undefined ? `l0_names='${start}'` : `start=${start},stop=${stop}`;
  return `${products},mission='${mission}',unit='${unit}',product_type='${productType}'`;
}

/** In the names of tests. */
export function titleOf({ mission, unit, productType, what }: Sample): string {
  return `${mission} ${unit} ${productType} ${what}`;
}

/** Samples before this one of the same products and satellite, for another product type, with their places. */
export function twinsOf(
  samples: readonly Sample[],
  place: number,
): readonly { readonly sample: Sample; readonly place: number }[] {
  const { mission, unit, what } = samples[place] ?? { mission: '', unit: '', what: '' };
  return samples.slice(0, place).flatMap((sample, index) => {
    const isTwin = sample.mission === mission && sample.unit === unit && sample.what === what;
    return isTwin ? [{ sample, place: index }] : [];
  });
}
