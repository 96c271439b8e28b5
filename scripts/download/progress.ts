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
  /** Of files that are not settled, without what their parts hold; absent while the size of one of them is unknown. */
  bytesLeft?: number;
  /** At the rate of the last half minute; absent where that says nothing. */
  secondsLeft?: number;
}

export interface Progress {
  /** A size that was not known before. */
  sized(id: string, bytes: number): void;
  /** `present`: in the part now; `added`: of them just now. */
  received(id: string, added: number, present: number): void;
  settled(id: string, status: 'verified' | 'already-here', bytes: number): void;
  failed(id: string): void;
  totals(): Totals;
}

const WINDOW_SECONDS = 10;
/** Longer: an estimate that jumps with every file is worth nothing. */
const ESTIMATE_WINDOW_SECONDS = 30;
/** Before that a rate says more of how a transfer begins than of how it goes on. */
const MIN_MEASURE_SECONDS = 3;
const SAMPLE_SECONDS = 0.25;

/** @param now monotonic seconds */
export function createProgress(
  files: readonly { readonly id: string; readonly bytes?: number }[],
  now: () => number = () => performance.now() / 1000,
): Progress {
  const sums = { files: files.length, verified: 0, alreadyHere: 0, failed: 0, bytesVerified: 0, bytesReceived: 0 };
  const meter = createMeter(now);
  const left = createRemainder(files);

  function estimate(): Pick<Totals, 'bytesLeft' | 'secondsLeft'> {
    const bytesLeft = left.bytes();
    const rate = meter.rate(ESTIMATE_WINDOW_SECONDS);
    if (bytesLeft === undefined) return {};
    if (bytesLeft === 0 || rate === 0 || meter.seconds() < MIN_MEASURE_SECONDS) return { bytesLeft };
    return { bytesLeft, secondsLeft: bytesLeft / rate };
  }

  return {
    sized: (id, bytes) => left.sized(id, bytes),
    received(id, added, present) {
      sums.bytesReceived += added;
      left.present(id, present);
      meter.read(sums.bytesReceived);
    },
    settled(id, status, bytes) {
      sums[status === 'verified' ? 'verified' : 'alreadyHere'] += 1;
      sums.bytesVerified += bytes;
      left.settled(id);
    },
    failed(id) {
      sums.failed += 1;
      left.settled(id);
    },
    totals: () => ({ ...sums, bytesPerSecond: meter.rate(WINDOW_SECONDS), ...estimate() }),
  };
}

interface Meter {
  /** Takes the bytes so far. */
  read(bytes: number): void;
  /** Bytes per second over the last `window` seconds, or since the beginning. */
  rate(window: number): number;
  /** Since the beginning. */
  seconds(): number;
}

function createMeter(now: () => number): Meter {
  const beganAt = now();
  const samples = [{ at: beganAt, bytes: 0 }];
  let latest = 0;
  return {
    read(bytes) {
      latest = bytes;
      const at = now();
      if (at - (samples.at(-1)?.at ?? -Infinity) < SAMPLE_SECONDS) return;
      samples.push({ at, bytes });
      while (samples.length > 2 && at - (samples[1]?.at ?? at) >= ESTIMATE_WINDOW_SECONDS) samples.shift();
    },
    rate(window) {
      const at = now();
      const from = samples.findLast((sample) => sample.at <= at - window) ?? samples[0];
      const seconds = from ? at - from.at : 0;
      return from && seconds > 0 ? (latest - from.bytes) / seconds : 0;
    },
    seconds: () => now() - beganAt,
  };
}

interface Remainder {
  sized(id: string, bytes: number): void;
  present(id: string, bytes: number): void;
  settled(id: string): void;
  /** undefined while a size is unknown */
  bytes(): number | undefined;
}

/** Kept as a sum: there may be tens of thousands of files, and a chunk of one arrives every millisecond. */
function createRemainder(files: readonly { readonly id: string; readonly bytes?: number }[]): Remainder {
  const open = new Map(files.map(({ id, bytes }) => [id, { bytes, present: 0 }]));
  let [sum, unknown] = [0, 0];
  for (const { bytes } of open.values()) {
    sum += bytes ?? 0;
    unknown += bytes === undefined ? 1 : 0;
  }
  return {
    sized(id, bytes) {
      const file = open.get(id);
      if (!file) return;
      sum += bytes - (file.bytes ?? 0);
      unknown -= file.bytes === undefined ? 1 : 0;
      file.bytes = bytes;
    },
    present(id, bytes) {
      const file = open.get(id);
      if (!file) return;
      sum -= bytes - file.present;
      file.present = bytes;
    },
    settled(id) {
      const file = open.get(id);
      if (!file) return;
      sum -= (file.bytes ?? 0) - file.present;
      unknown -= file.bytes === undefined ? 1 : 0;
      open.delete(id);
    },
    bytes: () => (unknown > 0 ? undefined : sum),
  };
}
