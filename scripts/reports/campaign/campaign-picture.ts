/**
 * A campaign as the page draws it: every Level-0 product × every expected ADF type. Times are seconds since 1970 UTC, sizes bytes.
 * Indices point into the lists of the same picture, so that 10 000 products × 100 types stay small.
 */
export interface CampaignPicture {
  /** In the order of sensing. */
  readonly level0: readonly PictureLevel0[];
  readonly types: readonly PictureType[];
  /** Files of the baselines, and candidates that were not chosen. */
  readonly files: readonly PictureFile[];
  /** Each distinct cell once. */
  readonly cells: readonly PictureCell[];
  /** Per type: runs over `level0`, as count, cell, count, cell, … */
  readonly runs: readonly (readonly number[])[];
}

export interface PictureLevel0 {
  readonly name: string;
  /** Sensing times; absent where the name does not say them. */
  readonly start?: number;
  readonly stop?: number;
}

export interface PictureType {
  /** LongName, e.g. `OL_2_PPP_AX`. */
  readonly name: string;
  /** Selection rule, e.g. `LatestValCover`; absent for a type that is not expected. */
  readonly rule?: string;
  /** What the rule does, in words. */
  readonly words?: string;
  /** Seconds by which the sensing interval is widened before and after. */
  readonly delta0: number;
  readonly delta1: number;
}

export interface PictureFile {
  readonly name: string;
  /** Validity, and when the file was made. Absent where the name does not say them. */
  readonly start?: number;
  readonly stop?: number;
  readonly creation?: number;
  /** In the catalogue until then. */
  readonly eviction?: number;
  /** Absent for a candidate that no baseline names. */
  readonly status?: PictureFileStatus;
  readonly bytes?: number;
  readonly md5?: string;
  readonly error?: string;
  readonly neededBy: number;
}

export type PictureFileStatus = 'verified' | 'already-here' | 'failed' | 'not-fetched';

/** In the order in which one hides the others where a pixel shows several. */
export const CELL_STATES = [
  'not-applicable',
  'present',
  'allowed',
  'unknown',
  'unexpected',
  'duplicate',
  'wrong',
  'missing',
] as const;

export type CellState = (typeof CELL_STATES)[number];

export interface PictureCell {
  readonly state: CellState;
  /** What the baseline names. */
  readonly files: readonly number[];
  /** What should be there in place of it. */
  readonly expected?: readonly number[];
  /** Which file would be chosen if `files` did not exist. */
  readonly next?: number;
  /** Why the state is what it is, where the state alone does not say it. */
  readonly reason?: string;
}

/** How many cells are in each state. */
export type StateCounts = Readonly<Record<CellState, number>>;

export function countStates({ cells, runs }: CampaignPicture): StateCounts {
  const counts = Object.fromEntries(CELL_STATES.map((state) => [state, 0])) as Record<CellState, number>;
  for (const row of runs) for (const [count, cell] of pairs(row)) counts[cells[cell]?.state ?? 'unknown'] += count;
  return counts;
}

/** The runs of one type as pairs of count and cell. */
export function pairs(row: readonly number[]): [count: number, cell: number][] {
  return Array.from({ length: row.length / 2 }, (_, place) => [row[2 * place] ?? 0, row[2 * place + 1] ?? 0]);
}
