/** Moments at which the rules decide: the widened sensing begins or ends with a file, or lies half-way between two. */
import { MAX_DELTA } from '../../../sentinel/learn-deltas';
import type { SensingTimes } from '../../../sentinel/level0-name';
import type { Deltas } from '../../../sentinel/select-adfs';
import { RULES, type SelectionRuleName } from '../../../sentinel/selection-rules';
import { SECOND } from '../../../sentinel/time';
import type { Candidate } from './facts';

/** All in milliseconds: how long the sensing is, and how far it is widened as far as is known. */
interface Widening {
  readonly length: number;
  readonly before: number;
  readonly after: number;
}

/** Kinds of edges: the widened sensing begins with a file or a second later, ends with it or a second earlier, or lies half-way. */
type Edge = (files: readonly Candidate[], widening: Widening) => readonly number[];

const EDGES: readonly Edge[] = [
  (files, { before }) => files.map(({ start }) => start + before),
  (files, { before }) => files.map(({ start }) => start + before + SECOND),
  (files, { length, after }) => files.map(({ stop }) => stop - after - length),
  (files, { length, after }) => files.map(({ stop }) => stop - after - length - SECOND),
  (files) => halfWay(files.map(({ start }) => start)),
  (files, widening) => halfWayToMiddle(files, widening),
  (files, { length }) => halfWay(files.map(({ stop }) => stop)).map((time) => time - length),
];

/** More than the service rounds. */
const CLEARLY = 5 * SECOND;

const MORE_EDGES: readonly Edge[] = [
  ...EDGES,
  (files, widening) => halfWayToMiddle(files, widening).map((time) => time - CLEARLY),
  (files, widening) => halfWayToMiddle(files, widening).map((time) => time + CLEARLY),
];

/** The middle of the widened sensing is as close to one start as to the next. */
function halfWayToMiddle(files: readonly Candidate[], { length, before, after }: Widening): readonly number[] {
  return halfWay(files.map(({ start }) => start)).map((time) => time - wholeSeconds((length + after - before) / 2));
}

/** Between neighbours, and a second later: there the other one is closer. */
function halfWay(times: readonly number[]): readonly number[] {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((time, index) => {
    const middle = wholeSeconds((time + (sorted[index] ?? time)) / 2);
    return [middle, middle + SECOND];
  });
}

const wholeSeconds = (time: number): number => Math.floor(time / SECOND) * SECOND;

/** First and last moment of a sensing, epoch milliseconds. */
export type Moments = readonly [begin: number, end: number];

/** How the edges of files are tried: as they are, or also a few seconds away with a sensing that is several times as long. */
export interface Manner {
  readonly longer: number;
  readonly edges: readonly Edge[];
}

export const PLAIN: Manner = { longer: 1, edges: EDGES };
export const THOROUGH: Manner = { longer: 2, edges: MORE_EDGES };

/** Of each kind of edge the one that is closest to the product, at most `farthest` milliseconds away. */
export function closestMoments(
  files: readonly Candidate[],
  { t0, t1 }: SensingTimes,
  deltas: Deltas,
  { longer, edges }: Manner,
  farthest: number,
): readonly Moments[] {
  const length = (t1 - t0) * longer;
  const distance = (begin: number): number => Math.abs(begin - t0);
  const begins = edges.flatMap((edge) => {
    const near = edge(files, wideningBy(deltas, length))
      .map(wholeSeconds)
      .filter((begin) => distance(begin) > 0 && distance(begin) <= farthest);
    return near.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
  });
  return begins.map((begin) => [begin, begin + length]);
}

/** Every edge of every file, for a sensing as long as the product's. */
export function allMoments(files: readonly Candidate[], { t0, t1 }: SensingTimes, deltas: Deltas): readonly Moments[] {
  const length = t1 - t0;
  const begins = EDGES.flatMap((edge) => edge(files, wideningBy(deltas, length)).map(wholeSeconds));
  return [...new Set(begins)].map((begin) => [begin, begin + length]);
}

const wideningBy = ({ delta0, delta1 }: Deltas, length: number): Widening => ({
  length,
  before: delta0 * SECOND,
  after: delta1 * SECOND,
});

/**
 * A sensing for which a file that covers the product is chosen whatever the deltas are: where files must touch it, one so long that it
 * touches them however far it is narrowed; where they must cover it, one that ends before it begins, which the service accepts
 * (rdb.md#level-0-names). A type that still has none is left out.
 */
export function widestMoments(
  files: readonly Candidate[],
  { t0 }: SensingTimes,
  rule: SelectionRuleName,
): readonly Moments[] {
  const reach = (RULES[rule].among === 'touching' ? 1 : -1) * MAX_DELTA * SECOND;
  const isCovered = files.some(({ start, stop }) => start < t0 && t0 < stop);
  return isCovered ? [[t0 - reach, t0 + reach]] : [];
}

/** Milliseconds; further than any delta. */
const BEYOND_DELTAS = (MAX_DELTA + 86_400) * SECOND;

/**
 * A sensing around the beginning of the first validity, so long that whatever the deltas are the file touches it and does not cover it: a
 * service that goes by the other kind of rule chooses otherwise, and no deltas explain it.
 */
export function acrossFirstStart(files: readonly Candidate[]): readonly Moments[] {
  if (files.length === 0) return [];
  const first = Math.min(...files.map(({ start }) => start));
  return [[first - BEYOND_DELTAS, first + BEYOND_DELTAS]];
}
