/**
 * Workers, queue, ledger and service as events on one clock of numbers: the protocol of scripts/cluster with deaths and stops between any
 * two steps, a whole campaign in milliseconds. The service's own bookkeeping (the sandbox's) says whether a quota was violated.
 */
import { DOCUMENTED_QUOTA, QuotaLedger } from '../../scripts/sandbox/auxip/quota';
import { LEASE, type LedgerRules, type Reservation } from '../../scripts/cluster/ledger/shared-ledger';
import { createMemoryLedger } from './memory-ledger';
import { randomOf } from './random';

export interface SimulationOptions {
  readonly seed: number;
  readonly workers: number;
  readonly accounts: number;
  readonly files: number;
  readonly rules: LedgerRules;
  /** Of the service, in the same units as the rules. */
  readonly quota: { readonly totalDownloads: number; readonly totalDownloadsPeriodDays: number };
  /** Chance that a worker dies, and that it is stopped for a while, at a step. */
  readonly deaths: number;
  readonly stops: number;
  /** Longest time, milliseconds, between a request that leaves and the service that counts it; nothing is renewed meanwhile. Default 400. */
  readonly arrival?: number;
}

export interface Simulated {
  readonly verified: number;
  /** Grants of the service beyond one per file. */
  readonly grantedAgain: number;
  /** Those that a death, or a stop beyond the lease, between grant and note explains. */
  readonly lostGrants: number;
  /** 429 that the service answered. */
  readonly violations: number;
  readonly settledTwice: number;
  readonly deaths: number;
  readonly stops: number;
  /** Milliseconds of the simulated clock. */
  readonly took: number;
}

interface Job {
  readonly id: string;
  readonly bytes: number;
  state: 'waiting' | 'active' | 'done';
  /** Who holds it; another number for each taking. */
  lock: number;
  lockedUntil: number;
  notBefore: number;
}

const KEPT = 570_000;
const START = 1_000_000_000;

export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { seed, rules } = options;
  const random = randomOf(seed);
  const between = (from: number, to: number): number => from + Math.floor(random() * (to - from));
  let now = START;
  const ledger = createMemoryLedger({ rules, clock: () => now });
  const service = new QuotaLedger(
    () => ({ ...DOCUMENTED_QUOTA, ...options.quota }),
    () => now,
  );
  const accounts = Array.from({ length: options.accounts }, (_, index) => `account-${index}`);
  const jobs: Job[] = Array.from({ length: options.files }, (_, index) => {
    const times = { lock: 0, lockedUntil: 0, notBefore: 0 };
    return { id: `file-${index}`, bytes: between(1, 2_000_000_000), state: 'waiting', ...times };
  });
  const kept = new Map<string, number>();
  const granted = new Map<string, number>();
  const counts = { lostGrants: 0, violations: 0, settledTwice: 0, deaths: 0, stops: 0 };
  const events: { at: number; order: number; go: () => void }[] = [];
  let [order, locks] = [0, 0];

  const later = (milliseconds: number): Promise<void> =>
    new Promise((go) => events.push({ at: now + milliseconds, order: order++, go }));

  class Death extends Error {}
  /** Between any two steps. A stopped worker goes on with what it believed. */
  async function mayFail(): Promise<void> {
    const drawn = random();
    if (drawn < options.deaths) {
      counts.deaths++;
      throw new Death();
    }
    if (drawn < options.deaths + options.stops) {
      counts.stops++;
      await later(between(1000, 3 * LEASE));
    }
  }

  function take(): Job | undefined {
    const job = jobs.find(
      ({ state, lockedUntil, notBefore }) =>
        (state === 'waiting' && notBefore <= now) || (state === 'active' && lockedUntil <= now),
    );
    if (job) Object.assign(job, { state: 'active', lock: ++locks, lockedUntil: now + LEASE });
    return job;
  }

  async function work(): Promise<void> {
    while (jobs.some(({ state }) => state !== 'done')) {
      const job = take();
      if (!job) {
        await later(between(500, 1500));
        continue;
      }
      const { lock } = job;
      try {
        await transfer(job, lock);
      } catch (error) {
        if (!(error instanceof Death)) throw error;
        // Another process takes its place.
        await later(between(100, 20_000));
      }
    }
  }

  /** BullMQ renews the lock of a job as long as its process lives and is not stopped. */
  async function alive(job: Job, lock: number, milliseconds: number): Promise<void> {
    for (let left = milliseconds; left > 0; left -= LEASE / 3) {
      await later(Math.min(left, LEASE / 3));
      if (job.lock === lock && job.lockedUntil > now) job.lockedUntil = now + LEASE;
    }
  }

  async function transfer(job: Job, lock: number): Promise<void> {
    if (!(await locate(job, lock))) return;
    await mayFail();
    await alive(job, lock, between(100, 20_000));
    await mayFail();
    if (job.lock !== lock || job.lockedUntil <= now) return;
    if (job.state === 'done') counts.settledTwice++;
    job.state = 'done';
  }

  async function locate(job: Job, lock: number): Promise<boolean> {
    if ((kept.get(job.id) ?? 0) > now) return true;
    if (job.lock !== lock || job.lockedUntil <= now) return false;
    const answer = await ledger.reserve({ file: job.id, bytes: job.bytes, accounts });
    if (answer.state === 'wait') {
      if (answer.milliseconds > 60_000) {
        if (job.lock === lock) Object.assign(job, { state: 'waiting', notBefore: now + answer.milliseconds });
        return false;
      }
      await alive(job, lock, answer.milliseconds + 1);
      return locate(job, lock);
    }
    const { reservation } = answer;
    const reservedAt = now;
    await mayFail();
    if (now - reservedAt >= LEASE / 2 && !(await ledger.renew(reservation))) return locate(job, lock);
    return ask(job, lock, reservation);
  }

  async function ask(job: Job, lock: number, reservation: Reservation): Promise<boolean> {
    await later(between(5, options.arrival ?? 400));
    const isGranted = service.request(reservation.account, true, job.bytes);
    if (!isGranted) {
      counts.violations++;
      await ledger.refuse(reservation);
      return locate(job, lock);
    }
    granted.set(job.id, (granted.get(job.id) ?? 0) + 1);
    counts.lostGrants++;
    await later(between(5, 400));
    await mayFail();
    // Who was stopped here beyond its lease has lost the grant as well.
    if (await ledger.renew(reservation)) counts.lostGrants--;
    await ledger.commit(reservation);
    kept.set(job.id, now + KEPT);
    return true;
  }

  const working = Promise.all(Array.from({ length: options.workers }, work));
  const state = { isOver: false };
  void working.then(() => (state.isOver = true));
  for (;;) {
    // Whatever follows of the last event at the same moment.
    await new Promise(setImmediate);
    if (state.isOver) break;
    events.sort((a, b) => a.at - b.at || a.order - b.order);
    const next = events.shift();
    if (!next) throw new Error(`seed ${seed}: nothing moves any more`);
    now = Math.max(now, next.at);
    next.go();
  }
  await working;
  const grants = [...granted.values()].reduce((sum, count) => sum + count, 0);
  const verified = jobs.filter(({ state }) => state === 'done').length;
  return { verified, grantedAgain: grants - granted.size, ...counts, took: now - START };
}
