/** What lies between the body of a store's answer and the part: bytes that are skipped, and the least rate. */
import { Transform, type Readable } from 'node:stream';
import { watchRate, type LeastRate } from '../lib/streams/least-rate';

/** The first bytes of a body are left out. */
export function skipping(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const skipped = Math.min(left, chunk.length);
      left -= skipped;
      done(null, chunk.subarray(skipped));
    },
  });
}

/** By the flags; 1 kB/s over a minute where they are not given: what is slower would take weeks. */
export function leastRateOf({
  minRate = 1000,
  stallTimeout = 60,
}: {
  readonly minRate?: number;
  readonly stallTimeout?: number;
}): LeastRate {
  return { bytesPerSecond: minRate, seconds: stallTimeout };
}

/**
 * Ends a body that trickles: slower than that over each window of time, although it is never silent for long.
 * @returns stops looking
 */
export function endWhenSlow(body: Readable, rate: LeastRate): () => void {
  const watch = watchRate(body, rate);
  body.on('data', ({ length }: Buffer) => watch.received(length));
  return () => watch.stop();
}
