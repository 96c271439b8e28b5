/** From `fetch --queue` to proven files: workers of one queue, on the sandbox and a Redis of the test's own. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LOCK_NAME } from '../../scripts/campaign/lock/campaign-lock';
import { verify } from '../../scripts/campaign/lock/verify-folder';
import { campaignKeys, META } from '../../scripts/cluster/redis/keys';
import { MAX_DEATHS } from '../../scripts/cluster/worker/job-step';
import { status } from '../../scripts/cluster/status';
import { EXIT } from '../../scripts/errors/exit-codes';
import { startSandbox } from '../../scripts/sandbox/sandbox';
import { archivedLock } from '../helpers/archived-lock';
import { failureOf } from '../helpers/failure-of';
import { startFaultyStore } from '../helpers/faulty-store';
import { temporaryFolder } from '../helpers/run-cli';
import { HAS_REDIS } from '../helpers/with-redis';
import { HAS_S3, S3_CREDENTIALS, startS3, type TestS3 } from '../helpers/with-s3';
import { lockIn } from '../helpers/campaign';
import { findingsIn, workerContext, workerSite, type WorkerSite } from '../helpers/worker-site';

describe.skipIf(!HAS_REDIS)('workers of a queue', () => {
  let site: WorkerSite;
  beforeAll(async () => {
    site = await workerSite();
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    await site.inRedis((queue) => queue.redis.flushall());
    site.sandbox.setScenario('healthy');
  });

  test('lists are written although who was elected to write them has died', async () => {
    const folder = temporaryFolder();
    const campaign = await site.plan(folder);
    const { writer } = campaignKeys(campaign);
    // Longer than this worker has to do.
    await site.inRedis(({ redis }) =>
      redis.multi().hset(writer, { id: 'dead', token: 99 }).pexpire(writer, 4000).exec(),
    );
    expect(await site.worker(folder, { lease: 4 }).exitCode).toBe(0);
    expect(lockIn(path.join(folder, 'out', campaign)).files.every(({ state }) => state === 'verified')).toBe(true);
  });

  test('lists that cannot be written in the end are said, with their exit code', async () => {
    const folder = temporaryFolder();
    const campaign = await site.plan(folder);
    const out = path.join(folder, 'out', campaign);
    // In the place of a list, which is not in the way of any file.
    mkdirSync(path.join(out, 'MD5SUMS', 'x'), { recursive: true });
    const { exitCode, events } = site.worker(folder, { lease: 1 });
    expect([await exitCode, findingsIn(events)]).toEqual([EXIT.usage, ['TARGET_UNWRITABLE']]);
    expect(events.filter(({ type }) => type === 'file').length).toBeGreaterThan(3);
  });

  describe.each([
    ['a folder', false],
    ['a bucket', true],
  ])('what another has put in %s stays', (_where, isBucket) => {
    let store: TestS3 | undefined;
    beforeAll(async () => {
      if (isBucket && HAS_S3) store = await startS3();
    });
    afterAll(() => store?.stop());

    test.skipIf(isBucket && !HAS_S3).each([
      ['the lock of another campaign', LOCK_NAME, '{"lockVersion":1,"campaign":"another"}', 'LOCK_FOREIGN', EXIT.usage],
      ['what is no lock', LOCK_NAME, '', 'LOCK_BROKEN', EXIT.integrity],
      ['sums of other files', 'MD5SUMS', 'of another program', 'FILE_IN_THE_WAY', EXIT.integrity],
    ])('%s', async (_what, name, content, code, exit) => {
      const folder = temporaryFolder();
      const campaign = await site.plan(folder);
      if (store) Object.assign(process.env, S3_CREDENTIALS);
      const prefix = path.basename(folder);
      const place = store ? path.join(store.folder, prefix, campaign) : path.join(folder, 'out', campaign);
      const options = store ? { out: `s3://${store.bucket}/${prefix}`, s3Endpoint: store.endpoint } : {};
      mkdirSync(place, { recursive: true });
      writeFileSync(path.join(place, name), content);
      const before = site.sandbox.requests.length;
      const { exitCode, events } = site.worker(folder, options);
      expect([await exitCode, findingsIn(events)]).toEqual([exit, [code]]);
      expect(readdirSync(place)).toEqual([name]);
      expect(readFileSync(path.join(place, name), 'utf8')).toBe(content);
      expect(site.sandbox.requests.slice(before).filter(({ url }) => url.endsWith('$value'))).toEqual([]);
      if (name !== 'MD5SUMS') return;
      // Once it is moved away, the files are wanted again; what a worker that died has left of lists is its own.
      rmSync(path.join(place, name));
      await site.plan(folder);
      expect(await site.worker(folder, options).exitCode).toBe(0);
      rmSync(path.join(place, LOCK_NAME));
      await site.plan(folder);
      expect(await site.worker(folder, options).exitCode).toBe(0);
      expect(existsSync(path.join(place, LOCK_NAME))).toBe(true);
      // A lock that came meanwhile.
      writeFileSync(path.join(place, LOCK_NAME), '{"lockVersion":1,"campaign":"another"}');
      await site.plan(folder);
      const later = site.worker(folder, options);
      expect([await later.exitCode, findingsIn(later.events)]).toEqual([EXIT.usage, ['LOCK_FOREIGN']]);
    });
  });

  test('two workers bring home each file once, and one of them writes lists that are true', async () => {
    const folder = temporaryFolder();
    const campaign = await site.plan(folder);
    const before = site.sandbox.requests.length;
    const workers = [site.worker(folder), site.worker(folder)];
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([0, 0]);
    for (const { events } of workers)
      expect(events).toContainEqual({ type: 'note', text: 'A sandbox: the bytes of its files are made up.' });
    const out = path.join(folder, 'out', campaign);
    const lock = lockIn(out);
    expect(lock.files.length).toBeGreaterThan(3);
    expect(lock.files.every(({ state }) => state === 'verified')).toBe(true);
    expect(await verify(out, workerContext().context)).toBe(0);
    for (const name of ['MD5SUMS', 'manifest.jsonl', 'manifest.csv', 'progress.html'])
      expect(existsSync(path.join(out, name)), name).toBe(true);
    const granted = site.sandbox.requests.slice(before).filter(({ url }) => url.endsWith('$value'));
    expect(granted).toHaveLength(lock.files.length);
    const fetched = workers.flatMap(({ events }) => events.filter(({ type }) => type === 'file'));
    expect(fetched).toHaveLength(lock.files.length);

    const told = workerContext();
    expect(await status(campaign, { queue: site.server.url }, told.context)).toBe(0);
    const verified = lock.files.length;
    const counts = { campaign, files: verified, verified, failed: 0 };
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'campaign-status', ...counts }));

    // Planned again: nothing to do; with --again what is damaged is said, what is gone comes back.
    await site.plan(folder);
    expect(await site.inRedis(({ jobs }) => jobs.getWaitingCount())).toBe(0);
    const [gone = '', damaged = ''] = readdirSync(out).filter((name) => name.endsWith('.zip'));
    rmSync(path.join(out, gone));
    writeFileSync(path.join(out, damaged), 'another');
    await site.plan(folder, true);
    const last = site.worker(folder);
    expect(await last.exitCode).toBe(EXIT.integrity);
    expect(findingsIn(last.events)).toEqual(['FILE_IN_THE_WAY']);
    expect(existsSync(path.join(out, gone))).toBe(true);
    const states = new Map(lockIn(out).files.map((file) => [path.basename(file.path ?? ''), file]));
    expect(states.get(gone)).toMatchObject({ state: 'verified' });
    expect(states.get(damaged)).toMatchObject({ state: 'failed', problem: 'FILE_IN_THE_WAY' });
    expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(1);
  });

  test('a plan that unpacks archives is kept by workers, and what they unpacked is verified', async () => {
    const archives = await startSandbox({ archives: true });
    try {
      const folder = temporaryFolder();
      const frozen = await archivedLock(folder);
      const campaign = await site.plan(folder, false, { frozen, unpack: true, siteUrl: archives.siteUrl });
      expect(await site.worker(folder, { siteUrl: archives.siteUrl }).exitCode).toBe(0);
      const out = path.join(folder, 'out', campaign);
      const { unpack, files } = lockIn(out);
      expect([unpack, files.every(({ path: place = '', unpacked }) => unpacked || !place.endsWith('.zip'))]).toEqual([
        true,
        true,
      ]);
      expect(await verify(out, workerContext().context)).toBe(0);
    } finally {
      await archives.close();
    }
  });

  test('a file that workers die of is given up by name, and wanted again with the next plan', async () => {
    const folder = temporaryFolder();
    const campaign = await site.plan(folder);
    const name = await site.inRedis(async ({ redis, jobs }) => {
      const [job] = await jobs.getWaiting();
      await redis.hset(jobs.toKey(job?.id ?? ''), 'stc', MAX_DEATHS + 1);
      return job?.data.name;
    });
    const { exitCode, events } = site.worker(folder);
    expect(await exitCode).toBe(EXIT.temporary);
    const error = { code: 'WORKERS_DIED', name, deaths: MAX_DEATHS + 1 };
    expect(events).toContainEqual({ type: 'finding', error });
    const files = (): { name: string; state: string; problem?: string }[] =>
      lockIn(path.join(folder, 'out', campaign)).files.filter((file) => file.state !== 'verified');
    expect(files()).toEqual([expect.objectContaining({ name, state: 'failed', problem: 'WORKERS_DIED' })]);
    expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(1);
    await site.plan(folder);
    expect([await site.worker(folder).exitCode, files()]).toEqual([0, []]);
  });

  test('a bucket that refuses ends a worker before a file is charged, and takes no job from the others', async () => {
    await site.plan(temporaryFolder());
    Object.assign(process.env, S3_CREDENTIALS);
    const store = await startFaultyStore('http://127.0.0.1:1');
    store.fault = () => ({ status: 403, code: 'AccessDenied' });
    try {
      const counts = () => site.inRedis(({ jobs }) => jobs.getJobCounts('waiting', 'active', 'delayed', 'failed'));
      const [planned, before] = [await counts(), site.sandbox.requests.length];
      const options = { out: 's3://adf-bucket/x', s3Endpoint: store.endpoint };
      const refused = site.worker(temporaryFolder(), options).exitCode;
      expect(await failureOf(refused)).toMatchObject({ code: 'BUCKET_UNUSABLE' });
      expect([await counts(), site.sandbox.requests.slice(before)]).toEqual([planned, []]);
    } finally {
      await store.close();
    }
  });

  test('a queue of another site, of another format, and a campaign that nobody planned are said', async () => {
    const folder = temporaryFolder();
    const campaign = await site.plan(folder);
    const queue = site.server.url;
    expect(await failureOf(status('another', { queue }, workerContext().context))).toEqual({
      code: 'CAMPAIGN_UNKNOWN',
      queue,
      campaign: 'another',
      known: [campaign],
    });
    const foreign = site.worker(folder, { siteUrl: 'http://127.0.0.1:1' }).exitCode;
    expect(await failureOf(foreign)).toMatchObject({ code: 'QUEUE_FOREIGN', what: 'site' });
    await site.inRedis(({ redis }) => redis.hset(META, 'format', '99'));
    const late = site.worker(folder).exitCode;
    expect(await failureOf(late)).toMatchObject({ code: 'QUEUE_VERSION', came: '99' });
  });
});
