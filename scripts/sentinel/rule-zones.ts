/** Which deltas explain a choice: each selection rule (rdb.md#selection-rules) read backwards, exactly, but for the rounding of rules 7 and 8. */
import { atLeast, atMost, zone, type Zones } from './delta-zones';
import { equallyGood, RULES, type SelectionRuleName, type Validity } from './selection-rules';
import { SECOND } from './time';

/** Files that compete with each other, and which of them were chosen. */
export interface Choice {
  readonly files: readonly Validity[];
  readonly chosen: readonly Validity[];
  /** Epoch milliseconds. */
  readonly t0: number;
  readonly t1: number;
}

/** Zones that all have to hold. Any pair is in an empty list. */
export type Conditions = readonly Zones[];

const NEVER: Conditions = [[]];
const ALWAYS: Conditions = [];

/** The ways to explain the choice, each by conditions; none where no deltas can. */
export function explanationsOf(rule: SelectionRuleName, choice: Choice): readonly Conditions[] {
  const { files, chosen } = choice;
  const { among, ranks, fallback } = RULES[rule];
  if (!ranks) return [files.map((file) => fits(among, file, choice, chosen.includes(file)))];
  const [file, ...more] = chosen;
  if (more.length > 0) return [];
  const noneFits = files.map((another) => fits(among, another, choice, false));
  if (!file) return fallback && files.length > 0 ? [] : [noneFits];
  switch (rule) {
    case 'LatestValidityClosest':
      return [files.map((another) => isNoFurther(file, another, choice))];
    case 'BestCentredCover':
      return [[fits(among, file, choice, true), ...files.map((another) => isNoWorseCentred(file, another, choice))]];
    case 'LatestValCoverLatestValidity':
      return [isBest('LatestValCover', file, choice), [...noneFits, ...isBest('LatestValidity', file, choice)]];
    default:
      return [isBest(rule, file, choice)];
  }
}

/** The file fits, and none that ranks higher does. These ranks do not depend on deltas. */
function isBest(rule: SelectionRuleName, file: Validity, choice: Choice): Conditions {
  const { among, ranks } = RULES[rule];
  const { files, t0, t1 } = choice;
  const sensing = { t0, t1, delta0: 0, delta1: 0 };
  if (among === 'any') return equallyGood(rule, files, sensing).includes(file) ? ALWAYS : NEVER;
  const rank = ranks?.(file, sensing) ?? [0];
  const better = files.filter((another) => {
    const [first, second = 0] = ranks?.(another, sensing) ?? [0];
    return first > rank[0] || (first === rank[0] && second > (rank[1] ?? 0));
  });
  return [fits(among, file, choice, true), ...better.map((another) => fits(among, another, choice, false))];
}

function fits(among: 'touching' | 'covering' | 'any', file: Validity, { t0, t1 }: Choice, does: boolean): Zones {
  if (among === 'any') return does ? [zone()] : [];
  // A = T0 − delta0 lies after the start where delta0 is less than `afterStart`; and so on.
  const times: Thresholds = {
    afterStart: t0 - file.start,
    afterStop: t0 - file.stop,
    beyondStart: file.start - t1,
    beyondStop: file.stop - t1,
  };
  if (among === 'covering') return does ? covering(times) : notCovering(times);
  return does ? touching(times) : notTouching(times);
}

/** Deltas at which an end of the interval meets an end of a file, milliseconds. */
interface Thresholds {
  /** A meets the start, the stop. */
  readonly afterStart: number;
  readonly afterStop: number;
  /** B meets the start, the stop. */
  readonly beyondStart: number;
  readonly beyondStop: number;
}

function covering({ afterStart, beyondStop }: Thresholds): Zones {
  return [zone(atMost(afterStart - 1), atMost(beyondStop - 1))];
}

function notCovering({ afterStart, beyondStop }: Thresholds): Zones {
  return [zone(atLeast(afterStart)), zone(atMost(afterStart - 1), atLeast(beyondStop))];
}

/** It holds A; or it holds B; or it begins after A and stops before B. */
function touching({ afterStart, afterStop, beyondStart, beyondStop }: Thresholds): Zones {
  const between = zone(atLeast(afterStart + 1), atLeast(beyondStop + 1));
  if (afterStop >= afterStart) return [between];
  const holdsB = [beyondStart + 1, beyondStop - 1] as const;
  return [
    zone([afterStop + 1, afterStart - 1]),
    zone(atMost(afterStop), holdsB),
    zone(atLeast(afterStart), holdsB),
    between,
  ];
}

function notTouching({ afterStart, afterStop, beyondStart, beyondStop }: Thresholds): Zones {
  if (afterStop >= afterStart) return [zone(atMost(afterStart)), zone(atLeast(afterStart + 1), atMost(beyondStop))];
  return [
    zone(atMost(afterStop), atMost(beyondStart)),
    zone(atMost(afterStop), atLeast(beyondStop)),
    zone(atLeast(afterStart), atMost(beyondStart)),
    zone([afterStart, afterStart], atLeast(beyondStop)),
    zone(atLeast(afterStart + 1), [beyondStop, beyondStop]),
  ];
}

/** The middle that the service takes lies less than a second before the true one, or half a second after it; distances lose less than one. */
const LATER = 3 * SECOND;
const EARLIER = 2 * SECOND;

/** Rule 7: of two starts the closer one to the middle of the interval, which moves by half of delta1 − delta0; of equal starts the older file. */
function isNoFurther(file: Validity, another: Validity, { t0, t1 }: Choice): Zones {
  if (file.start === another.start) return file.creation <= another.creation ? [zone()] : [];
  const twiceMiddle = file.start + another.start - t0 - t1;
  if (Math.abs(file.start - another.start) <= LATER) return [zone()];
  const difference = file.start < another.start ? atMost(twiceMiddle + LATER) : atLeast(twiceMiddle - EARLIER);
  return [zone(undefined, undefined, difference)];
}

/** Distances lose less than a second. */
const ROUNDING = SECOND - 1;

/** Rule 8: the other does not cover, or its lesser margin is not greater; which margin is the lesser depends on delta1 − delta0. */
function isNoWorseCentred(file: Validity, another: Validity, choice: Choice): Zones {
  const [before, after] = [choice.t0 - file.start, file.stop - choice.t1];
  const [otherBefore, otherAfter] = [choice.t0 - another.start, another.stop - choice.t1];
  const min = before >= otherBefore - ROUNDING ? -Infinity : otherAfter - before - ROUNDING;
  const max = after >= otherAfter - ROUNDING ? Infinity : after - otherBefore + ROUNDING;
  const covers = zone(atMost(otherBefore - 1), atMost(otherAfter - 1), [min, max]);
  return [...fits('covering', another, choice, false), covers];
}
