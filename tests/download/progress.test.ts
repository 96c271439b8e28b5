import { expect, test } from 'vitest';
import { createProgress } from '../../scripts/download/progress';

function setUp() {
  const clock = { seconds: 100 };
  return { clock, progress: createProgress(3, () => clock.seconds) };
}

test('bytes count as verified only when their file is settled', () => {
  const { progress } = setUp();
  progress.received(1000);
  expect(progress.totals()).toMatchObject({ files: 3, bytesReceived: 1000, bytesVerified: 0, verified: 0 });
  progress.settled('verified', 1000);
  progress.settled('already-here', 50);
  progress.failed();
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
    progress.received(second < 30 ? 1000 : 10);
  }
  expect(progress.totals().bytesPerSecond).toBeCloseTo(10, 0);
});

test('the rate falls to nothing when nothing comes', () => {
  const { clock, progress } = setUp();
  clock.seconds += 1;
  progress.received(1000);
  expect(progress.totals().bytesPerSecond).toBe(1000);
  clock.seconds += 9999;
  expect(progress.totals().bytesPerSecond).toBeLessThan(1);
});
