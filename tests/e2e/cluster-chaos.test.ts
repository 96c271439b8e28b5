/**
 * Workers as processes that are killed and stopped at random while Redis restarts and connections are cut, on a service that keeps its
 * documented quota with a shortened clock.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../scripts/sentinel/time';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { campaignNames, countsOf } from '../../scripts/cluster/queue/campaign-store';
import { DOCUMENTED_QUOTA } from '../../scripts/sandbox/sandbox';
import { IS_LONG, rounds, seedOr } from '../helpers/budget';
import { startFaultyStore, type Fault } from '../helpers/faulty-store';
import { pick, randomOf } from '../helpers/random';
import { BIN, placesIn, runCli } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';
import { HAS_REDIS, startRedis } from '../helpers/with-redis';
import { lockIn } from '../helpers/campaign';
import { HAS_S3, S3_CREDENTIALS, startS3 } from '../helpers/with-s3';

const ACCOUNTS_FILE = {
  accounts: ['user', 'second', 'third'].map((username) => ({ name: username, username, password: 'env:SECRET' })),
};
/** Campaigns of a long run: AUXFLOW_TEST_COUNT, else as many as a night has. */
const COUNT = process.env.AUXFLOW_TEST_COUNT === undefined ? undefined : Number(process.env.AUXFLOW_TEST_COUNT);
/** Campaigns at a time. */
const LANES = Number(process.env.AUXFLOW_TEST_LANES ?? 4);
/** Seconds; ten times as fast as the documented ten, and auxflow's eleven. */
const [SERVICE_DELTA, OUR_PAUSE] = [1, 2];

describe.skipIf(!HAS_REDIS)('chaos', () => {
  test(
    'files are proven, quotas kept and grants not wasted, whoever dies',
    { timeout: rounds(300_000, 8 * HOUR) },
    () => campaigns(rounds(1, COUNT ?? 800), folderPlace),
  );

  test.skipIf(!IS_LONG || !HAS_S3)('and so are objects, whatever the store does', { timeout: 4 * HOUR }, () =>
    campaigns(COUNT ?? 200, objectPlace),
  );
});

/** All, although some fail: each failure has its seed. Several at a time, because a campaign waits for its quota most of the time. */
async function campaigns(count: number, openPlace: (folder: string) => Promise<Place>): Promise<void> {
  const seed = seedOr(20_261_129);
  const failures: string[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let round = next++; round < count; round = next++)
      await campaign(seed + round, openPlace).catch((error: unknown) => {
        failures.push(`seed ${seed + round}: ${String(error)}`);
        console.log(failures.at(-1));
      });
  };
  await sharedCampaign('olci');
  await Promise.all(Array.from({ length: Math.min(count, LANES) }, lane));
  expect(failures).toEqual([]);
}

/** Where verified files go. */
interface Place {
  /** Options of workers and of `verify`. */
  readonly options: readonly string[];
  readonly environment: Record<string, string>;
  readonly out: string;
  /** Words of `verify` for a campaign. */
  proof(campaign: string): string[];
  /** The store errs until `heal`; a folder does not. */
  strike(random: () => number): void;
  heal(): void;
  stop(): Promise<void>;
}

function folderPlace(folder: string): Promise<Place> {
  const out = path.join(folder, 'out');
  const proof = (name: string): string[] => ['verify', path.join(out, name)];
  const nothing = (): void => undefined;
  const stop = (): Promise<void> => Promise.resolve();
  return Promise.resolve({ options: [], environment: {}, out, proof, strike: nothing, heal: nothing, stop });
}

const FAULTS: readonly Fault[] = [
  { status: 500, code: 'InternalError' },
  { status: 503, code: 'SlowDown' },
  'cut-body',
  'cut-answer',
  'lost-answer',
];

async function objectPlace(): Promise<Place> {
  const s3 = await startS3();
  const faulty = await startFaultyStore(s3.endpoint);
  const out = `s3://${s3.bucket}/chaos`;
  return {
    options: ['--s3-endpoint', faulty.endpoint],
    environment: S3_CREDENTIALS,
    out,
    proof: (name) => ['verify', `${out}/${name}`, '--deep', '--s3-endpoint', s3.endpoint],
    strike(random) {
      faulty.fault = () => (random() < 0.5 ? pick(FAULTS, random) : undefined);
    },
    heal() {
      faulty.fault = () => undefined;
    },
    async stop() {
      await faulty.close();
      await s3.stop();
    },
  };
}

