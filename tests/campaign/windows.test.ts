import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowsOf } from '../../scripts/campaign/request/windows';
import { DAY, HOUR } from '../../scripts/sentinel/time';

const iso = (time: number): string => new Date(time).toISOString();

describe('windows of an interval', () => {
  test('a day or less is one window, in the words of the request', () => {
    const interval = { start: '2024-03-01T00:00Z', stop: '2024-03-02T00:00:00Z' };
    expect(windowsOf(interval)).toEqual([interval]);
  });

  test("the tutorial's two days and two seconds are two windows", () => {
    expect(windowsOf({ start: '2024-02-29T23:59:59Z', stop: '2024-03-02T00:00:01Z' })).toEqual([
      { start: '2024-02-29T23:59:59Z', stop: '2024-03-01T23:59:59Z' },
      { start: '2024-03-01T21:59:59Z', stop: '2024-03-02T00:00:01Z' },
    ]);
  });

  // Not fc.double: most doubles between 0 and 1 are next to 0.
  const fraction = (most: number) => fc.integer({ min: 0, max: 10_000 }).map((share) => (most * share) / 10_000);
  const cases = fc.record({
    begin: fc.integer({ min: Date.UTC(2014, 0), max: Date.UTC(2030, 0) }),
    length: fc.integer({ min: 0, max: 12 * DAY }),
    longest: fc.integer({ min: 2 * HOUR, max: 2 * DAY }),
    share: fraction(0.5),
    from: fraction(1),
    span: fraction(1),
  });

  test('every product wholly inside the interval and not longer than the overlap lies wholly inside a window', () => {
    fc.assert(
      fc.property(cases, ({ begin, length, longest, share, from, span }) => {
        const overlap = Math.floor(longest * share);
        const windows = windowsOf({ start: iso(begin), stop: iso(begin + length) }, { longest, overlap });
        const product = Math.floor(Math.min(overlap, length) * span);
        const start = begin + Math.floor((length - product) * from);
        const holds = windows.some(
          (window) => Date.parse(window.start) <= start && start + product <= Date.parse(window.stop),
        );
        expect(holds).toBe(true);
      }),
      { numRuns: 2000, seed: 4 },
    );
  });

  test('windows are no longer than allowed, leave the interval nowhere, and there are not more than needed', () => {
    fc.assert(
      fc.property(cases, ({ begin, length, longest, share }) => {
        const overlap = Math.floor(longest * share);
        const windows = windowsOf({ start: iso(begin), stop: iso(begin + length) }, { longest, overlap });
        for (const { start, stop } of windows) {
          expect(Date.parse(stop) - Date.parse(start)).toBeLessThanOrEqual(longest);
          expect(Date.parse(start)).toBeGreaterThanOrEqual(begin);
          expect(Date.parse(stop)).toBeLessThanOrEqual(begin + length);
        }
        expect(windows.length).toBe(1 + Math.max(0, Math.ceil((length - longest) / (longest - overlap))));
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
