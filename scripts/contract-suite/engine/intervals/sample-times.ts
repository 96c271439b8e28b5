/** Sensing times of products as exactly as they are known. */
import { parseLevel0Name } from '../../../sentinel/level0-name';
import { parseCompactTime, SECOND } from '../../../sentinel/time';
import type { Scope } from '../scope';
import type { Sample } from '../selection/samples';

/** Epoch milliseconds, both inclusive. */
export interface Interval {
  readonly start: number;
  readonly stop: number;
}

/** A product that the environment names, with the time of its data take where its name does not say it. */
export interface KnownProduct {
  readonly name: string;
  readonly time?: number;
}

/** `interval_known`: names, that of a Sentinel-2 product with the time of its data take behind it; separated by `;`. */
export function knownProducts(scope: Scope): readonly KnownProduct[] {
  return scope
    .value('interval_known')
    .split(';')
    .map((line) => {
      const [name = '', time = ''] = line.trim().split(/\s+/);
      return { name, time: parseCompactTime(time) };
    });
}

/** The name of a Sentinel-2 product tells its data take to some minutes only (rdb.md#level-0-names). */
const VAGUE = 600 * SECOND;

/** Earliest and latest moments between which the sensing begins and ends. */
export interface Bounds {
  readonly begin: Interval;
  readonly end: Interval;
}

/** Undefined for a name that cannot be read. */
export function boundsOf(name: string, known: readonly KnownProduct[]): Bounds | undefined {
  const level0 = parseLevel0Name(name);
  if (!level0) return undefined;
  const time = known.find((product) => product.name === name)?.time;
  const [t0, t1] = time === undefined ? [level0.t0, level0.t1] : [time, time];
  const vague = level0.platform === 'S2' && time === undefined ? VAGUE : 0;
  const around = (moment: number): Interval => ({ start: moment - vague, stop: moment + vague });
  return { begin: around(t0), end: around(t1) };
}

/** Exact times; undefined where they are not known. */
export function exactTimes(name: string, known: readonly KnownProduct[]): Interval | undefined {
  const bounds = boundsOf(name, known);
  const isExact = bounds !== undefined && bounds.begin.start === bounds.begin.stop;
  return isExact ? { start: bounds.begin.start, stop: bounds.end.stop } : undefined;
}

export function lies(bounds: Bounds | undefined, { start, stop }: Interval): 'inside' | 'outside' | 'unsure' {
  if (!bounds) return 'unsure';
  if (bounds.begin.start >= start && bounds.end.stop <= stop) return 'inside';
  return bounds.begin.stop < start || bounds.end.start > stop ? 'outside' : 'unsure';
}

export const wholeOf = ({ what }: Sample): Interval => {
  const [start = '', stop = ''] = what.split('/');
  return { start: Date.parse(start), stop: Date.parse(stop) };
};
