/**
 * Products that ought to be there: an instrument cuts its data into products of one length, one after the other. Where a row of them
 * begins or ends, the next one is asked for by name, with the second at which it would begin; the service goes by a part of a name
 * (rdb.md#look-up-by-name). What it finds so, an interval must have as well.
 */
import { withSensingTimes } from '../../../sentinel/level0-name';
import { formatCompactTime, SECOND } from '../../../sentinel/time';
import { shuffled } from '../draw';
import type { Interval } from './sample-times';

export interface TimedProduct extends Interval {
  readonly name: string;
}

/** Ends of rows that are looked at, beside the first and the last. */
const MAX_ENDS = 4;

/** Products do not begin to the second where the one before says. */
const NEAR = [0, -1, 1, -2, 2];

/** Parts of names, each complete up to a second at which a product would begin. None where fewer than three products came. */
export function neighbourNames(products: readonly TimedProduct[], whole: Interval, seed: string): readonly string[] {
  const sorted = [...products].sort((a, b) => a.start - b.start);
  const gaps = sorted.slice(1).map(({ start }, place) => start - (sorted[place]?.start ?? start));
  const step = mostFrequent(gaps);
  if (step === undefined) return [];
  const starts = new Set(sorted.map(({ start }) => start));
  const isThere = (time: number): boolean => NEAR.some((by) => starts.has(time + by * SECOND));
  const ends = shuffled(sorted, seed, 'neighbours').flatMap((product) =>
    [product.start - step, product.start + step].flatMap((time) => {
      const length = product.stop - product.start + 5 * SECOND;
      const isInside = time - 5 * SECOND >= whole.start && time + length <= whole.stop;
      return isInside && !isThere(time) ? [{ product, time, rarity: rarityOf(time, sorted, gaps, step) }] : [];
    }),
  );
  const rarest = ends.sort((a, b) => a.rarity - b.rarity).slice(0, MAX_ENDS);
  return rarest.flatMap(({ product, time }) => NEAR.map((by) => partOf(product, time + by * SECOND)));
}

/** How often a gap as long as the one at this time occurs; 0 before the first product and behind the last. */
function rarityOf(time: number, sorted: readonly TimedProduct[], gaps: readonly number[], step: number): number {
  const after = sorted.findIndex(({ start }) => start > time);
  if (after < 1) return 0;
  const own = gaps[after - 1] ?? 0;
  return gaps.filter((gap) => Math.abs(gap - own) < step / 2).length;
}

function mostFrequent(gaps: readonly number[]): number | undefined {
  const positive = gaps.filter((gap) => gap > 0);
  const countOf = (gap: number): number => positive.filter((another) => another === gap).length;
  const [first] = positive.toSorted((a, b) => countOf(b) - countOf(a));
  return first !== undefined && countOf(first) > 1 ? first : undefined;
}

/**
 * The name up to the end of its first time; the second one stands where the service reads it, but behind a dot, so that it is taken for an
 * extension and not searched for.
 */
function partOf({ name, start, stop }: TimedProduct, time: number): string {
  const [stem = ''] = /^.*?\d{8}T\d{6}/.exec(withSensingTimes(name, time, time)) ?? [];
  return `${stem}.${formatCompactTime(time + stop - start)}`;
}
