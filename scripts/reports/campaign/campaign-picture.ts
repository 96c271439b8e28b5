/** A campaign as campaign.html draws it: the completeness matrix, and what became of each file. */
import type { FileStatus } from '../../download/file-status';
import {
  CELL_STATES as MATRIX_STATES,
  type CellFinding,
  type CompletenessMatrix,
  type MatrixType,
} from '../../matrix/matrix';

export interface CampaignPicture {
  readonly matrix: CompletenessMatrix;
  /** In the order of `matrix.files`. */
  readonly facts: readonly FileFacts[];
}

/** What the catalogue and the run say of a file. */
export interface FileFacts {
  /** Absent for a candidate that no baseline names. */
  readonly status?: FileStatus;
  readonly bytes?: number;
  readonly md5?: string;
  readonly error?: string;
  /** Of the transfer in this run, and how often it was begun again. */
  readonly seconds?: number;
  readonly retries?: number;
  /** Level-0 products. */
  readonly neededBy: number;
}

/** How a cell is coloured, in the order in which one hides the others where a pixel shows several. */
export const CELL_COLOURS = [
  'not-applicable',
  'present',
  'allowed',
  'unknown',
  'duplicate',
  'unexpected',
  'wrong',
  'missing',
] as const;

export type CellColour = (typeof CELL_COLOURS)[number];

export const COLOUR_WORDS: Readonly<Record<CellColour, string>> = {
  'not-applicable': 'not applicable',
  present: 'present',
  allowed: 'missing, allowed',
  unknown: 'cannot tell',
  duplicate: 'listed twice',
  unexpected: 'unexpected',
  wrong: 'another file is right',
  missing: 'missing',
};

/** The higher, the graver. */
export const rankOf = (colour: CellColour): number => CELL_COLOURS.indexOf(colour);

/** What needs somebody's attention. */
export const PROBLEMS: readonly CellColour[] = ['missing', 'wrong', 'unexpected', 'duplicate'];

export function colourOf({ state, why }: Pick<CellFinding, 'state' | 'why'>): CellColour {
  if (state === 'missing') return why === 'allowed' ? 'allowed' : 'missing';
  if (state === 'unexpected') return why === 'wrong' || why === 'superseded' ? 'wrong' : 'unexpected';
  return state;
}

/** Cells of a row by colour. */
export function countColours({ findings, cells }: MatrixType): Record<CellColour, number> {
  const counts = Object.fromEntries(CELL_COLOURS.map((colour) => [colour, 0])) as Record<CellColour, number>;
  const colours = findings.map(colourOf);
  for (const cell of cells) counts[colours[cell] ?? 'unknown'] += 1;
  return counts;
}

/** The same for data without typed arrays: a row's cells as runs of count and finding. */
export interface PackedPicture {
  readonly matrix: Omit<CompletenessMatrix, 'types'> & { readonly types: readonly PackedType[] };
  readonly facts: readonly FileFacts[];
}

export type PackedType = Omit<MatrixType, 'cells' | 'counts'> & { readonly runs: readonly number[] };

export function pack({ matrix, facts }: CampaignPicture): PackedPicture {
  const types = matrix.types.map(({ type, wanted, rule, variability, deltas, candidates, findings, cells }) => ({
    ...{ type, wanted, rule, variability, deltas, candidates, findings },
    runs: runsOf(cells),
  }));
  return { matrix: { ...matrix, types }, facts };
}

function runsOf(cells: Uint32Array): number[] {
  const runs: number[] = [];
  let begin = 0;
  for (let place = 1; place <= cells.length; place += 1) {
    if (place < cells.length && cells[place] === cells[begin]) continue;
    runs.push(place - begin, cells[begin] ?? 0);
    begin = place;
  }
  return runs;
}

export function unpack({ matrix, facts }: PackedPicture): CampaignPicture {
  const { length } = matrix.level0;
  return { matrix: { ...matrix, types: matrix.types.map((type) => unpackType(type, length)) }, facts };
}

function unpackType({ runs, ...type }: PackedType, length: number): MatrixType {
  const cells = new Uint32Array(length);
  const counts = Object.fromEntries(MATRIX_STATES.map((state) => [state, 0])) as Record<
    (typeof MATRIX_STATES)[number],
    number
  >;
  let from = 0;
  for (let place = 0; place < runs.length; place += 2) {
    const [count = 0, finding = 0] = [runs[place], runs[place + 1]];
    cells.fill(finding, from, (from += count));
    counts[type.findings[finding]?.state ?? 'unknown'] += count;
  }
  return { ...type, cells, counts };
}
