/** From `fetch --queue` to proven files: workers of one queue, on the sandbox and a Redis of the test's own. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import type { FetchOptions } from '../../scripts/campaign/fetch-campaign';
import { verify } from '../../scripts/campaign/lock/verify-folder';
import { campaignNames } from '../../scripts/cluster/queue/campaign-store';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { META } from '../../scripts/cluster/redis/keys';
import { runWorker, type WorkerOptions } from '../../scripts/cluster/worker/run-worker';
import { status } from '../../scripts/cluster/status';
import { enqueueCampaign } from '../../scripts/cluster/queue/enqueue';
import { createRedactor } from '../../scripts/lib/redact/redact';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { startSandbox } from '../../scripts/sandbox/sandbox';
import type { CommandContext } from '../../scripts/session/context';
import type { RunEvent } from '../../scripts/session/run-events';
import { archivedLock } from '../helpers/archived-lock';
import { failureOf } from '../helpers/failure-of';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { QUICK_PATIENCE } from '../helpers/quick-patience';
import { temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { HAS_REDIS, startRedis, type TestRedis } from '../helpers/with-redis';

describe.skipIf(!HAS_REDIS)('workers of a queue', () => {
  let server: TestRedis;
  let sandbox: Sandbox;
  let frozen: string;
  beforeAll(async () => {
    [server, sandbox, frozen] = await Promise.all([startRedis(), startSandbox(), sharedCampaign('small')]);
  });
  afterAll(async () => {
    await Promise.all([server.stop(), sandbox.close()]);
  });
  beforeEach(async () => {
    await inRedis((queue) => queue.redis.flushall());
    sandbox.setScenario('healthy');
  });

  async function inRedis<Result>(use: (queue: Awaited<ReturnType<typeof openQueue>>) => Promise<Result>) {
    const queue = await openQueue(server.url);
    try {
      return await use(queue);
    } finally {
      await queue.close();
    }
  }

  /** `fetch --queue --frozen`: a plan without the control plane. Returns the name of the campaign. */
  async function plan(folder: string, again = false, options: Partial<FetchOptions> = {}): Promise<string> {
    const { exitCode, output } = await fetchInProcess({
      folder,
      siteUrl: sandbox.siteUrl,
      options: {
        frozen: lockFor(folder),
        ...options,
        enqueue: (lock, surroundings) => enqueueCampaign(lock, { queue: server.url, again }, surroundings),
      },
    });
    expect(exitCode, output).toBe(0);
    const [name = ''] = await inRedis(({ redis }) => campaignNames(redis));
    return name;
  }

  /** The lock of the shared campaign as this sandbox would have it: links of another port are refused. */
  function lockFor(folder: string): string {
    const copy = path.join(folder, 'frozen');
    cpSync(frozen, copy, { recursive: true });
    return copy;
  }

  function worker(folder: string, options: Partial<WorkerOptions> = {}, signal = new AbortController().signal) {
    const { context, events } = surroundings(signal);
    const words = { env: 'sandbox', siteUrl: sandbox.siteUrl, queue: server.url, out: path.join(folder, 'out') };
    const exitCode = runWorker({ ...words, concurrency: 3, exitWhenDone: true, lease: 2, ...options }, context);
    return { exitCode, events };
  }

  test('two workers bring home each file once, and one of them writes lists that are true', async () => {
    const folder = temporaryFolder();
    const campaign = await plan(folder);
    const before = sandbox.requests.length;
    const workers = [worker(folder), worker(folder)];
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([0, 0]);
    const out = path.join(folder, 'out', campaign);
    const lock = lockIn(out);
    expect(lock.files.length).toBeGreaterThan(3);
    expect(lock.files.every(({ state }) => state === 'verified')).toBe(true);
    expect(await verify(out, surroundings().context)).toBe(0);
    for (const name of ['MD5SUMS', 'manifest.jsonl', 'manifest.csv', 'progress.html'])
      expect(existsSync(path.join(out, name)), name).toBe(true);
    const granted = sandbox.requests.slice(before).filter(({ url }) => url.endsWith('$value'));
    expect(granted).toHaveLength(lock.files.length);
    const fetched = workers.flatMap(({ events }) => events.filter(({ type }) => type === 'file'));
    expect(fetched).toHaveLength(lock.files.length);

    const told = surroundings();
    expect(await status(campaign, { queue: server.url }, told.context)).toBe(0);
    const verified = lock.files.length;
    const counts = { campaign, files: verified, verified, failed: 0 };
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'campaign-status', ...counts }));

    // Planned again: nothing to do; with --again what is damaged is said, what is gone comes back.
    await plan(folder);
    expect(await inRedis(({ jobs }) => jobs.getWaitingCount())).toBe(0);
    const [gone = '', damaged = ''] = readdirSync(out).filter((name) => name.endsWith('.zip'));
    rmSync(path.join(out, gone));
    writeFileSync(path.join(out, damaged), 'another');
    await plan(folder, true);
    expect(await worker(folder).exitCode).toBe(0);
    expect(existsSync(path.join(out, gone))).toBe(true);
    const states = new Map(lockIn(out).files.map((file) => [path.basename(file.path ?? ''), file]));
    expect(states.get(gone)).toMatchObject({ state: 'verified' });
    expect(states.get(damaged)).toMatchObject({ state: 'failed', problem: 'FILE_IN_THE_WAY' });
    expect(await status(campaign, { queue: server.url }, surroundings().context)).toBe(1);
  });

  test('a plan that unpacks archives is kept by workers, and what they unpacked is verified', async () => {
    const archives = await startSandbox({ archives: true });
    try {
      const folder = temporaryFolder();
      const frozen = await archivedLock(folder);
      const campaign = await plan(folder, false, { frozen, unpack: true, siteUrl: archives.siteUrl });
      expect(await worker(folder, { siteUrl: archives.siteUrl }).exitCode).toBe(0);
      const out = path.join(folder, 'out', campaign);
      const { unpack, files } = lockIn(out);
      expect([unpack, files.every(({ path: place = '', unpacked }) => unpacked || !place.endsWith('.zip'))]).toEqual([
        true,
        true,
      ]);
      expect(await verify(out, surroundings().context)).toBe(0);
    } finally {
      await archives.close();
    }
  });

  test('a queue of another site, of another format, and a campaign that nobody planned are said', async () => {
    const folder = temporaryFolder();
    const campaign = await plan(folder);
    const queue = server.url;
    expect(await failureOf(status('another', { queue }, surroundings().context))).toEqual({
      code: 'CAMPAIGN_UNKNOWN',
      queue,
      campaign: 'another',
      known: [campaign],
    });
    const foreign = worker(folder, { siteUrl: 'http://127.0.0.1:1' }).exitCode;
    expect(await failureOf(foreign)).toMatchObject({ code: 'QUEUE_FOREIGN', what: 'site' });
    await inRedis(({ redis }) => redis.hset(META, 'format', '99'));
    const late = worker(folder).exitCode;
    expect(await failureOf(late)).toMatchObject({ code: 'QUEUE_VERSION', came: '99' });
  });
});

function lockIn(folder: string): CampaignLock {
  return JSON.parse(readFileSync(path.join(folder, 'auxflow.lock.json'), 'utf8')) as CampaignLock;
}

function surroundings(signal = new AbortController().signal): { context: CommandContext; events: RunEvent[] } {
  const events: RunEvent[] = [];
  const context: CommandContext = {
    environment: {},
    redactor: createRedactor(),
    listener: (event) => events.push(event),
    signal,
    now: () => new Date(),
    patience: QUICK_PATIENCE,
  };
  return { context, events };
}
