/** Bodies that trickle: never silent for long, and never done. */
import type { Readable } from 'node:stream';

/** Bytes per second over so many seconds; 0 bytes per second: as slow as it may be. */
export interface LeastRate {
  readonly bytesPerSecond: number;
  readonly seconds: number;
}

/** An answer of the services that is slower is broken off; one that is silent before, by the idle timeout. */
export const MIN_ANSWER_RATE: LeastRate = { bytesPerSecond: 100, seconds: 120 };

export interface RateWatch {
  received(bytes: number): void;
  stop(): void;
}

/** Destroys a body that is slower than that over a window of time. Whoever reads it says what was received. */
export function watchRate(body: Readable, { bytesPerSecond, seconds }: LeastRate): RateWatch {
  if (bytesPerSecond <= 0) return { received: () => undefined, stop: () => undefined };
  let received = 0;
  const timer = setInterval(() => {
    if (received < bytesPerSecond * seconds) body.destroy(new Error(`slower than ${bytesPerSecond} B/s`));
    received = 0;
  }, seconds * 1000);
  return { received: (bytes) => (received += bytes), stop: () => clearInterval(timer) };
}
