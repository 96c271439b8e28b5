/** What can be wrong with a queue: a sentence and its exit code each, and every file comes home in the end. */
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRedisLedger } from '../../scripts/cluster/ledger/redis-ledger';
import { campaignKeys, META } from '../../scripts/cluster/redis/keys';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { DOCUMENTED_RULES, PERIOD } from '../../scripts/download/quota';
import { Failure, toError } from '../../scripts/errors/errors';
import { EXIT, exitCodeOf } from '../../scripts/errors/exit-codes';
import { describe as wordsOf } from '../../scripts/errors/messages';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';
import type { RunEvent } from '../../scripts/session/run-events';
import { HAS_REDIS, startRedis } from '../helpers/with-redis';
import { lockIn } from '../helpers/campaign';
import { findingsIn, workerSite, type WorkerSite } from '../helpers/worker-site';

describe.skipIf(!HAS_REDIS)('a queue in trouble', () => {
  let site: WorkerSite;
  let folder: string;
  let campaign: string;
  beforeAll(async () => {
    site = await workerSite(['--appendonly', 'yes', '--appendfsync', 'always']);
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    await site.inRedis(({ redis }) => redis.flushall());
    folder = temporaryFolder();
    campaign = await site.plan(folder);
  });

  const values = (): number => site.sandbox.requests.filter(({ url }) => url.endsWith('$value')).length;

  /** All files at home, each granted once since `before`. */
  async function proveAll(before: number): Promise<void> {
    const { exitCode, events } = site.worker(folder);
    expect([await exitCode, findingsIn(events)]).toEqual([0, []]);
    const { files } = lockIn(path.join(folder, 'out', campaign));
    expect(files.map(({ state }) => state)).toEqual(files.map(() => 'verified'));
    expect(values() - before).toBe(files.length);
  }

  /** Something happens to Redis while the first file is on its way. */
  function workerWith(blow: () => Promise<unknown>) {
    let struck: Promise<unknown> | undefined;
    return site.worker(
      folder,
      { concurrency: 1 },
      { listener: ({ type }) => void (type === 'file' && (struck ??= blow())) },
    );
  }

  test('Redis that restarts with what it knew is waited for, and no grant is lost', async () => {
    const before = values();
    const { exitCode, events } = workerWith(() => site.server.restart());
    expect([await exitCode, findingsIn(events)]).toEqual([0, []]);
    await proveAll(before);
  });

  test('a worker that is told to end does not wait for a Redis that is away', async () => {
    const server = await startRedis();
    const stop = new AbortController();
    const listener = ({ type }: RunEvent): void => {
      if (type === 'note')
        void server.stop().then(() => stop.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' })));
    };
    const options = { queue: server.url, exitWhenDone: false };
    const { exitCode } = site.worker(folder, options, { signal: stop.signal, listener });
    expect(await exitCode).toBe(EXIT.terminated);
  });

  test('Redis that has forgotten everything ends the workers before the next grant; planned again, nothing is fetched twice', async () => {
    const before = values();
    const { exitCode, events } = workerWith(() => site.inRedis(({ redis }) => redis.flushall()));
    expect([await exitCode, findingsIn(events)]).toEqual([EXIT.temporary, ['QUEUE_LOST']]);
    const granted = values() - before;
    await site.plan(folder);
    await proveAll(before);
    expect(granted).toBeGreaterThan(0);
  });

  test('a ledger that was forgotten grants nothing', async () => {
    const queue = await openQueue(site.server.url, await siteOf());
    const rules = { ...DOCUMENTED_RULES, period: PERIOD };
    const ledger = createRedisLedger({ redis: queue.redis, rules, queue });
    const request = { file: 'a', bytes: 1, accounts: ['x'] };
    expect(await ledger.reserve(request)).toMatchObject({ state: 'granted' });
    await queue.redis.flushall();
    const { address } = queue;
    expect(await failureOf(ledger.reserve(request))).toEqual({ code: 'QUEUE_LOST', queue: address });
    await queue.close();
  });

  const siteOf = (): Promise<string> => site.inRedis(async ({ redis }) => (await redis.hget(META, 'site')) ?? '');

  test('Redis without memory refuses, which is said, and the files come when it has some again', async () => {
    const before = values();
    const limit = (bytes: string): Promise<unknown> =>
      site.inRedis(({ redis }) => redis.config('SET', 'maxmemory', bytes));
    try {
      const { exitCode, events } = workerWith(() => limit('1'));
      const seen: unknown = await exitCode.catch((error: unknown) => toError(error).code);
      // Refused to the file under way, or to the worker itself.
      expect(findingsIn(events).length > 0 ? [seen, ...findingsIn(events)] : [EXIT.temporary, seen]).toEqual([
        EXIT.temporary,
        'QUEUE_REFUSED',
      ]);
      const late = await failureOf(site.worker(folder).exitCode);
      expect(late).toMatchObject({ code: 'QUEUE_REFUSED', queue: site.server.url });
      expect(exitCodeOf([late])).toBe(EXIT.temporary);
    } finally {
      await limit('0');
    }
    await proveAll(before);
  });

  test('jobs of another version stay for those who know it', async () => {
    await site.inRedis(async ({ redis, jobs }) => {
      for (const { id = '', data } of await jobs.getWaiting())
        await redis.hset(jobs.toKey(id), 'data', JSON.stringify({ ...data, format: '99' }));
    });
    const { exitCode, events } = site.worker(folder);
    expect([await exitCode, findingsIn(events)]).toEqual([EXIT.usage, ['QUEUE_VERSION']]);
    const counts = await site.inRedis(({ jobs }) => jobs.getJobCounts('waiting', 'delayed', 'active', 'prioritized'));
    const left = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(left).toBe(lockIn(path.join(folder, 'frozen')).files.length);
  });

  const changeJobs = (change: (data: object) => string) => (): Promise<void> =>
    site.inRedis(async ({ redis, jobs }) => {
      for (const { id = '', data } of await jobs.getWaiting()) await redis.hset(jobs.toKey(id), 'data', change(data));
    });
  const changeFact = (fact: string, value: string) => (): Promise<unknown> =>
    site.inRedis(({ redis }) => redis.hset(campaignKeys(campaign).facts, fact, value));

  test.each([
    ['jobs that are not JSON', changeJobs((data) => JSON.stringify(data).slice(1)), /a job is not/],
    [
      'jobs without an entry',
      changeJobs((data) => JSON.stringify({ ...data, entry: undefined })),
      /a job [(].+[)] is not/,
    ],
    ['jobs without anything', changeJobs(() => '{}'), /a job is not/],
    ['jobs that are null', changeJobs(() => 'null'), /a job/],
    ['a plan that is not JSON', changeFact('head', '{'), /the plan of campaign/],
    ['a plan that is no plan', changeFact('head', '7'), /the plan of campaign/],
  ])('%s: the worker says so and leaves them', async (_, damage, sentence) => {
    const before = values();
    await damage();
    const counted = (): Promise<number> => site.inRedis(({ jobs }) => jobs.getJobCountByTypes());
    const count = await counted();
    const { exitCode, events } = site.worker(folder);
    const seen = await exitCode;
    const told = events.flatMap((event) => (event.type === 'finding' ? wordsOf(event.error).headline : []));
    expect([seen, findingsIn(events), values() - before, await counted()]).toEqual([
      EXIT.integrity,
      ['QUEUE_DAMAGED'],
      0,
      count,
    ]);
    expect(told).toEqual([expect.stringMatching(sentence)]);
  });

  test.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('a worker whose clock is an hour %s does not begin', async (word, skew) => {
    const { exitCode } = site.worker(folder, {}, { now: () => new Date(Date.now() + skew) });
    const failure = await failureOf(exitCode);
    expect(failure).toMatchObject({ code: 'CLOCK_SKEWED' });
    expect([exitCodeOf([failure]), wordsOf(failure).headline]).toEqual([EXIT.usage, expect.stringContaining(word)]);
  });
});
