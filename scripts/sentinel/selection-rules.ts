/**
 * The fourteen rules by which rdb.svc chooses auxiliary files (rdb.md#selection-rules). Pure and stable: "first" and "last" mean the
 * order of the files as given, which is the order in which reprocessing.svc lists them (bytewise by name, rdb.md#candidates).
 */
import { SECOND } from './time';

/** Epoch milliseconds UTC. */
export interface Validity {
  readonly start: number;
  readonly stop: number;
  readonly creation: number;
}

/** What the files are chosen for: the sensing time of an L0, and how far it is widened for the ADF type. */
export interface Sensing {
  /** Epoch milliseconds; T1 may lie before T0, as the service accepts it. */
  readonly t0: number;
  readonly t1: number;
  /** Seconds, may be negative: A = T0 − delta0, B = T1 + delta1. */
  readonly delta0: number;
  readonly delta1: number;
}

/** In the order of their numbers, 1 to 14. */
export const SELECTION_RULE_NAMES = [
  'ValIntersectWithoutDuplicate',
  'LatestValIntersect',
  'ValCover',
  'LatestValCover',
  'LatestValidity',
  'LatestValCoverLatestValidity',
  'LatestValidityClosest',
  'BestCentredCover',
  'LatestValCoverClosest',
  'LargestOverlap',
  'LatestGeneration',
  'ClosestStartValidity',
  'ClosestStopValidity',
  'LatestStopValidity',
] as const;

export type SelectionRuleName = (typeof SELECTION_RULE_NAMES)[number];

/** The greater the better; the second decides among files with the same first. */
type Ranks = (file: Validity, sensing: Sensing) => readonly [first: number, second?: number];

/** How a rule chooses: among which files, which of them are equally good, and which of those the service takes. */
export interface Rule {
  /** Files that touch the widened interval, that cover it, or all there are. */
  readonly among: 'touching' | 'covering' | 'any';
  /** Without ranks every file of those is chosen. */
  readonly ranks?: Ranks;
  /** Of all files, where none of those exists. */
  readonly fallback?: Ranks;
  /** Of files with equal ranks the service takes the first or the last in the order of its list. */
  readonly tie: 'first' | 'last';
}

const byStart: Ranks = ({ start }) => [start];
const byStop: Ranks = ({ stop }) => [stop];
const byCreation: Ranks = ({ creation }) => [creation];
const byStartThenOldest: Ranks = ({ start, creation }) => [start, -creation];

export const RULES: Readonly<Record<SelectionRuleName, Rule>> = {
  ValIntersectWithoutDuplicate: { among: 'touching', tie: 'last' },
  LatestValIntersect: { among: 'touching', ranks: byCreation, tie: 'last' },
  ValCover: { among: 'covering', tie: 'last' },
  LatestValCover: { among: 'covering', ranks: byCreation, tie: 'last' },
  LatestValidity: { among: 'any', ranks: byStart, tie: 'last' },
  LatestValCoverLatestValidity: { among: 'covering', ranks: byCreation, fallback: byStart, tie: 'last' },
  LatestValidityClosest: {
    among: 'any',
    ranks: ({ start, creation }, sensing) => [-secondsBetween(start, middleOf(sensing)), -creation],
    tie: 'first',
  },
  BestCentredCover: {
    among: 'covering',
    ranks: ({ start, stop }, sensing) => {
      const [from, to] = widened(sensing);
      return [Math.min(secondsBetween(from, start), secondsBetween(stop, to))];
    },
    tie: 'last',
  },
  LatestValCoverClosest: { among: 'covering', ranks: byStartThenOldest, tie: 'last' },
  // The service's code promises a ranking by overlap and has none: whatever covers is ranked by its start (rdb.md#differences-from-the-manuals).
  LargestOverlap: { among: 'covering', ranks: byStartThenOldest, tie: 'last' },
  LatestGeneration: { among: 'any', ranks: byCreation, tie: 'last' },
  ClosestStartValidity: { among: 'any', ranks: ({ start }, { t0 }) => [-secondsBetween(start, t0)], tie: 'first' },
  ClosestStopValidity: { among: 'any', ranks: ({ stop }, { t1 }) => [-secondsBetween(stop, t1)], tie: 'first' },
  LatestStopValidity: { among: 'any', ranks: byStop, tie: 'last' },
};

