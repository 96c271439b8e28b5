/** Level-0 products that the answers for an interval leave out although their neighbours are there. Pure: data in, data out. */
import { withSensingTimes } from '../../sentinel/level0-name';
import { HOUR, SECOND } from '../../sentinel/time';
import type { Span } from './candidates';
import type { Sensed } from './products';

/** An interval that was asked for, and the products in its answer. */
export interface AnsweredInterval extends Span {
  readonly names: ReadonlySet<string>;
}

/** Where products may be missing: a time to ask for alone, or products that can be named. */
export interface Suspicions {
  /** The most suspicious first. */
  readonly times: readonly Span[];
  /** What the names of missing products begin with. */
  readonly names: readonly string[];
}

/** A product in one answer that lies wholly inside another interval as well has to be in that answer, too. */
export function leftOutOfOverlaps(
  products: readonly Sensed[],
  intervals: readonly AnsweredInterval[],
): readonly Sensed[] {
  return products.filter(({ name, t0, t1, within }) => {
    const [from, to] = within ? [within.from, within.to] : [t0, t1];
    return intervals.some((interval) => interval.from <= from && to <= interval.to && !interval.names.has(name));
  });
}

/** Longer than one orbit: of Sentinel-2 products, whose names do not say how long they are, one may be missing there. */
const LONG_GAP = 2 * HOUR;

/** A service that cuts its answers off does so at a round number. */
const ROUND = 10;
const MANY = 50;

/**
 * Gaps that have room for a product, and answers with a suspiciously round number of products. First those at both ends of what was asked, and long
 * ones; then the others, the longest first.
 */
export function suspicionsIn(products: readonly Sensed[], intervals: readonly AnsweredInterval[]): Suspicions {
  const sorted = products.toSorted((a, b) => a.t0 - b.t0);
  const room = roomOf(sorted);
  const gaps = merged(intervals)
    .flatMap((span) => gapsIn(span, sorted).map((gap) => ({ ...gap, span })))
    .filter(({ from, to }) => to - from >= room)
    // Neighbours overlap by seconds; no whole one lies in what is added.
    .map(({ from, to, span }) => ({
      from: Math.max(span.from, from - room / 2),
      to: Math.min(span.to, to + room / 2),
    }));
  const round = intervals
    .filter(({ names }) => names.size >= MANY && names.size % ROUND === 0)
    .map(({ from, to }) => ({ from: wholeSecond((from + to) / 2), to }));
  const ends = new Set(intervals.flatMap(({ from, to }) => [from, to]));
  const rank = ({ from, to }: Span): number => (to - from > LONG_GAP || ends.has(from) || ends.has(to) ? 1 : 0);
  const times = new Map([...gaps, ...round].map((time) => [`${time.from} ${time.to}`, time]));
  return {
    times: [...times.values()].sort((a, b) => rank(b) - rank(a) || b.to - b.from - (a.to - a.from)),
    names: seriesOf(sorted).flatMap((series) => holesIn(series)),
  };
}

const wholeSecond = (time: number): number => Math.floor(time / SECOND) * SECOND;

/** How long a gap is in which a product like those that came may lie, milliseconds. */
function roomOf(sorted: readonly Sensed[]): number {
  const lengths = sorted.filter(({ within }) => !within).map(({ t0, t1 }) => t1 - t0);
  const usual = lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
  return usual > 0 ? usual : LONG_GAP + 1;
}

/** Intervals that touch are one. */
function merged(intervals: readonly Span[]): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}

/** Times of a span without any product. */
function gapsIn({ from, to }: Span, sorted: readonly Sensed[]): Span[] {
  const gaps: Span[] = [];
  let covered = from;
  for (const { t0, t1 } of sorted) {
    if (t1 < from || t0 > to) continue;
    if (t0 > covered) gaps.push({ from: covered, to: t0 });
    covered = Math.max(covered, t1);
  }
  return covered < to ? [...gaps, { from: covered, to }] : gaps;
}

/** Products of one instrument, for Sentinel-1 of one data take, in the order of time. */
function seriesOf(sorted: readonly Sensed[]): readonly (readonly Sensed[])[] {
  const series = new Map<string, Sensed[]>();
  for (const product of sorted) {
    const { name } = product;
    if (product.within || name.startsWith('S2')) continue;
    const key = name.startsWith('S1') ? name.slice(4, 16) + name.slice(49, 62) : name.slice(4, 12);
    const own = series.get(key) ?? [];
    own.push(product);
    series.set(key, own);
  }
  return [...series.values()];
}

/** Of a real gap, which is of any length, not of whole products. */
const MAX_IN_HOLE = 20;

/**
 * Names, up to the stop of the sensing, of products that would fill holes: neighbours begin at equal distances, and where there is a
 * hole of a multiple of it, one may be missing.
 */
function holesIn(series: readonly Sensed[]): string[] {
  const starts = series.filter(({ t0 }, index) => t0 !== series[index - 1]?.t0);
  const step = mostCommon(starts.slice(1).map(({ t0 }, index) => t0 - (starts[index]?.t0 ?? t0)));
  const length = mostCommon(starts.map(({ t0, t1 }) => t1 - t0));
  if (step === undefined || length === undefined || step < 5 * SECOND) return [];
  return starts.slice(1).flatMap(({ t0 }, index) => {
    const before = starts[index];
    if (!before || before.t1 >= t0 || before.t1 - before.t0 !== length) return [];
    const count = (t0 - before.t0) / step;
    if (!Number.isInteger(count) || count < 2 || count > MAX_IN_HOLE) return [];
    return Array.from({ length: count - 1 }, (_, place) => nameAt(before, before.t0 + (place + 1) * step, length));
  });
}

/** The part of a name that says when its product was sensed, with all before it. */
function nameAt({ name }: Sensed, t0: number, length: number): string {
  const end = name.startsWith('S1') ? 48 : 47;
  return withSensingTimes(name, t0, t0 + length).slice(0, end);
}

/** Of values that come at least three times. */
function mostCommon(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most && most[1] >= 3 ? most[0] : undefined;
}
