/** The right choices of one type for any sensing time, each worked out once: products by the thousand share them. */
import { acceptableChoices, type Alternatives } from '../../sentinel/acceptable-choices';
import { groupByBand } from '../../sentinel/bands';
import { middleOf, widened, type SelectionRuleName, type Sensing } from '../../sentinel/selection-rules';
import { SECOND } from '../../sentinel/time';
import type { Candidate } from './candidates';

export type Choices = readonly Alternatives<Candidate>[];

/** The same object for the same choice, as far as that can be known without looking at all files. */
export type Chooser = (sensing: Sensing) => Choices;

export function chooserOf(rule: SelectionRuleName, candidates: readonly Candidate[]): Chooser {
  switch (rule) {
    case 'LatestValidity':
    case 'LatestGeneration':
    case 'LatestStopValidity':
      return constant(rule, candidates);
    case 'LatestValidityClosest':
      return nearest(rule, candidates, ({ start }) => start, middleOf);
    case 'ClosestStartValidity':
      return nearest(
        rule,
        candidates,
        ({ start }) => start,
        ({ t0 }) => t0,
      );
    case 'ClosestStopValidity':
      return nearest(
        rule,
        candidates,
        ({ stop }) => stop,
        ({ t1 }) => t1,
      );
    case 'BestCentredCover':
      return (sensing) => acceptableChoices(rule, candidates, sensing);
    default:
      return byOrder(rule, candidates);
  }
}

/** Whatever the sensing time. */
function constant(rule: SelectionRuleName, candidates: readonly Candidate[]): Chooser {
  let known: Choices | undefined;
  return (sensing) => (known ??= acceptableChoices(rule, candidates, sensing));
}

/** Rules that only ask whether a file begins or ends before or after A and B: between two such times nothing changes. */
function byOrder(rule: SelectionRuleName, candidates: readonly Candidate[]): Chooser {
  const times = sortedTimes(candidates.flatMap(({ start, stop }) => [start, stop]));
  const known = new Map<string, Choices>();
  return (sensing) => {
    const place = widened(sensing)
      .map((time) => placeAmong(times, time))
      .join();
    const choices = known.get(place) ?? acceptableChoices(rule, candidates, sensing);
    known.set(place, choices);
    return choices;
  };
}

/** Rules that take the closest file: only those about as close as the closest one need be looked at. */
function nearest(
  rule: SelectionRuleName,
  candidates: readonly Candidate[],
  timeOf: (file: Candidate) => number,
  targetOf: (sensing: Sensing) => number,
): Chooser {
  if (groupByBand(candidates).length !== 1) return (sensing) => acceptableChoices(rule, candidates, sensing);
  const sorted = candidates.toSorted((a, b) => timeOf(a) - timeOf(b));
  const times = Float64Array.from(sorted, timeOf);
  return (sensing) => {
    const target = targetOf(sensing);
    const place = firstNotBefore(times, target);
    const distances = [times[place - 1], times[place]].flatMap((time) =>
      time === undefined ? [] : [Math.abs(time - target)],
    );
    // The rules count whole seconds.
    const within = Math.min(...distances) + SECOND;
    const close = sorted.slice(firstNotBefore(times, target - within), firstNotBefore(times, target + within + 1));
    return acceptableChoices(rule, close, sensing);
  };
}

function sortedTimes(times: readonly number[]): Float64Array {
  return Float64Array.from(new Set(times)).sort();
}

/** Even: between two times; odd: exactly at one. */
function placeAmong(times: Float64Array, time: number): number {
  const place = firstNotBefore(times, time);
  return 2 * place + (times[place] === time ? 1 : 0);
}

/** Index of the first of ascending times that is not before a time. */
function firstNotBefore(times: Float64Array, time: number): number {
  let [begin, end] = [0, times.length];
  while (begin < end) {
    const middle = (begin + end) >>> 1;
    if ((times[middle] ?? Infinity) < time) begin = middle + 1;
    else end = middle;
  }
  return begin;
}
