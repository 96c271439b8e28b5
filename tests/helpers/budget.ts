import { groupBy } from '../../scripts/lib/group-by';

/**
 * What tests may spend. `npm test` does a few rounds with seeds that stay the same and some rows of each expensive table, so that it says
 * the same of the same code; `npm run test:long`, which runs every night, does many rounds with seeds of its own, and every row.
 * AUXFLOW_TEST_SEED repeats rounds, AUXFLOW_TEST_TURN the choice of rows.
 */
const { AUXFLOW_TEST_LONG, AUXFLOW_TEST_SEED, AUXFLOW_TEST_TURN } = process.env;

export const IS_LONG = AUXFLOW_TEST_LONG !== undefined;

export const rounds = (usual: number, long: number): number => (IS_LONG ? long : usual);

/** Printed where it is not the usual one, to repeat what was found. */
export function seedOr(usual: number): number {
  if (!IS_LONG && AUXFLOW_TEST_SEED === undefined) return usual;
  const seed = Number(AUXFLOW_TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`AUXFLOW_TEST_SEED=${seed}`);
  return seed;
}

/** Counts commits: decides which rows and tests of those that take turns are run. */
export const TURN = Number(AUXFLOW_TEST_TURN ?? 0);

/** Names the turn of this run to the processes of the tests. */
export const TURN_VARIABLE = 'AUXFLOW_TEST_TURN';

/**
 * Rows of an expensive table: all of them at night, otherwise `count`, and others at each commit, so that a few commits in a row see
 * every one. Each kind has a row, and none has a second one before.
 */
export function sampleOf<Row>(
  rows: readonly Row[],
  count: number,
  kindOf: (row: Row) => string | number = () => '',
): Row[] {
  return IS_LONG ? [...rows] : rowsOfTurn(rows, { count, kindOf, turn: TURN });
}

interface Turn<Row> {
  readonly count: number;
  readonly kindOf: (row: Row) => string | number;
  readonly turn: number;
}

/** In the order of the table. */
export function rowsOfTurn<Row>(rows: readonly Row[], { count, kindOf, turn }: Turn<Row>): Row[] {
  const kinds = [...groupBy(rows, (row) => String(kindOf(row))).values()];
  if (count < kinds.length) throw new Error(`${count} rows for ${kinds.length} kinds`);
  const shares = sharesOf(kinds, Math.min(count, rows.length));
  const chosen = kinds.flatMap((kind, index) => {
    const share = shares[index] ?? 0;
    return Array.from({ length: share }, (_, place) => kind[(turn * share + place) % kind.length]);
  });
  return rows.filter((row) => chosen.includes(row));
}

/** How many rows of each kind, dealt out one after the other. */
function sharesOf(kinds: readonly (readonly unknown[])[], count: number): number[] {
  const shares = kinds.map(() => 0);
  for (let left = count, index = 0; left > 0; index = (index + 1) % kinds.length) {
    const share = shares[index] ?? 0;
    if (share === kinds[index]?.length) continue;
    shares[index] = share + 1;
    left -= 1;
  }
  return shares;
}
