/**
 * The fourteen rules by which rdb.svc chooses auxiliary files (rdb.md §4.3). Pure and stable: "first" and "last" mean the
 * order of the files as given, which is the order in which reprocessing.svc lists them (bytewise by name, rdb.md §4.2).
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

type Rule = <File extends Validity>(files: readonly File[], sensing: Sensing) => readonly File[];

const RULES: Readonly<Record<SelectionRuleName, Rule>> = {
  ValIntersectWithoutDuplicate: touching,
  LatestValIntersect: (files, sensing) => greatest(touching(files, sensing), byCreation),
  ValCover: covering,
  LatestValCover: (files, sensing) => greatest(covering(files, sensing), byCreation),
  LatestValidity: (files) => greatest(files, byStart),
  LatestValCoverLatestValidity: (files, sensing) => {
    const newest = RULES.LatestValCover(files, sensing);
    return newest.length > 0 ? newest : RULES.LatestValidity(files, sensing);
  },
  LatestValidityClosest: (files, sensing) => {
    const middle = middleOf(sensing);
    return smallest(oldestFirst(files), (file) => secondsBetween(file.start, middle));
  },
  BestCentredCover: (files, sensing) => {
    const [from, to] = widened(sensing);
    const margin = (file: Validity) => Math.min(secondsBetween(from, file.start), secondsBetween(file.stop, to));
    return greatest(covering(files, sensing), margin);
  },
  LatestValCoverClosest: (files, sensing) => greatest(newestFirst(covering(files, sensing)), byStart),
  // The service's code promises a ranking by overlap and has none: whatever covers is ranked by its start (rdb.md §4.7).
  LargestOverlap: (files, sensing) => greatest(newestFirst(covering(files, sensing)), byStart),
  LatestGeneration: (files) => greatest(files, byCreation),
  ClosestStartValidity: (files, sensing) => smallest(files, (file) => secondsBetween(file.start, sensing.t0)),
  ClosestStopValidity: (files, sensing) => smallest(files, (file) => secondsBetween(file.stop, sensing.t1)),
  LatestStopValidity: (files) => greatest(files, byStop),
};

/** The chosen files, in the order given. Rules 2 and 4 to 14 choose at most one; empty input gives empty output. */
export function applyRule<File extends Validity>(
  rule: SelectionRuleName,
  files: readonly File[],
  sensing: Sensing,
): readonly File[] {
  return RULES[rule](files, sensing);
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

const byStart = (file: Validity) => file.start;
const byStop = (file: Validity) => file.stop;
const byCreation = (file: Validity) => file.creation;

/** The last of those with the greatest key. */
function greatest<File>(files: readonly File[], key: (file: File) => number): readonly File[] {
  let best: File | undefined;
  for (const file of files) if (best === undefined || key(file) >= key(best)) best = file;
  return best === undefined ? [] : [best];
}

/** The first of those with the smallest key. */
function smallest<File>(files: readonly File[], key: (file: File) => number): readonly File[] {
  let best: File | undefined;
  for (const file of files) if (best === undefined || key(file) < key(best)) best = file;
  return best === undefined ? [] : [best];
}

function oldestFirst<File extends Validity>(files: readonly File[]): readonly File[] {
  return files.toSorted((one, other) => one.creation - other.creation);
}

function newestFirst<File extends Validity>(files: readonly File[]): readonly File[] {
  return files.toSorted((one, other) => other.creation - one.creation);
}

/** Whole seconds, truncated, whichever is earlier. */
function secondsBetween(one: number, other: number): number {
  return Math.trunc(Math.abs(one - other) / SECOND);
}
