/** Edits (insert, delete, replace a letter, swap two neighbours) that turn one word into another: the optimal string alignment distance. */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}

/** Letters that make a beginning recognizable: `prod`, but not `p`. */
const MIN_BEGINNING = 3;

/** The candidate that was probably meant by a mistyped or shortened word; case does not matter. Undefined if none is similar. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const begun = candidates.filter((name) => typed.length >= MIN_BEGINNING && name.toLowerCase().startsWith(typed));
  if (begun.length === 1) return begun[0];
  const [best] = candidates
    .map((name) => ({ name, edits: distance(typed, name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.edits - b.edits);
  return best?.name;
}

/** ` (did you mean "production"?)`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const name = closest(word, candidates);
  return name === undefined ? '' : ` (did you mean ${JSON.stringify(name)}?)`;
}
