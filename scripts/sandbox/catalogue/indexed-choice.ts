/**
 * Choosing from long lists without looking at all of them: for each rule a narrowed list is found by index, and the plain
 * rule of scripts/sentinel is applied to it. The narrowed list holds every file that the rule could choose from the whole
 * one, in the same order, so the choice is the same; tests/sandbox/catalogue/indexed-choice.test.ts compares them.
 */
import { groupByBand } from '../../sentinel/bands';
import { applyRule, middleOf, widened, type SelectionRuleName, type Sensing } from '../../sentinel/selection-rules';
import type { AdfFile } from '../../sentinel/select-adfs';
import { SECOND } from '../../sentinel/time';
import { StabbingIndex } from './stabbing-index';

/** `choose` of a SelectionSource. What it works out about a list is kept as long as the list. */
export function indexedChoice<File extends AdfFile>(): (
  files: readonly File[],
  rule: SelectionRuleName,
  sensing: Sensing,
) => readonly File[] {
  const groupsOfList = new WeakMap<readonly File[], readonly IndexedFiles<File>[]>();
  return (files, rule, sensing) => {
    let groups = groupsOfList.get(files);
    if (!groups) {
      groups = groupByBand(files).map((group) => new IndexedFiles(group));
      groupsOfList.set(files, groups);
    }
    return groups.flatMap((group) => applyRule(rule, group.candidates(rule, sensing), sensing));
  };
}

class IndexedFiles<File extends AdfFile> {
  readonly #files: readonly File[];
  #held: StabbingIndex | undefined;
  #byStart: TimeIndex | undefined;
  #byStop: TimeIndex | undefined;
  readonly #alwaysChosen = new Map<SelectionRuleName, readonly File[]>();

  constructor(files: readonly File[]) {
    this.#files = files;
  }

  /** The files among which the rule's choice is, in the order of the list. */
  candidates(rule: SelectionRuleName, sensing: Sensing): readonly File[] {
    switch (rule) {
      case 'ValIntersectWithoutDuplicate':
      case 'LatestValIntersect':
      case 'ValCover':
      case 'LatestValCover':
      case 'BestCentredCover':
      case 'LatestValCoverClosest':
      case 'LargestOverlap':
        return this.#around(sensing);
      case 'LatestValidity':
      case 'LatestGeneration':
      case 'LatestStopValidity':
        return this.#whatever(rule, sensing);
      case 'LatestValCoverLatestValidity': {
        const covering = applyRule('LatestValCover', this.#around(sensing), sensing);
        return covering.length > 0 ? covering : this.#whatever('LatestValidity', sensing);
      }
      case 'LatestValidityClosest':
        return this.#closest(this.#starts(), middleOf(sensing));
      case 'ClosestStartValidity':
        return this.#closest(this.#starts(), sensing.t0);
      case 'ClosestStopValidity':
        return this.#closest(this.#stops(), sensing.t1);
    }
  }

  /** A file that covers or touches A..B begins before its later end and stops after its earlier one. */
  #around(sensing: Sensing): readonly File[] {
    const [from, to] = widened(sensing);
    this.#held ??= new StabbingIndex(this.#files);
    return this.#pick(this.#held.overlapping(Math.min(from, to), Math.max(from, to)));
  }

  /** These rules do not look at the sensing time. */
  #whatever(rule: SelectionRuleName, sensing: Sensing): readonly File[] {
    const known = this.#alwaysChosen.get(rule) ?? applyRule(rule, this.#files, sensing);
    this.#alwaysChosen.set(rule, known);
    return known;
  }

  #closest(times: TimeIndex, time: number): readonly File[] {
    return this.#pick(times.nearest(time));
  }

  #starts(): TimeIndex {
    return (this.#byStart ??= new TimeIndex(this.#files.map(({ start }) => start)));
  }

  #stops(): TimeIndex {
    return (this.#byStop ??= new TimeIndex(this.#files.map(({ stop }) => stop)));
  }

  #pick(positions: number[]): readonly File[] {
    return positions.sort((a, b) => a - b).flatMap((position) => this.#files[position] ?? []);
  }
}

/** Positions in a list by a time of each. */
class TimeIndex {
  readonly #positions: Int32Array;
  readonly #times: Float64Array;

  constructor(times: readonly number[]) {
    this.#positions = Int32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
    this.#times = Float64Array.from(this.#positions, (position) => times[position] ?? 0);
  }

  /** All whose distance, in whole seconds, is the smallest: the rules cut fractions off and rank by the rest. */
  nearest(time: number): number[] {
    const after = firstAtLeast(this.#times, time);
    const gap = Math.min(distance(this.#times[after], time), distance(this.#times[after - 1], time));
    if (gap === Infinity) return [];
    const within = (Math.floor(gap / SECOND) + 1) * SECOND;
    const begin = firstAtLeast(this.#times, time - within);
    const end = firstAtLeast(this.#times, time + within);
    return [...this.#positions.subarray(begin, end)];
  }
}

function distance(a: number | undefined, b: number): number {
  return a === undefined ? Infinity : Math.abs(a - b);
}

/** Index of the first of ascending times that is not before a time. */
function firstAtLeast(times: Float64Array, time: number): number {
  let begin = 0;
  let end = times.length;
  while (begin < end) {
    const middle = (begin + end) >>> 1;
    if ((times[middle] ?? Infinity) < time) begin = middle + 1;
    else end = middle;
  }
  return begin;
}
