import { describe, expect, it } from 'vitest';
import { CONFIGURED_QUOTA, DOCUMENTED_QUOTA, QuotaLedger } from '../../../scripts/sandbox/auxip/quota';

const GB_AS_COUNTED = 1e8;

describe('quota (auxip.md#quota)', () => {
  const ledger = (settings = DOCUMENTED_QUOTA) => {
    const time = { now: Date.UTC(2024, 2, 1) };
    const quota = new QuotaLedger(
      () => settings,
      () => time.now,
    );
    const ask = (bytes = 1, isDownloader = true) => quota.request('user', isDownloader, bytes);
    return { time, ask };
  };

  it('grants five in a run, and the sixth only more than 10 s after the fifth', () => {
    const { time, ask } = ledger();
    expect([ask(), ask(), ask(), ask(), ask()]).toEqual([true, true, true, true, true]);
    expect(ask()).toBe(false);
    time.now += 9000;
    expect(ask()).toBe(false);
    time.now += 1000;
    expect(ask()).toBe(false);
    time.now += 1000;
    expect(ask()).toBe(true);
  });

  it('starts the next run with a count of one', () => {
    const { time, ask } = ledger();
    for (let grant = 0; grant < 5; grant++) ask();
    time.now += 11_000;
    expect([ask(), ask(), ask(), ask(), ask(), ask()]).toEqual([true, true, true, true, true, false]);
  });

  it('counts one request every more than 10 s never as a run', () => {
    const { time, ask } = ledger();
    for (let grant = 0; grant < 20; grant++) {
      expect(ask()).toBe(true);
      time.now += 10_001;
    }
  });

  it('checks the volume before it adds: the last file may overshoot, the next is refused', () => {
    const { time, ask } = ledger();
    expect(ask(999 * GB_AS_COUNTED)).toBe(true);
    expect(ask(500 * GB_AS_COUNTED)).toBe(true);
    expect(ask(1)).toBe(false);
    time.now += 7 * 86_400_000;
    expect(ask(1)).toBe(false);
  });

  it('starts a new period with the first request after eight days, and grants that one unchecked', () => {
    const { time, ask } = ledger();
    ask(2000 * GB_AS_COUNTED);
    time.now += 8 * 86_400_000 + 1;
    expect(ask(1, false)).toBe(true);
    expect(ask(1, false)).toBe(false);
    expect(ask(1)).toBe(true);
  });

  it('always refuses without the role download, within a period', () => {
    const { ask } = ledger(CONFIGURED_QUOTA);
    expect(ask(1, false)).toBe(false);
    expect(ask(1)).toBe(true);
  });

  it('keeps accounts apart', () => {
    const quota = new QuotaLedger(
      () => ({ ...DOCUMENTED_QUOTA, parallelDownloads: 1 }),
      () => 0,
    );
    expect([quota.request('a', true, 1), quota.request('a', true, 1), quota.request('b', true, 1)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
