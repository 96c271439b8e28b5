/** Intervals by where they lie: those that reach into a range are found in time that grows with their number only. */

interface Interval {
  readonly start: number;
  readonly stop: number;
}

/**
 * Intervals in the order of their starts, under a binary tree that knows the latest stop of every part: parts that end
 * too early are skipped as a whole, however many there are.
 */
export class StabbingIndex {
  readonly #positions: Int32Array;
  readonly #starts: Float64Array;
  /** Leaves stand from #leaves on, node n has children 2n and 2n + 1. */
  readonly #latestStop: Float64Array;
  readonly #leaves: number;
  /** Intervals that end before they begin have no place in the order; they are always among the found. */
  readonly #reversed: readonly number[];

  constructor(intervals: readonly Interval[]) {
    const startOf = (position: number) => intervals[position]?.start ?? Infinity;
    const stopOf = (position: number) => intervals[position]?.stop ?? -Infinity;
    const all = [...intervals.keys()];
    this.#reversed = all.filter((position) => startOf(position) > stopOf(position));
    this.#positions = Int32Array.from(all.filter((position) => startOf(position) <= stopOf(position)));
    this.#positions.sort((a, b) => startOf(a) - startOf(b));
    this.#starts = Float64Array.from(this.#positions, startOf);
    this.#leaves = powerOfTwo(this.#positions.length);
    this.#latestStop = new Float64Array(2 * this.#leaves).fill(-Infinity);
    this.#positions.forEach((position, index) => (this.#latestStop[this.#leaves + index] = stopOf(position)));
    for (let node = this.#leaves - 1; node >= 1; node--) {
      this.#latestStop[node] = Math.max(this.#stopOf(2 * node), this.#stopOf(2 * node + 1));
    }
  }

  /** Positions of the intervals with start < to and stop > from (from ≤ to), in no particular order. */
  overlapping(from: number, to: number): number[] {
    const found = [...this.#reversed];
    this.#collect(1, this.#leaves, 0, from, to, found);
    return found;
  }

  /** The part of the order that a node stands for begins at `begin` and has `size` intervals. */
  #collect(node: number, size: number, begin: number, from: number, to: number, found: number[]): void {
    const startsLater = (this.#starts[begin] ?? Infinity) >= to;
    if (startsLater || this.#stopOf(node) <= from) return;
    if (size === 1) {
      found.push(this.#positions[begin] ?? 0);
      return;
    }
    const half = size / 2;
    this.#collect(2 * node, half, begin, from, to, found);
    this.#collect(2 * node + 1, half, begin + half, from, to, found);
  }

  #stopOf(node: number): number {
    return this.#latestStop[node] ?? -Infinity;
  }
}

function powerOfTwo(least: number): number {
  let power = 1;
  while (power < least) power *= 2;
  return power;
}