async function campaign(seed: number, openPlace: (folder: string) => Promise<Place>): Promise<void> {
  const [workers, blows] = [rounds(2, 4), rounds(2, 6)];
  const random = randomOf(seed);
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-chaos-'));
  const place = await openPlace(folder);
  const redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  const quota = { ...DOCUMENTED_QUOTA, parallelDownloadsDeltaSeconds: SERVICE_DELTA };
  const sandbox = await withSandbox({ quota });
  const site = ['--site-url', sandbox.siteUrl];
  const accounts = path.join(folder, 'accounts.json');
  writeFileSync(accounts, JSON.stringify(ACCOUNTS_FILE));
  const running = new Set<ChildProcess>();
  const start = (): void => {
    const pace = ['--quota-run', '5', '--quota-pause', String(OUR_PAUSE), '--lease', '2', '--concurrency', '4'];
    const words = ['worker', '--queue', redis.url, ...site, '--out', place.out, '--accounts', accounts];
    const child = spawn(process.execPath, [BIN, ...words, ...place.options, ...pace, '--exit-when-done'], {
      env: { ...process.env, ...place.environment, SECRET: 'password' },
      stdio: 'ignore',
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
  };
  try {
    const own = await sharedCampaign('olci');
    // In every second campaign of a night workers ask for the baselines, too.
    const what = IS_LONG && seed % 2 === 1 ? spreadWords(own, folder) : ['--frozen', own];
    const planned = await runCli(['fetch', ...what, ...site, '--queue', redis.url, ...placesIn(folder)]);
    expect(planned.exitCode, planned.stdout + planned.stderr).toBe(0);
    const queue = await openQueue(redis.url);
    const [name = ''] = await campaignNames(queue.redis);
    const struck = { kill: 0, stop: 0, redis: 0, clients: 0, store: 0 };
    const strike: Record<keyof typeof struck, (child: ChildProcess) => unknown> = {
      kill(child) {
        child.kill('SIGKILL');
        start();
      },
      stop(child) {
        child.kill('SIGSTOP');
        setTimeout(() => child.kill('SIGCONT'), 1000 + 4000 * random());
      },
      redis: () => redis.restart(),
      clients: () => queue.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
      async store() {
        sandbox.setScenario('reset-stream');
        place.strike(randomOf(seed + 1));
        await later(300 + 1000 * random());
        place.heal();
        sandbox.setScenario('healthy');
      },
    };
    const kinds = ['kill', 'kill', 'stop', 'stop', 'redis', 'clients', 'store'] as const;
    const since = performance.now();
    for (let count = 0; count < workers; count++) start();
    for (let blow = 0; blow < blows; blow++) {
      await later(500 + 2500 * random());
      if (running.size === 0) break;
      const child = pick([...running], random);
      // A death in each, whatever the seed.
      const kind = blow === 0 ? 'kill' : pick(kinds, random);
      struck[kind] += 1;
      await strike[kind](child);
    }
    while (running.size > 0) await once([...running][0] as ChildProcess, 'exit');
    const { files, verified, failed, findings, baselines } = await countsOf(queue.redis, name, redis.url);
    await queue.close();
    const values = sandbox.requests.filter(({ url }) => url.endsWith('$value'));
    const refused = values.filter(({ status }) => status === 429).length;
    const granted = values.filter(({ status }) => status === 302).length;
    const seconds = Math.round(performance.now() - since) / 1000;
    console.log(JSON.stringify({ seed, files, verified, granted, refused, ...struck, seconds }));
    const wrong = { failed, refused, lacking: findings.length, calls: baselines?.failed ?? 0 };
    expect({ seed, verified, ...wrong }).toEqual({
      seed,
      verified: files,
      failed: 0,
      refused: 0,
      lacking: 0,
      calls: 0,
    });
    expect(files, `seed ${seed}`).toBe(lockIn(own).files.length);
    const proven = await runCli(place.proof(name), { environment: place.environment });
    expect(proven.exitCode, `seed ${seed} ${proven.stdout}`).toBe(0);
    // Killed or stopped beyond its lease between a grant and its note: at most what it had under way.
    expect(granted - files, `seed ${seed}`).toBeLessThanOrEqual(4 * blows);
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await redis.stop();
    await place.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The products of a campaign by name, for workers to ask for. */
function spreadWords(folder: string, into: string): string[] {
  const { request, level0 } = lockIn(folder);
  const names = path.join(into, 'names.txt');
  writeFileSync(names, level0.map(({ name }) => `${name}\n`).join(''));
  return ['--spread', names, '-m', request.mission, '-su', request.unit, '-pt', request.productType];
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
