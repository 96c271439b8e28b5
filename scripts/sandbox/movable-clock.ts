/** The sandbox's clock, epoch milliseconds: what expires can be made to expire at once. */
export class MovableClock {
  private ahead = 0;

  constructor(private readonly clock: () => number) {}

  readonly now = (): number => this.clock() + this.ahead;

  /** Moves on, for everything in the sandbox. */
  advance(seconds: number): void {
    this.ahead += seconds * 1000;
  }
}
