import type { CompletenessMatrix } from '../../../matrix/matrix';
import { colourOf, PROBLEMS, rankOf } from '../campaign-picture';

/** The matrix by colours: which of them is where. */
export interface Grid {
  readonly matrix: CompletenessMatrix;
  readonly columns: number;
  readonly rows: number;
  /** Per row: rank of the colour of each finding. */
  readonly ranks: readonly Uint8Array[];
}

const PROBLEM_RANKS = new Set(PROBLEMS.map(rankOf));

export function gridOf(matrix: CompletenessMatrix): Grid {
  const ranks = matrix.types.map(({ findings }) => Uint8Array.from(findings, (finding) => rankOf(colourOf(finding))));
  return { matrix, columns: matrix.level0.length, rows: matrix.types.length, ranks };
}

export function rankAt({ matrix, ranks }: Grid, row: number, column: number): number {
  return ranks[row]?.[matrix.types[row]?.cells[column] ?? 0] ?? 0;
}

/** The gravest colour among the columns `from` to `to` (not included), and where it is first. */
export function gravest(grid: Grid, row: number, from: number, to: number): { rank: number; at: number } {
  let [rank, at] = [-1, from];
  for (let column = from; column < to; column += 1) {
    const own = rankAt(grid, row, column);
    if (own > rank) [rank, at] = [own, column];
  }
  return { rank: Math.max(rank, 0), at };
}

/** The next problem in reading order, round the end; undefined where there is none. */
export function nextProblem(grid: Grid, row: number, column: number): { row: number; column: number } | undefined {
  const all = grid.rows * grid.columns;
  const begin = row * grid.columns + column;
  for (let step = 1; step <= all; step += 1) {
    const place = (begin + step) % all;
    const found = { row: Math.floor(place / grid.columns), column: place % grid.columns };
    if (PROBLEM_RANKS.has(rankAt(grid, found.row, found.column))) return found;
  }
  return undefined;
}
