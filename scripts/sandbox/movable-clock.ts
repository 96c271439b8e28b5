/** The sandbox's clock, epoch milliseconds: what expires can be made to expire at once. */
export class MovableClock {
  private ahead = 0;
  /** While it stands still: the true time it stopped at, and how far ahead it was then. */
  private frozen: { readonly at: number; readonly ahead: number } | undefined;

  constructor(private readonly clock: () => number) {}

  readonly now = (): number => (this.frozen?.at ?? this.clock()) + this.ahead;

  /** Moves on, for everything in the sandbox. */
  advance(seconds: number): void {
    this.ahead += seconds * 1000;
  }

  /** Stops, so that how long requests take does not matter; from then on it only moves when it is advanced. */
  freeze(): void {
    this.resume();
    this.frozen = { at: this.clock(), ahead: this.ahead };
  }

  /** Goes on as if it had neither been stopped nor advanced since. Without effect on a clock that runs. */
  resume(): void {
    if (this.frozen) this.ahead = this.frozen.ahead;
    this.frozen = undefined;
  }

  /** Back to the true time. */
  reset(): void {
    this.ahead = 0;
    this.frozen = undefined;
  }
}
