import { CELL_STATES, pairs, type CampaignPicture, type PictureCell } from '../campaign-picture';

/** The picture unfolded: a cell per Level-0 product and type. */
export interface Grid {
  readonly picture: CampaignPicture;
  readonly columns: number;
  readonly rows: number;
  /** Per type: the place in `picture.cells` of each Level-0 product. */
  readonly cells: readonly Uint32Array[];
  /** Rank in CELL_STATES per place in `picture.cells`. */
  readonly ranks: Uint8Array;
}

const FIRST_PROBLEM = CELL_STATES.indexOf('unexpected');

export function gridOf(picture: CampaignPicture): Grid {
  const columns = picture.level0.length;
  const cells = picture.runs.map((row) => {
    const unfolded = new Uint32Array(columns);
    let from = 0;
    for (const [count, cell] of pairs(row)) unfolded.fill(cell, from, (from += count));
    return unfolded;
  });
  const ranks = Uint8Array.from(picture.cells, ({ state }) => CELL_STATES.indexOf(state));
  return { picture, columns, rows: picture.types.length, cells, ranks };
}

export function cellAt({ picture, cells }: Grid, row: number, column: number): PictureCell | undefined {
  return picture.cells[cells[row]?.[column] ?? -1];
}

/** The gravest state among the columns `from` to `to` (not included), and where it is first. */
export function gravest({ cells, ranks }: Grid, row: number, from: number, to: number): { rank: number; at: number } {
  const line = cells[row];
  let [rank, at] = [-1, from];
  for (let column = from; column < to; column += 1) {
    const own = ranks[line?.[column] ?? 0] ?? 0;
    if (own > rank) [rank, at] = [own, column];
  }
  return { rank: Math.max(rank, 0), at };
}

export function isProblem({ ranks, cells }: Grid, row: number, column: number): boolean {
  return (ranks[cells[row]?.[column] ?? 0] ?? 0) >= FIRST_PROBLEM;
}

/** The next problem in reading order, round the end; undefined where there is none. */
export function nextProblem(grid: Grid, row: number, column: number): { row: number; column: number } | undefined {
  const all = grid.rows * grid.columns;
  const begin = row * grid.columns + column;
  for (let step = 1; step <= all; step += 1) {
    const place = (begin + step) % all;
    const found = { row: Math.floor(place / grid.columns), column: place % grid.columns };
    if (isProblem(grid, found.row, found.column)) return found;
  }
  return undefined;
}