/** The chosen files, in the order given. Rules 2 and 4 to 14 choose at most one; empty input gives empty output. */
export function applyRule<File extends Validity>(
  rule: SelectionRuleName,
  files: readonly File[],
  sensing: Sensing,
): readonly File[] {
  const { ranks, tie } = RULES[rule];
  const equal = equallyGood(rule, files, sensing);
  if (!ranks) return equal;
  return tie === 'first' ? equal.slice(0, 1) : equal.slice(-1);
}

/** Whether the rule chooses every file that fits (rules 1 and 3), not the best one. */
export function choosesAll(rule: SelectionRuleName): boolean {
  return RULES[rule].ranks === undefined;
}

/** Whether deltas can change what the rule chooses: rules that look at no interval do not use them. */
export function dependsOnDeltas(rule: SelectionRuleName): boolean {
  return RULES[rule].among !== 'any' || rule === 'LatestValidityClosest';
}

/**
 * The files that the rule cannot tell apart, in the order given: those with the best ranks, of which the service takes the first or
 * the last of its list; where `choosesAll`, all that it takes.
 */
export function equallyGood<File extends Validity>(
  rule: SelectionRuleName,
  files: readonly File[],
  sensing: Sensing,
): readonly File[] {
  const { among, ranks, fallback } = RULES[rule];
  const fitting = fittingFiles(among, files, sensing);
  if (fitting.length === 0 && fallback) return best(files, (file) => fallback(file, sensing));
  return ranks ? best(fitting, (file) => ranks(file, sensing)) : fitting;
}

/** [A, B]: the sensing interval widened by the deltas. */
export function widened(sensing: Sensing): readonly [number, number] {
  return [sensing.t0 - sensing.delta0 * SECOND, sensing.t1 + sensing.delta1 * SECOND];
}

/** M = A + ⌊(B − A) / 2⌋ in whole seconds. */
export function middleOf(sensing: Sensing): number {
  const [from, to] = widened(sensing);
  return from + Math.floor(Math.trunc((to - from) / SECOND) / 2) * SECOND;
}

function fittingFiles<File extends Validity>(
  among: Rule['among'],
  files: readonly File[],
  sensing: Sensing,
): readonly File[] {
  switch (among) {
    case 'touching':
      return touching(files, sensing);
    case 'covering':
      return covering(files, sensing);
    case 'any':
      return files;
  }
}

/** Strict at both ends: a file that starts exactly at A does not cover. */
function covering<File extends Validity>(files: readonly File[], sensing: Sensing): readonly File[] {
  const [from, to] = widened(sensing);
  return files.filter((file) => file.start < from && file.stop > to);
}

/** Holds A, holds B, or lies between them; strict everywhere, so a file from exactly A to exactly B is refused. */
function touching<File extends Validity>(files: readonly File[], sensing: Sensing): readonly File[] {
  const [from, to] = widened(sensing);
  const holds = (file: Validity, time: number) => file.start < time && time < file.stop;
  return files.filter((file) => holds(file, from) || holds(file, to) || (file.start > from && file.stop < to));
}

/** Those with the greatest ranks. */
function best<File>(
  files: readonly File[],
  ranks: (file: File) => readonly [first: number, second?: number],
): readonly File[] {
  let leaders: File[] = [];
  let [greatest, greatestSecond] = [-Infinity, -Infinity];
  for (const file of files) {
    const [first, second = 0] = ranks(file);
    if (leaders.length > 0 && (first < greatest || (first === greatest && second < greatestSecond))) continue;
    if (first !== greatest || second !== greatestSecond) leaders = [];
    [greatest, greatestSecond] = [first, second];
    leaders.push(file);
  }
  return leaders;
}

/** Whole seconds, truncated, whichever is earlier. */
function secondsBetween(a: number, b: number): number {
  return Math.trunc(Math.abs(a - b) / SECOND);
}
