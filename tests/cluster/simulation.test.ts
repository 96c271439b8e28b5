import { expect, test } from 'vitest';
import { LEASE } from '../../scripts/cluster/ledger/shared-ledger';
import { DAY } from '../../scripts/sentinel/time';
import { DOCUMENTED_BYTES } from '../../scripts/download/quota';
import { rounds, seedOr } from '../helpers/budget';
import { simulate, type SimulationOptions } from '../helpers/cluster-simulation';

const HEALTHY: SimulationOptions = {
  seed: 0,
  workers: 4,
  accounts: 3,
  files: 60,
  rules: { inARun: 5, pause: 11, files: Infinity, bytes: DOCUMENTED_BYTES, period: 8 * DAY },
  quota: { totalDownloads: 1000, totalDownloadsPeriodDays: 8 },
  deaths: 0,
  stops: 0,
};

test('workers that die and stop anywhere bring home each file, within every quota, and lose no grant but in their death', async () => {
  const seed = seedOr(20_261_129);
  for (let round = 0; round < rounds(20, 1000); round++) {
    const workers = 1 + (round % 4);
    const found = await simulate({ ...HEALTHY, seed: seed + round, workers, deaths: 0.03, stops: 0.03 });
    const said = JSON.stringify({ seed: seed + round, ...found });
    expect(found.verified, said).toBe(HEALTHY.files);
    expect([found.violations, found.settledTwice], said).toEqual([0, 0]);
    expect(found.grantedAgain, said).toBeLessThanOrEqual(found.lostGrants);
  }
});

test('accounts are used as far as their pace allows', async () => {
  const files = 120;
  const { verified, violations, grantedAgain, took } = await simulate({ ...HEALTHY, seed: 1, workers: 24, files });
  expect([verified, violations, grantedAgain]).toEqual([files, 0, 0]);
  // Runs of five, each a pause after the last: of 120 files 40 for each account, so seven pauses. Of the simulated clock.
  const allowed = 7 * 11_000;
  expect(took).toBeLessThan(1.6 * allowed + 40_000);
});

test('a request may be counted late, by as much as half a lease after it left; later than that the service may refuse one', async () => {
  const violationsFor = async (arrival: number): Promise<number> => {
    let violations = 0;
    for (let seed = 0; seed < rounds(20, 1000); seed++) {
      const options = { ...HEALTHY, seed, workers: 24, deaths: 0.03, stops: 0.03, arrival };
      const found = await simulate(options);
      expect(found.verified, JSON.stringify({ seed, ...found })).toBe(HEALTHY.files);
      violations += found.violations;
    }
    return violations;
  };
  expect(await violationsFor(LEASE / 2)).toBe(0);
  // The simulation sees it.
  expect(await violationsFor(3 * LEASE)).toBeGreaterThan(0);
});
