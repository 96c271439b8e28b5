/** `auxflow ledger` moves grants to a queue and back, and a worker serves what it counts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { moveLedger } from '../../scripts/cluster/ledger/move-ledger';
import { createRedisLedger } from '../../scripts/cluster/ledger/redis-ledger';
import { newCounters, textOf } from '../../scripts/cluster/worker/metrics';
import { openGrantLedger, accountDigest } from '../../scripts/download/grant-ledger';
import { DOCUMENTED_RULES, PERIOD, type Grant } from '../../scripts/download/quota';
import type { RunEvent } from '../../scripts/session/run-events';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';
import { HAS_REDIS } from '../helpers/with-redis';
import { workerContext, workerSite, type WorkerSite } from '../helpers/worker-site';

const environment = (state: string): NodeJS.ProcessEnv => ({
  AUXFLOW_STATE: state,
  ADG_USER: 'somebody',
  ADG_PASSWORD: 'secret',
});

describe.skipIf(!HAS_REDIS)('beside the transfers', () => {
  let site: WorkerSite;
  beforeAll(async () => {
    site = await workerSite();
  });
  afterAll(() => site.close());

  async function moved(direction: 'import' | 'export', state: string): Promise<string> {
    const { context, events } = workerContext({ environment: environment(state) });
    const { siteUrl } = site.sandbox;
    expect(await moveLedger(direction, { env: 'sandbox', siteUrl, queue: site.server.url }, context)).toBe(0);
    return sentenceIn(events).split(' added from ')[0] ?? '';
  }

  function grantsOf(state: string): Promise<Grant[]> {
    const { siteUrl } = site.sandbox;
    return openGrantLedger(state, { siteUrl, username: 'somebody' }).exclusively((grants) => Promise.resolve(grants));
  }

  test.each([
    ['an address of another machine', '203.0.113.1', { code: 'USAGE' }],
    ['a port that is taken', '127.0.0.1', { code: 'PORT_IN_USE', option: '--metrics-port' }],
  ])('metrics at %s: the worker does not begin', async (_, metricsHost, expected) => {
    const { exitCode } = site.worker(temporaryFolder(), { metricsPort: site.server.port, metricsHost });
    expect(await failureOf(exitCode)).toMatchObject(expected);
  });

  test('grants go to the queue and to another machine, once each, however often they are moved', async () => {
    const [state, another] = [temporaryFolder(), temporaryFolder()];
    const account = { siteUrl: site.sandbox.siteUrl, username: 'somebody' };
    const own = openGrantLedger(state, account);
    const at = Date.now() - 1000;
    const booked: Grant[] = [1, 2, 3].map((n) => ({ at: at + n, id: `file-${n}`, bytes: 10 * n }));
    await own.exclusively(async () => {
      for (const grant of [...booked, { at: at - PERIOD, id: 'old', bytes: 1 }]) await own.book(grant);
    });
    expect(await moved('import', state)).toBe('3 grants of 1 account');
    expect(await moved('import', state)).toBe('0 grants of 1 account');
    expect(await moved('export', state)).toBe('0 grants of 1 account');

    const use = await site.inRedis(async ({ redis }) => {
      const ledger = createRedisLedger({ redis, rules: { ...DOCUMENTED_RULES, period: PERIOD } });
      const digest = accountDigest(account);
      const answer = await ledger.reserve({ file: 'file-4', bytes: 40, accounts: [digest] });
      if (answer.state === 'granted') await ledger.commit(answer.reservation);
      return ledger.use(digest);
    });
    expect(use).toMatchObject({ files: 4, bytes: 100, inFlight: 0 });
    expect(await moved('export', another)).toBe('4 grants of 1 account');
    expect(await moved('export', another)).toBe('0 grants of 1 account');
    // What a worker was granted has come back under another name.
    expect(await moved('import', another)).toBe('0 grants of 1 account');
    expect((await grantsOf(another)).slice(0, 3)).toEqual(booked);
    expect((await grantsOf(another)).map(({ id, bytes }) => `${id} ${bytes}`)[3]).toBe('file-4 40');
  });

  test('a worker serves its counters, the queue and the accounts to this machine alone', async () => {
    const folder = temporaryFolder();
    await site.plan(folder);
    const stop = new AbortController();
    const { exitCode, events } = site.worker(folder, { exitWhenDone: false, metricsPort: 0 }, { signal: stop.signal });
    const files = await until(async () => {
      const counts = await site.inRedis(({ jobs }) => jobs.getJobCounts());
      const done = events.filter(({ type }) => type === 'file').length;
      return done > 0 && Object.values(counts).every((count) => count === 0) ? done : undefined;
    });
    const address = noteIn(events).split(', ').at(-1) ?? '';
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const answer = await fetch(address);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await answer.text();
    expect(text.endsWith('\n')).toBe(true);
    const samples = new Map(
      text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [pairOf(line)])),
    );
    expect(samples.get('auxflow_files_verified_total')).toBe(files);
    expect(samples.get('auxflow_files_failed_total')).toBe(0);
    expect(samples.get('auxflow_queue_jobs{state="waiting"}')).toBe(0);
    const account = [...samples].filter(([name]) => name.startsWith('auxflow_account_grants'));
    expect(account.map(([, value]) => value)).toEqual([files]);
    expect(samples.get('auxflow_received_bytes_total')).toBeGreaterThan(0);
    // Each name is explained once, before its samples: what readers of the format insist on.
    const types = text.split('\n').filter((line) => line.startsWith('# TYPE'));
    expect(new Set(types).size).toBe(types.length);
    expect((await fetch(address.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(address, { method: 'POST' })).status).toBe(404);
    expect(samples.get('auxflow_queue_up')).toBe(1);
    const ready = address.replace('/metrics', '/ready');
    expect((await fetch(ready)).status).toBe(200);
    // Redis says nothing: the worker's own counters are there, and it is not ready.
    await site.inRedis(({ redis }) => redis.call('CLIENT', 'PAUSE', '3000', 'ALL'));
    const [silent, notReady] = await Promise.all([fetch(address).then((told) => told.text()), fetch(ready)]);
    expect([silent.includes('\nauxflow_queue_up 0\n'), notReady.status]).toEqual([true, 503]);
    expect(silent).toContain(`\nauxflow_files_verified_total ${files}\n`);
    stop.abort();
    await exitCode.catch(() => undefined);
    await expect(fetch(address)).rejects.toThrow();
  });
});

test('names of accounts are written as Prometheus reads them', async () => {
  const gauge = { name: 'auxflow_account_bytes', help: 'Bytes.', labels: { account: 'a"b\\c\nd\te' }, value: 1 };
  const text = await textOf({ counters: newCounters(), gauges: () => Promise.resolve([gauge]) });
  expect(text).toContain('auxflow_account_bytes{account="a\\"b\\\\c\\nd\te"} 1\n');
});

function pairOf(line: string): [string, number] {
  const space = line.lastIndexOf(' ');
  return [line.slice(0, space), Number(line.slice(space + 1))];
}

const sentenceIn = (events: readonly RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'run-finished' ? [event.sentence] : []))[0] ?? '';

const noteIn = (events: readonly RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'note' && event.text.startsWith('Worker') ? [event.text] : []))[0] ?? '';

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
