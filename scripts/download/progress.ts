/** Sums of a running download. Only bytes that were proven count as verified. */
export interface Totals {
  files: number;
  verified: number;
  alreadyHere: number;
  failed: number;
  /** Of files that were verified now or found here already. */
  bytesVerified: number;
  /** Written by this run, proven or not. */
  bytesReceived: number;
  /** Over the last seconds; 0 before there is anything to measure. */
  bytesPerSecond: number;
}

export interface Progress {
  received(bytes: number): void;
  settled(status: 'verified' | 'already-here', bytes: number): void;
  failed(): void;
  totals(): Totals;
}

const WINDOW_SECONDS = 10;
const SAMPLE_SECONDS = 0.25;

/** @param now monotonic seconds */
export function createProgress(files: number, now: () => number = () => performance.now() / 1000): Progress {
  const sums = { files, verified: 0, alreadyHere: 0, failed: 0, bytesVerified: 0, bytesReceived: 0 };
  const samples = [{ at: now(), bytes: 0 }];

  function sample(): void {
    const at = now();
    if (at - (samples.at(-1)?.at ?? -Infinity) < SAMPLE_SECONDS) return;
    samples.push({ at, bytes: sums.bytesReceived });
    while (samples.length > 2 && at - (samples[1]?.at ?? at) >= WINDOW_SECONDS) samples.shift();
  }

  function rate(): number {
    const [oldest] = samples;
    const seconds = oldest ? now() - oldest.at : 0;
    return oldest && seconds > 0 ? (sums.bytesReceived - oldest.bytes) / seconds : 0;
  }

  return {
    received(bytes) {
      sums.bytesReceived += bytes;
      sample();
    },
    settled(status, bytes) {
      sums[status === 'verified' ? 'verified' : 'alreadyHere'] += 1;
      sums.bytesVerified += bytes;
    },
    failed() {
      sums.failed += 1;
    },
    totals: () => ({ ...sums, bytesPerSecond: rate() }),
  };
}
