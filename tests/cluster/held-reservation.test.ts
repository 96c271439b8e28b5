import { describe, expect, onTestFinished, test } from 'vitest';
import { Redis } from 'ioredis';
import { pooledLocations } from '../../scripts/cluster/accounts/pooled-locations';
import { Failure } from '../../scripts/errors/errors';
import type { AroundAttempt } from '../../scripts/services/api';
import { hold } from '../../scripts/cluster/accounts/held-reservation';
import { createRedisLedger } from '../../scripts/cluster/ledger/redis-ledger';
import type { SharedLedger } from '../../scripts/cluster/ledger/shared-ledger';
import { HAS_REDIS, startRedis } from '../helpers/with-redis';

const REQUEST = { method: 'GET', url: 'https://site/auxip.svc' };
const LEASE_MILLISECONDS = 200;
const RULES = { inARun: 5, pause: 11, files: Infinity, bytes: Infinity, period: 1000 };
const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** In a Redis of the test's own. */
async function ownLedger(): Promise<SharedLedger> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const connection = new Redis(redis.url);
  onTestFinished(() => {
    connection.disconnect();
  });
  return createRedisLedger({ redis: connection, rules: RULES, lease: LEASE_MILLISECONDS });
}

/** As a process sees it that is stopped after Redis has answered and before it has read the answer. */
function unreadFor(milliseconds: number, ledger: SharedLedger): SharedLedger {
  return {
    ...ledger,
    async renew(reservation) {
      const isOurs = await ledger.renew(reservation);
      await later(milliseconds);
      return isOurs;
    },
  };
}

const ID = '00000000-0000-4000-8000-000000000001';
const GRANTED = { status: 302, header: (): string => 'https://store/object', text: '', truncated: false };

describe.skipIf(!HAS_REDIS)('a reservation whose lease has lapsed is not used', () => {
  test('although it lapsed while the request waited for a connection: it is given back and another is taken', async () => {
    const ledger = await ownLedger();
    let [tries, sent] = [0, 0];
    const client = {
      async productLocation(_id: string, _signal?: AbortSignal, around?: AroundAttempt) {
        const answer = await around?.(async (mayLeave) => {
          // As a process that is stopped: nothing is renewed in the meantime.
          if (++tries === 1) await later(2 * LEASE_MILLISECONDS);
          if (mayLeave?.() === false) throw new Failure({ code: 'NETWORK', ...REQUEST, reason: 'late', attempts: 1 });
          sent += 1;
          return GRANTED;
        });
        return answer?.header('location') ?? '';
      },
    };
    const stopped: SharedLedger = { ...ledger, renew: () => Promise.resolve(false) };
    const locate = pooledLocations({
      ledger: stopped,
      clients: new Map([['account', client]]),
      lease: LEASE_MILLISECONDS,
      longestWait: 60_000,
    });
    expect(await locate({ id: ID, bytes: 1, isAgain: false })).toBe('https://store/object');
    expect([tries, sent]).toEqual([2, 1]);
  });

  test.each([
    ['the answer to its reservation', (ledger: SharedLedger) => ledger],
    ['the answer to a renewal', (ledger: SharedLedger) => unreadFor(2 * LEASE_MILLISECONDS, ledger)],
  ])('although %s was read late', async (what, as) => {
    const ledger = await ownLedger();
    const askedAt = performance.now();
    const answer = await ledger.reserve({ file: 'file', bytes: 1, accounts: ['account'] });
    if (answer.state !== 'granted') throw new Error(answer.state);
    const isLateToBegin = what.includes('reservation');
    await later(isLateToBegin ? 2 * LEASE_MILLISECONDS : 0.6 * LEASE_MILLISECONDS);
    const held = hold(as(ledger), answer.reservation, LEASE_MILLISECONDS, askedAt);
    expect(await held.isFresh()).toBe(false);
    await held.end('release');
  });
});
