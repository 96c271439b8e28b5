/** A time axis from 0 to a little more than the longest time. Milliseconds. */
export interface Axis {
  readonly ticks: readonly number[];
  /** Share of the axis, rounded to what a screen can show. */
  readonly percent: (milliseconds: number) => number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps a person would choose. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 20, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 20, 30].map((count) => count * MINUTE),
  ...[1, 2, 4, 6, 12, 24, 48, 96].map((count) => count * HOUR),
];
const MAX_TICKS = 5;

/** At most five ticks, so that their labels have room on a telephone. */
export function axisOf(longest: number): Axis {
  const end = Math.max(longest, 1) * 1.02;
  const step = STEPS.find((candidate) => end / candidate < MAX_TICKS) ?? end / MAX_TICKS;
  const ticks = Array.from({ length: Math.floor(end / step) + 1 }, (_none, index) => index * step);
  return { ticks, percent: (milliseconds) => Number(((milliseconds / end) * 100).toFixed(3)) };
}
