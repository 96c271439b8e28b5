import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextGrantAt, PERIOD, roomAt, scheduleOf, type Grant, type QuotaRules } from '../../scripts/download/quota';
import { CONFIGURED_QUOTA, DOCUMENTED_QUOTA, QuotaLedger } from '../../scripts/sandbox/auxip/quota';

const RULES: QuotaRules = { inARun: 5, pause: 11, files: Infinity, bytes: 100e9 };
const NOW = Date.UTC(2026, 0, 1);

/** Asks for the files as early as the rules allow, with some delay before each; `ask` hears of each. Returns the last time. */
function askAll(files: readonly number[], delays: readonly number[], ask: (bytes: number, at: number) => void): number {
  const grants: Grant[] = [];
  let time = NOW;
  for (const [index, bytes] of files.entries()) {
    time += delays[index] ?? 0;
    time = Math.max(time, roomAt(bytes, grants, RULES, time));
    time = Math.max(time, nextGrantAt(grants, RULES));
    ask(bytes, time);
    grants.push({ at: time, id: String(index), bytes });
  }
  return time;
}

const sizes = fc.array(fc.integer({ min: 0, max: 20e9 }), { minLength: 1, maxLength: 60 });
const delays = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15_000 })), { maxLength: 60 });

describe('the rules against the service’s own bookkeeping', () => {
  test('who keeps them is never refused', () => {
    fc.assert(
      fc.property(sizes, delays, (files, waits) => {
        let clock = NOW - 20_000;
        const service = new QuotaLedger(
          () => DOCUMENTED_QUOTA,
          () => clock,
        );
        service.request('user', true, 0);
        const refused: number[] = [];
        askAll(files, waits, (bytes, at) => {
          clock = at;
          if (!service.request('user', true, bytes)) refused.push(at);
        });
        expect(refused).toEqual([]);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  test('the service refuses the sixth in a run, and these rules make it wait', () => {
    let clock = NOW;
    const service = new QuotaLedger(
      () => ({ ...CONFIGURED_QUOTA, parallelDownloads: 5 }),
      () => clock,
    );
    const grants: Grant[] = [];
    for (let index = 0; index < 5; index++, clock += 1000) {
      expect([service.request('user', true, 1), nextGrantAt(grants, RULES) <= clock]).toEqual([true, true]);
      grants.push({ at: clock, id: '', bytes: 1 });
    }
    expect([service.request('user', true, 1), nextGrantAt(grants, RULES)]).toEqual([false, NOW + 4000 + 11_000]);
  });
});

describe('the plan', () => {
  test('says when the last file is really asked for', () => {
    fc.assert(
      fc.property(sizes, (files) => {
        expect(scheduleOf(files, [], RULES, NOW).lastGrantAt).toBe(askAll(files, [], () => undefined));
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test('counts the windows, and the files of the first', () => {
    const rules = { ...RULES, files: 10 };
    const schedule = scheduleOf(
      Array.from({ length: 25 }, () => 1),
      [],
      rules,
      NOW,
    );
    expect([schedule.windows, schedule.now]).toEqual([3, 10]);
    expect(schedule.lastGrantAt).toBeGreaterThanOrEqual(NOW + 2 * PERIOD);
  });
});

test('room comes back when the oldest grants leave the period; a file larger than the budget never has any', () => {
  const grants = [
    { at: NOW - PERIOD + 1000, id: 'a', bytes: 60e9 },
    { at: NOW - 5000, id: 'b', bytes: 30e9 },
  ];
  expect(roomAt(10e9, grants, RULES, NOW)).toBe(NOW);
  expect(roomAt(11e9, grants, RULES, NOW)).toBe(NOW + 1000);
  expect(roomAt(80e9, grants, RULES, NOW)).toBe(NOW - 5000 + PERIOD);
  expect(roomAt(101e9, grants, RULES, NOW)).toBe(Infinity);
});
