/** The scripts in Redis do what the same steps on plain data do, whatever the order of events. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRedisLedger } from '../../scripts/cluster/ledger/redis-ledger';
import type { LedgerRules, Reservation, Reserved, SharedLedger } from '../../scripts/cluster/ledger/shared-ledger';
import { connectQueue, type QueueConnection } from '../../scripts/cluster/redis/connection';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import type { AuxflowError } from '../../scripts/errors/errors';
import { describe as wordsOf } from '../../scripts/errors/messages';
import { IS_LONG, rounds, seedOr } from '../helpers/budget';
import { failureOf } from '../helpers/failure-of';
import { createMemoryLedger } from '../helpers/memory-ledger';
import { randomOf } from '../helpers/random';
import { HAS_REDIS, startRedis, type TestRedis } from '../helpers/with-redis';

const RULES: LedgerRules = { inARun: 3, pause: 11, files: 12, bytes: 1000, period: 100_000 };
const LEASE = 5000;

describe.skipIf(!HAS_REDIS)('the ledger in Redis', () => {
  let server: TestRedis;
  let queue: QueueConnection;
  beforeAll(async () => {
    server = await startRedis();
    queue = await connectQueue(server.url);
  });
  afterAll(async () => {
    await queue.close();
    await server.stop();
  });
  beforeEach(async () => {
    await queue.redis.flushall();
  });

  test('decides as the same rules on plain data, for random orders of events', async () => {
    const seed = seedOr(20_261_129);
    for (let round = 0; round < rounds(6, 200); round++) {
      await queue.redis.flushall();
      await compare(randomOf(seed + round));
    }
  });

  async function compare(random: () => number): Promise<void> {
    let now = 1_000_000;
    const clock = (): number => now;
    const ledgers = [
      createRedisLedger({ redis: queue.redis, rules: RULES, lease: LEASE, clock }),
      createMemoryLedger({ rules: RULES, lease: LEASE, clock }),
    ];
    const pick = (count: number): number => Math.floor(random() * count);
    const open: Reservation[][] = [];
    for (let step = 0; step < 120; step++) {
      now += [0, 1, 400, 4000, 11_001, 30_000][pick(6)] ?? 0;
      const held = open[pick(Math.max(1, open.length))];
      const what = pick(6);
      if (what < 3 || !held) {
        const request = { file: `file-${pick(40)}`, bytes: 1 + pick(300), accounts: ['a', 'b'] };
        const answers = await inBoth(ledgers, (ledger) => ledger.reserve(request));
        expect(answers.map(shown)).toEqual([shown(answers[1]), shown(answers[1])]);
        const reservations = answers.flatMap((answer) => (answer.state === 'granted' ? [answer.reservation] : []));
        if (reservations.length === 2) open.push(reservations);
        continue;
      }
      const results = await Promise.all(
        ledgers.map(async (ledger, index) => act(ledger, held[index] as Reservation, what)),
      );
      expect(results[0]).toEqual(results[1]);
      if (what !== 3) open.splice(open.indexOf(held), 1);
      const uses = await inBoth(ledgers, (ledger) => ledger.use('a'));
      expect(uses[0]).toEqual(uses[1]);
    }
  }

  test('counts by the clock of Redis: all workers together keep the pace', async () => {
    const ledger = createRedisLedger({ redis: queue.redis, rules: { ...RULES, pause: 0.2 } });
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ledger.reserve({ file: `f${index}`, bytes: 1, accounts: ['a'] })),
    );
    expect(answers.filter(({ state }) => state === 'granted')).toHaveLength(3);
    expect(answers.filter((answer) => answer.state === 'wait' && answer.why === 'pace')).toHaveLength(5);
  });

  test('takes the grants of another ledger once', async () => {
    const ledger = createRedisLedger({ redis: queue.redis, rules: RULES, clock: () => 5000 });
    const grants = Array.from({ length: 7 }, (_, index) => ({ at: index * 100, id: `f${index}`, bytes: 10 + index }));
    expect(await ledger.add('a', grants)).toBe(7);
    expect(await ledger.add('a', grants)).toBe(0);
    const told = [];
    for await (const grant of ledger.grants('a')) told.push(grant);
    expect(told).toEqual(grants);
    expect(await ledger.use('a')).toMatchObject({ files: 7, bytes: 91 });
  });

  test('goes on after Redis has forgotten its scripts', async () => {
    const ledger = createRedisLedger({ redis: queue.redis, rules: RULES });
    await ledger.use('a');
    await queue.redis.script('FLUSH');
    expect(await ledger.use('a')).toEqual({ files: 0, bytes: 0, inFlight: 0, restsFor: 0 });
  });
});

async function inBoth<Result>(
  ledgers: readonly SharedLedger[],
  ask: (ledger: SharedLedger) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(ledgers.map(ask));
}

async function act(ledger: SharedLedger, reservation: Reservation, what: number): Promise<unknown> {
  if (what === 3) return ledger.renew(reservation);
  if (what === 4) return ledger.commit(reservation);
  return reservation.file.endsWith('1') ? ledger.refuse(reservation) : ledger.release(reservation);
}

function shown(answer: Reserved | undefined): string {
  if (answer?.state === 'granted') return `granted to ${answer.reservation.account}`;
  return answer ? `${answer.why} ${answer.milliseconds}` : '';
}

describe.skipIf(!HAS_REDIS)('a queue that cannot be used', () => {
  test('is said with its code: wrong password, evictions, nobody there, no URL', async () => {
    const server = await startRedis(['--requirepass', 'right', '--maxmemory-policy', 'allkeys-lru']);
    try {
      const at = `127.0.0.1:${server.port}`;
      expect(await failureOf(connectQueue(`redis://:wrong@${at}`))).toMatchObject({ code: 'QUEUE_AUTHENTICATION' });
      expect(await failureOf(connectQueue(`redis://${at}`))).toMatchObject({
        code: 'QUEUE_AUTHENTICATION',
        reason: 'it asks for a password (NOAUTH)',
      });
      const evicts = await failureOf(connectQueue(`redis://:right@${at}`));
      expect(evicts).toEqual({ code: 'QUEUE_EVICTS', queue: `redis://${at}`, policy: 'allkeys-lru' });
    } finally {
      await server.stop();
    }
    const away = await failureOf(connectQueue(server.url));
    expect(away).toMatchObject({ code: 'QUEUE_UNREACHABLE' });
    expect(wordsOf(away).headline).toMatch(/: nothing listens on that port [(]ECONNREFUSED[)][.]$/);
    for (const url of ['', '127.0.0.1', 'http://127.0.0.1', 'redis://', 'redis://h/x'])
      expect(await failureOf(connectQueue(url)), url).toMatchObject({ code: 'USAGE' });
  });

  test('is said where the user lacks rights, by auxflow and nobody else', async () => {
    const server = await startRedis();
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    try {
      const queue = await connectQueue(server.url);
      for (const [user, rights] of [
        ['nothing', '-@all'],
        ['reader', '+@read +info'],
      ] as const)
        await queue.redis.call('ACL', 'SETUSER', user, 'on', '>secret', '~*', ...rights.split(' '));
      await queue.close();
      const refusal = (user: string): Promise<AuxflowError> =>
        failureOf(openQueue(`redis://${user}:secret@127.0.0.1:${server.port}`, 'https://site.example'));
      const refusals = [await refusal('nothing'), await refusal('reader')];
      for (const refused of refusals)
        expect(refused).toMatchObject({
          code: 'QUEUE_AUTHENTICATION',
          reason: expect.stringMatching(/^NOPERM /) as string,
        });
      expect(refusals.map((refused) => wordsOf(refused).headline).join()).toMatch(/a command to this user/);
      expect(warned).not.toHaveBeenCalled();
    } finally {
      warned.mockRestore();
      await server.stop();
    }
  });

  test.runIf(IS_LONG)(
    'is not waited for where it takes connections and says nothing',
    async () => {
      const silent = createServer().listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const reason = 'it takes connections and gave no answer within 5 s';
      const found = await failureOf(connectQueue(`redis://127.0.0.1:${port}`));
      expect(found).toMatchObject({ code: 'QUEUE_UNREACHABLE', reason });
      silent.close();
    },
    20_000,
  );
});
