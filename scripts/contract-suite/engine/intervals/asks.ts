/** What is asked about the products of an interval, one request after the other. */
import { withoutExtension } from '../../../sentinel/level0-name';
import { DAY, SECOND } from '../../../sentinel/time';
import { shuffled } from '../draw';
import { seedOf } from '../sample-draw';
import type { Scope } from '../scope';
import { callOf, samplesOf, type Sample } from '../selection/samples';
import { stamp } from '../selection/steps';
import { neighbourNames, type TimedProduct } from './neighbours';
import { exactTimes, knownProducts, wholeOf, type Interval } from './sample-times';

export type Ask =
  /** Another interval: a part of the whole, or one that reaches beyond it. */
  | { readonly is: 'part'; readonly start: number; readonly stop: number }
  /** Products that would be next to those that came, by parts of their names. */
  | { readonly is: 'neighbours'; readonly names: readonly string[] }
  /** A drawn product with its files, by the interval of exactly itself, and then by its name. */
  | (Interval & { readonly is: 'by-interval'; readonly product: string; readonly productType: string })
  | {
      readonly is: 'by-name';
      readonly product: string;
      /** The name as it is sent: without its last extension it is the same product (rdb.md#look-up-by-name). */
      readonly asked: string;
      readonly productType: string;
    };

/** All that follows the whole interval. */
export function asksAfter(sample: Sample, names: readonly string[], scope: Scope): readonly Ask[] {
  const known = knownProducts(scope);
  const products = names.flatMap((name): TimedProduct[] => {
    const times = exactTimes(name, known);
    return times ? [{ name, ...times }] : [];
  });
  const drawn = shuffled(products, seedOf(scope), `product of ${sample.mission} ${sample.what}`)[0];
  if (!drawn) return [];
  const whole = wholeOf(sample);
  const next = sample.mission.startsWith('S2') ? [] : neighbourNames(products, whole, seedOf(scope));
  return [
    ...partsOf(whole, products, drawn),
    ...weeksAround(sample, whole),
    ...(next.length > 0 ? [{ is: 'neighbours', names: next } as const] : []),
    ...productTypesOf(sample, scope).flatMap((productType, place): Ask[] => {
      const asked = place % 2 === 0 ? drawn.name : withoutExtension(drawn.name);
      return [
        { ...drawn, is: 'by-interval', product: drawn.name, productType },
        { ...drawn, is: 'by-name', product: drawn.name, asked, productType },
      ];
    }),
  ];
}

/** Around the drawn product: exactly it, a second less at either end; to the first and last; over a day more; halves. */
function partsOf({ start, stop }: Interval, products: readonly TimedProduct[], drawn: TimedProduct): readonly Ask[] {
  const first = Math.min(...products.map((product) => product.start));
  const last = Math.max(...products.map((product) => product.stop));
  const firstStop = Math.min(...products.map((product) => product.stop));
  return [
    { start: drawn.start, stop: drawn.stop },
    { start: first, stop: last },
    { start: drawn.start + SECOND, stop },
    { start, stop: drawn.stop - SECOND },
    { start: start - DAY, stop: drawn.stop },
    { start: firstStop + SECOND, stop: stop + DAY },
  ].map((part) => ({ is: 'part', ...part }));
}

/** More than a week: only where products are few. */
function weeksAround({ mission }: Sample, { start, stop }: Interval): readonly Ask[] {
  if (mission !== 'S2MSI') return [];
  return [
    { is: 'part', start: start - 9 * DAY, stop },
    { is: 'part', start, stop: stop + 9 * DAY },
  ];
}

/** Those that the selection rules are tried on. */
function productTypesOf({ mission, unit }: Sample, scope: Scope): readonly string[] {
  const own = samplesOf(scope).filter(
    (sample) => sample.mission === mission && sample.unit === unit && hasIntervals(mission, sample.productType),
  );
  return [...new Set(own.map(({ productType }) => productType))];
}

/** Calibration products of the altimeter are not in the data base (rdb.md#empty-lists). */
const hasIntervals = (mission: string, productType: string): boolean =>
  mission !== 'S3SRAL' || !productType.includes('CAL');

/** The arguments of the baseline that is asked for; without an ask those of the whole interval. */
export function callFor(sample: Sample, ask: Ask | undefined): string {
  return callOf(ask ? sampleFor(sample, ask) : sample);
}

/** The sample with what is asked for in place of the whole interval. */
export function sampleFor(sample: Sample, ask: Ask): Sample {
  switch (ask.is) {
    case 'part':
      return { ...sample, what: intervalText(ask) };
    case 'neighbours':
      return { ...sample, what: ask.names.join(',') };
    case 'by-interval':
      return { ...sample, productType: ask.productType, what: intervalText(ask) };
    case 'by-name':
      return { ...sample, productType: ask.productType, what: ask.asked };
  }
}

const intervalText = ({ start, stop }: Interval): string => `${stamp(start)}/${stamp(stop)}`;
