/** Time as listeners need it; tests turn it by hand. */
export interface Clock {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Calls `tick` again and again, and keeps no process alive. */
  readonly every: (milliseconds: number, tick: () => void) => void;
}

export const PROCESS_CLOCK: Clock = {
  now: () => performance.now(),
  every: (milliseconds, tick) => void setInterval(tick, milliseconds).unref(),
};
