/** Baselines as jobs of any worker: the same lock as one process makes, whoever dies in between. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { streamedNames } from '../../scripts/cli/name-list';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { verify } from '../../scripts/campaign/lock/verify-folder';
import { storePlan } from '../../scripts/cluster/queue/campaign-store';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { MAX_DEATHS } from '../../scripts/cluster/worker/job-step';
import { spreadCampaign, type SpreadOptions } from '../../scripts/cluster/queue/spread-campaign';
import { loadQueuePackages } from '../../scripts/cluster/redis/packages';
import { BASELINES, BULL_PREFIX } from '../../scripts/cluster/redis/keys';
import { Failure, type BaselineExample } from '../../scripts/errors/errors';
import { EXIT } from '../../scripts/errors/exit-codes';
import { status } from '../../scripts/cluster/status';
import { startSandbox } from '../../scripts/sandbox/sandbox';
import { NO_DELTAS } from '../../scripts/sentinel/select-adfs';
import type { RunEvent } from '../../scripts/session/run-events';
import { withEchoingServices } from '../helpers/echoing-services';
import { failureOf } from '../helpers/failure-of';
import { inTurns } from '../helpers/in-turns';
import { OLCI } from '../helpers/made-campaign';
import { temporaryFolder } from '../helpers/run-cli';
import { formsOf } from '../helpers/secret-forms';
import { sharedCampaign } from '../helpers/shared-campaign';
import { HAS_REDIS } from '../helpers/with-redis';
import { lockIn, S1 } from '../helpers/campaign';
import { withSandbox } from '../helpers/with-sandbox';
import { findingsIn, workerContext, workerSite, type WorkerSite } from '../helpers/worker-site';

const testInTurn = inTurns(3);

describe.skipIf(!HAS_REDIS)('baselines as jobs', () => {
  let site: WorkerSite;
  /** As one process has made it of an interval: its products are asked for by name here. */
  let own: CampaignLock;
  beforeAll(async () => {
    site = await workerSite();
    own = lockIn(await sharedCampaign('olci'));
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    await site.inRedis(({ redis }) => redis.flushall());
    site.sandbox.setScenario('healthy');
  });

  /** Returns the sentence that planning ends with. */
  async function spread(
    names: readonly string[],
    { siteUrl } = site.sandbox,
    more: Partial<SpreadOptions> = {},
  ): Promise<string> {
    const file = path.join(temporaryFolder(), 'names.txt');
    writeFileSync(file, `\ufeff# of two hours\r\n${names.join('\r\n')}\n`);
    const { context, events } = workerContext();
    const { mission, unit, productType } = own.request;
    const options = { env: 'sandbox', siteUrl, queue: site.server.url, words: { mission, unit, productType }, ...more };
    expect(await spreadCampaign({ ...options, names: streamedNames(file) }, context)).toBe(0);
    return sentenceIn(events);
  }

  const level0Names = (): string[] => own.level0.map(({ name }) => name);
  const asked = (): number => site.sandbox.requests.filter(({ url }) => url.includes('getReprocessingData')).length;
  const idsOf = ({ files }: CampaignLock): string[] => files.map(({ id }) => id).sort();
  const neededBy = ({ level0, files }: CampaignLock) =>
    Object.fromEntries(level0.map(({ name, files: places }) => [name, places.map((place) => files[place]?.id).sort()]));

  test('workers ask, queue each file once and write the lock that one process writes', async () => {
    const folder = temporaryFolder();
    const names = level0Names();
    const said = await spread([...names, ...names.slice(0, 3)]);
    const [, calls = '', campaign = ''] = /^\d+ of (\d+) baseline calls? of campaign (\S+) are queued/.exec(said) ?? [];
    expect(Number(calls)).toBeGreaterThan(1);
    const before = asked();
    const workers = [site.worker(folder), site.worker(folder)];
    expect(await Promise.all(workers.map(({ exitCode }) => exitCode))).toEqual([0, 0]);
    expect(asked() - before).toBe(Number(calls));

    const out = path.join(folder, 'out', campaign);
    const lock = lockIn(out);
    expect(lock.request.level0Names).toEqual(names);
    expect(lock.complete).toBe(true);
    expect(lock.answers).toHaveLength(Number(calls));
    expect(idsOf(lock)).toEqual(idsOf(own));
    expect(neededBy(lock)).toEqual(neededBy(own));
    const rowsOf = ({ files }: CampaignLock) => new Map(files.map(({ id, ...row }) => [id, row]));
    expect(rowsOf(lock)).toEqual(rowsOf(own));
    expect(judgedIn(lock)).toEqual(judgedIn(own));
    expect(await verify(out, workerContext().context)).toBe(0);

    const told = workerContext();
    expect(await status(campaign, { queue: site.server.url }, told.context)).toBe(0);
    const baselines = { calls: Number(calls), answered: Number(calls), failed: 0 };
    expect(told.events).toContainEqual(
      expect.objectContaining({ type: 'campaign-status', files: own.files.length, baselines, findings: [] }),
    );
    // In another order the same campaign, of which nothing is left to do.
    expect(await spread([...names].reverse())).toMatch(
      new RegExp(`^0 of ${calls} baseline calls of campaign ${campaign} `),
    );
  });

  test('archives are unpacked by workers, and what came out of them is proven', async () => {
    const archives = await startSandbox({ archives: true });
    try {
      const folder = temporaryFolder();
      await spread([S1], archives, { unpack: true, words: { mission: 'S1SAR', unit: 'A', productType: 'L1SLC' } });
      expect(await site.worker(folder, { siteUrl: archives.siteUrl }).exitCode).toBe(0);
      const [campaign = ''] = readdirSync(path.join(folder, 'out'));
      const { unpack, files } = lockIn(path.join(folder, 'out', campaign));
      const zipped = files.filter(({ path: place = '' }) => place.endsWith('.zip'));
      expect([unpack, zipped.length > 0, zipped.every(({ unpacked }) => unpacked)]).toEqual([true, true, true]);
      expect(await verify(path.join(folder, 'out', campaign), workerContext().context)).toBe(0);
    } finally {
      await archives.close();
    }
  });

  test('no secret is ever sent to Redis, also where services repeat it', async () => {
    const password = `C4n"ry p$<w&%rd+é9`;
    const services = await withEchoingServices(site.sandbox, { password, mode: 'beside' });
    await spread(level0Names().slice(0, 3), { ...site.sandbox, siteUrl: services.siteUrl });
    const told: string[] = [];
    const { Redis } = await loadQueuePackages();
    const watched = new Redis(site.server.url);
    const monitor = await watched.monitor();
    monitor.on('monitor', (_time: string, words: readonly string[]) => told.push(words.join('\n')));
    const environment = { ADG_USER: 'user', ADG_PASSWORD: password };
    const stop = new AbortController();
    // A file that is tried again waits for minutes: what there is to tell Redis of it has been told.
    const listener = ({ type }: RunEvent): void => {
      if (type === 'retry') stop.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' }));
    };
    const context = { environment, listener, signal: stop.signal };
    await site.worker(temporaryFolder(), { siteUrl: services.siteUrl }, context).exitCode;
    monitor.disconnect();
    watched.disconnect();
    const all = told.join('\n');
    expect([all.includes(level0Names()[0] ?? ''), services.secrets.size > 3]).toEqual([true, true]);
    const written = [...services.secrets].flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
    for (const secret of [...written, ...formsOf({ isGiven: true }).map((form) => form(password))])
      expect(all).not.toContain(secret);
  });

  test('a call whose worker has died is made by another', async () => {
    const folder = temporaryFolder();
    await spread(level0Names());
    // Takes a call as a worker does, and dies with it.
    const { Worker } = await loadQueuePackages();
    const queue = await openQueue(site.server.url);
    const dead = new Worker(BASELINES, null, { connection: queue.redis, prefix: BULL_PREFIX, lockDuration: 500 });
    expect(await dead.getNextJob('of the dead')).toBeDefined();
    await dead.close();
    await queue.close();
    const { exitCode } = site.worker(folder, { lease: 1 });
    expect(await exitCode).toBe(0);
    const campaign = (await site.inRedis(({ redis }) => redis.smembers('{auxflow}:campaigns')))[0] ?? '';
    const lock = lockIn(path.join(folder, 'out', campaign));
    expect([lock.complete, idsOf(lock)]).toEqual([true, idsOf(own)]);
  });

  test('a call that workers die of is given up by name, and made again with the next plan', async () => {
    const folder = temporaryFolder();
    const names = level0Names().slice(0, 1);
    await spread(names);
    await site.inRedis(async ({ redis, calls }) => {
      const [job] = await calls.getWaiting();
      await redis.hset(calls.toKey(job?.id ?? ''), 'stc', MAX_DEATHS + 1);
    });
    const before = asked();
    const { exitCode, events } = site.worker(folder);
    expect([await exitCode, findingsIn(events), asked() - before]).toEqual([EXIT.temporary, ['WORKERS_DIED'], 0]);
    expect(await spread(names)).toMatch(/^1 of 1 baseline call /);
    expect(await site.worker(folder).exitCode).toBe(0);
  });

  test('a call that is not answered keeps no file from being fetched', async () => {
    const folder = temporaryFolder();
    await spread(level0Names());
    await site.plan(folder);
    site.sandbox.setScenario('cold-start@600000');
    const stop = new AbortController();
    const { files } = lockIn(path.join(folder, 'frozen'));
    const here = new Set<string>();
    const { exitCode } = site.worker(
      folder,
      { concurrency: 1 },
      {
        signal: stop.signal,
        listener(event) {
          if (event.type === 'file' && here.add(event.name).size === files.length)
            stop.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' }));
        },
      },
    );
    expect(await exitCode).toBe(EXIT.terminated);
    expect([...here].sort()).toEqual(files.map(({ name }) => name).sort());
  });

  test('an answer that is no baseline is said, and asked for again with the next plan', async () => {
    const folder = temporaryFolder();
    await spread(level0Names().slice(0, 1));
    site.sandbox.setScenario('broken-schema');
    const campaign = (await site.inRedis(({ redis }) => redis.smembers('{auxflow}:campaigns')))[0] ?? '';
    const failing = site.worker(folder);
    expect(await failing.exitCode).toBe(1);
    expect(sentenceIn(failing.events)).toContain('; 1 baseline call made, 1 with an error.');
    expect(findingsIn(failing.events)).toEqual(['ANSWER_BREAKS_SCHEMA']);
    expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(1);
    site.sandbox.setScenario('healthy');
    expect(await spread(level0Names().slice(0, 1))).toMatch(/^1 of 1 baseline call /);
    expect(await site.worker(folder).exitCode).toBe(0);
    expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(0);
  });

  test('a type that baselines lack is told once, and counted until an answer has it or it may be missing', async () => {
    const folder = temporaryFolder();
    const names = level0Names();
    const [, calls = ''] = /of (\d+) baseline calls/.exec(await spread(names)) ?? [];
    site.sandbox.setScenario('auxip-miss@20');
    const campaign = (await site.inRedis(({ redis }) => redis.smembers('{auxflow}:campaigns')))[0] ?? '';
    const lacking = site.worker(folder);
    expect([await lacking.exitCode, findingsIn(lacking.events)]).toEqual([1, ['ADF_TYPE_MISSING']]);
    const told = workerContext();
    expect(await status(campaign, { queue: site.server.url }, told.context)).toBe(1);
    const type = typeMissedIn(lacking.events);
    const findings = [{ code: 'ADF_TYPE_MISSING', type, level0: names.length }];
    const baselines = { calls: Number(calls), answered: 0, failed: Number(calls) };
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'campaign-status', baselines, findings }));
    const out = path.join(folder, 'out', campaign);
    expect(lockIn(out).complete).toBe(false);
    expect(lockIn(out).completeness?.errors).toMatchObject([
      { code: 'ADF_TYPE_MISSING', types: [{ type, level0: names.length }], of: names.length },
    ]);
    expect(await verify(out, workerContext().context)).toBe(1);
    expect(readFileSync(path.join(out, 'progress.html'), 'utf8')).toContain(`<td>${type}</td>`);

    expect(await spread(names, site.sandbox, { allowMissing: [type] })).toMatch(
      new RegExp(`^${calls} of ${calls} baseline calls `),
    );
    expect(await site.worker(folder).exitCode).toBe(0);
    expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(0);
    expect(lockIn(out).complete).toBe(true);
    expect(lockIn(out).completeness?.allowed).toEqual([{ type, level0: names.length }]);
    expect(await verify(out, workerContext().context)).toBe(0);
  });

  testInTurn(
    'deltas that no call shows alone are no finding, and deltas that change are one, counted once everywhere',
    async () => {
      const type = 'AX___FPO_AX';
      const names = OLCI.names.slice(0, 640).filter((_, place) => place % 4 === 0);
      let delta0 = (): number => 7200;
      const deltas = (_: string, { longName }: { readonly longName: string }) =>
        longName === type ? { delta0: delta0(), delta1: 0 } : NO_DELTAS;
      const { siteUrl, requests } = await withSandbox({ deltas });
      const folder = temporaryFolder();
      await spread(names, { ...site.sandbox, siteUrl });
      const [campaign = ''] = await site.inRedis(({ redis }) => redis.smembers('{auxflow}:campaigns'));
      const out = path.join(folder, 'out', campaign);
      const own = site.worker(folder, { siteUrl });
      expect([await own.exitCode, findingsIn(own.events)]).toEqual([0, []]);
      expect(own.events).toContainEqual(
        expect.objectContaining({ text: expect.stringContaining(`${type}, of which`) as string }),
      );
      expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(0);
      expect(await verify(out, workerContext().context)).toBe(0);
      expect(lockIn(out).completeness?.types).toContainEqual(expect.objectContaining({ type, deltas: 'learned' }));

      // The same names once more, while the service is started with other deltas.
      await site.inRedis(({ redis }) => redis.flushall());
      const asked = (): number => requests.filter(({ url }) => url.includes('getReprocessingData')).length;
      const half = asked() * 1.5;
      delta0 = () => (asked() > half ? 0 : 7200);
      await spread(names, { ...site.sandbox, siteUrl });
      const changed = [site.worker(folder, { siteUrl }), site.worker(folder, { siteUrl })];
      const codes = await Promise.all(changed.map(({ exitCode }) => exitCode));
      expect(codes).toContain(EXIT.checkFailed);
      // Who writes the lists tells it, once.
      expect(changed.map(({ events }) => findingsIn(events).length)).toEqual(codes);
      const found = changed.flatMap(({ events }) => findingsIn(events));
      const told = workerContext();
      expect(await status(campaign, { queue: site.server.url }, told.context)).toBe(1);
      const { completeness, complete } = lockIn(out);
      const findings = completeness?.errors.flatMap((error) =>
        'types' in error ? error.types.map((item) => ({ code: error.code, type: item.type, level0: item.level0 })) : [],
      );
      expect([complete, findings]).toEqual([false, [expect.objectContaining({ code: found[0], type })]]);
      expect(told.events).toContainEqual(expect.objectContaining({ type: 'campaign-status', findings }));
      expect(readFileSync(path.join(out, 'progress.html'), 'utf8')).toContain(`<td>${type}</td>`);
      expect(await verify(out, workerContext().context)).toBe(1);

      // What was wrong is asked for again, and the service has one pair of deltas.
      delta0 = () => 0;
      expect(await spread(names, { ...site.sandbox, siteUrl })).not.toMatch(/^0 of/);
      expect(await site.worker(folder, { siteUrl }).exitCode).toBe(0);
      expect(await status(campaign, { queue: site.server.url }, workerContext().context)).toBe(0);
      expect(lockIn(out).complete).toBe(true);
    },
  );

  test('what a plan found lacking is told by status, although each file is verified', async () => {
    const { completeness } = own;
    if (!completeness) throw new Error('the shared campaign was not judged');
    const [type] = completeness.types.map((row) => row.type);
    const example = { level0: 'L0', expected: [], answered: [], t0: 0, t1: 0 } as unknown as BaselineExample;
    const missing = { type: type ?? '', level0: 3, example };
    const errors = [{ code: 'ADF_TYPE_MISSING' as const, cause: 'dropped' as const, of: 25, types: [missing] }];
    await site.inRedis(({ redis }) =>
      storePlan(redis, { ...own, files: [], completeness: { ...completeness, errors } }),
    );
    const { context, events } = workerContext();
    expect(await status(own.campaign, { queue: site.server.url }, context)).toBe(1);
    const findings = [{ code: 'ADF_TYPE_MISSING', type, level0: 3 }];
    expect(events).toContainEqual(expect.objectContaining({ type: 'campaign-status', findings }));
  });

  test('products without any file are no campaign that is complete', async () => {
    const names = level0Names().slice(0, 2);
    await spread(names);
    site.sandbox.setScenario('empty-baseline');
    const empty = site.worker(temporaryFolder());
    expect([await empty.exitCode, findingsIn(empty.events)]).toEqual([1, ['BASELINE_WITHOUT_FILES']]);
    const told = workerContext();
    const [campaign = ''] = await site.inRedis(({ redis }) => redis.smembers('{auxflow}:campaigns'));
    expect(await status(campaign, { queue: site.server.url }, told.context)).toBe(1);
    expect(sentenceIn(told.events)).toMatch(/, 1 with an error; 2 baselines without any file\.$/);
  });

  test('names that cannot be asked for are said before anything is queued', async () => {
    expect(
      await failureOf(spread(['S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE'])),
    ).toMatchObject({
      code: 'L0_NAME_MISMATCH',
    });
    expect(await failureOf(spread([]))).toMatchObject({ code: 'USAGE' });
    expect(await site.inRedis(({ redis, calls }) => Promise.all([redis.keys('*planning*'), calls.count()]))).toEqual([
      [],
      0,
    ]);
  });
});

/** What a lock says of its baselines, in counts. */
const judgedIn = ({ completeness }: CampaignLock): unknown => ({
  level0: completeness?.level0,
  errors: completeness?.errors,
  types: completeness?.types.map(({ type, level0, deviating }) => [type, level0, deviating]),
});

const sentenceIn = (events: readonly RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'run-finished' ? [event.sentence] : []))[0] ?? '';

function typeMissedIn(events: readonly RunEvent[]): string {
  for (const event of events)
    if (event.type === 'finding' && event.error.code === 'ADF_TYPE_MISSING') return event.error.types[0]?.type ?? '';
  return '';
}
