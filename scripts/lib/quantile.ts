/** The nearest rank: the smallest value that at least this share of all do not exceed; undefined of none. In any order. */
export function quantile(values: readonly number[], share: number): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];
}
