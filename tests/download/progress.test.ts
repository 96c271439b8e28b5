import { describe, expect, test } from 'vitest';
import { createProgress } from '../../scripts/download/progress';

function setUp(sizes: readonly (number | undefined)[] = [1000, 50, undefined]) {
  const clock = { seconds: 100 };
  const files = sizes.map((bytes, index) => ({ id: String(index), bytes }));
  return { clock, progress: createProgress(files, () => clock.seconds) };
}

test('bytes count as verified only when their file is settled', () => {
  const { progress } = setUp();
  progress.received('0', 1000, 1000);
  expect(progress.totals()).toMatchObject({ files: 3, bytesReceived: 1000, bytesVerified: 0, verified: 0 });
  progress.settled('0', 'verified', 1000);
  progress.settled('1', 'already-here', 50);
  progress.failed('2');
  expect(progress.totals()).toMatchObject({
    verified: 1,
    alreadyHere: 1,
    failed: 1,
    bytesReceived: 1000,
    bytesVerified: 1050,
  });
});

test('the rate is that of the last seconds, not of the whole run', () => {
  const { clock, progress } = setUp();
  expect(progress.totals().bytesPerSecond).toBe(0);
  for (let second = 0; second < 60; second++) {
    clock.seconds += 1;
    progress.received('0', second < 30 ? 1000 : 10, 0);
  }
  expect(progress.totals().bytesPerSecond).toBeCloseTo(10, 0);
});

test('the rate falls to nothing when nothing comes', () => {
  const { clock, progress } = setUp();
  clock.seconds += 1;
  progress.received('0', 1000, 1000);
  expect(progress.totals().bytesPerSecond).toBe(1000);
  clock.seconds += 9999;
  expect(progress.totals().bytesPerSecond).toBeLessThan(1);
});

describe('bytes left', () => {
  const left = ({ progress }: ReturnType<typeof setUp>) => progress.totals().bytesLeft;

  test('without parts, and without files that are settled in whatever way', () => {
    const stage = setUp([1000, 400, 50, 7]);
    expect(left(stage)).toBe(1457);
    // 600 of the first lay here already.
    stage.progress.received('0', 100, 700);
    expect(left(stage)).toBe(757);
    stage.progress.received('1', 400, 400);
    expect(left(stage)).toBe(357);
    // Begun anew: what was there is to come once more.
    stage.progress.received('1', 10, 10);
    expect(left(stage)).toBe(747);
    stage.progress.failed('1');
    stage.progress.settled('2', 'already-here', 50);
    stage.progress.settled('0', 'verified', 1000);
    stage.progress.settled('0', 'verified', 1000);
    expect(left(stage)).toBe(7);
  });

  test('are unknown as long as a size is', () => {
    const stage = setUp([1000, undefined, undefined]);
    expect(stage.progress.totals()).not.toHaveProperty('bytesLeft');
    stage.progress.sized('1', 20);
    expect(left(stage)).toBeUndefined();
    stage.progress.failed('2');
    expect(left(stage)).toBe(1020);
  });
});

describe('the time left', () => {
  test('is that of the bytes left at the rate of the last half minute', () => {
    const { clock, progress } = setUp([10_000]);
    for (let second = 1; second <= 40; second++) {
      clock.seconds += 1;
      progress.received('0', 100, second * 100);
    }
    expect(progress.totals()).toMatchObject({ bytesLeft: 6000 });
    expect(progress.totals().secondsLeft).toBeCloseTo(60, 0);
    // A short pause makes it longer, not endless.
    clock.seconds += 15;
    expect(progress.totals().secondsLeft).toBeGreaterThan(100);
    expect(progress.totals().secondsLeft).toBeLessThan(140);
  });

  test('is not guessed: too early, without a rate, without sizes, at the end', () => {
    const early = setUp([10_000]);
    early.clock.seconds += 2;
    early.progress.received('0', 1000, 1000);
    expect(early.progress.totals()).not.toHaveProperty('secondsLeft');
    early.clock.seconds += 2;
    expect(early.progress.totals()).toHaveProperty('secondsLeft');
    early.clock.seconds += 60;
    expect(early.progress.totals()).not.toHaveProperty('secondsLeft');

    const unsized = setUp([10_000, undefined]);
    unsized.clock.seconds += 10;
    unsized.progress.received('0', 1000, 1000);
    expect(unsized.progress.totals()).not.toHaveProperty('secondsLeft');

    const done = setUp([1000]);
    done.clock.seconds += 10;
    done.progress.received('0', 1000, 1000);
    expect(done.progress.totals()).not.toHaveProperty('secondsLeft');
  });
});
