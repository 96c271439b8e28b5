/**
 * Workers as processes that are killed and stopped at random while Redis restarts and connections are cut, on a service that keeps its
 * documented quota with a shortened clock.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { HOUR } from '../../scripts/sentinel/time';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { campaignNames, countsOf } from '../../scripts/cluster/queue/campaign-store';
import { DOCUMENTED_QUOTA } from '../../scripts/sandbox/sandbox';
import { rounds, seedOr } from '../helpers/budget';
import { pick, randomOf } from '../helpers/random';
import { BIN, placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';
import { HAS_REDIS, startRedis } from '../helpers/with-redis';

const ACCOUNTS_FILE = {
  accounts: ['user', 'second', 'third'].map((username) => ({ name: username, username, password: 'env:SECRET' })),
};
/** Seconds; ten times as fast as the documented ten, and auxflow's eleven. */
const [SERVICE_DELTA, OUR_PAUSE] = [1, 2];

describe.skipIf(!HAS_REDIS)('chaos', () => {
  test(
    'files are proven, quotas kept and grants not wasted, whoever dies',
    { timeout: rounds(300_000, 8 * HOUR) },
    async () => {
      const seed = seedOr(20_261_129);
      for (let round = 0; round < rounds(1, 1000); round++) await campaign(seed + round, rounds(2, 4), rounds(2, 6));
    },
  );
});

async function campaign(seed: number, workers: number, blows: number): Promise<void> {
  const random = randomOf(seed);
  const folder = temporaryFolder();
  const redis = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
  const quota = { ...DOCUMENTED_QUOTA, parallelDownloadsDeltaSeconds: SERVICE_DELTA };
  const sandbox = await withSandbox({ quota });
  const site = ['--site-url', sandbox.siteUrl];
  const accounts = path.join(folder, 'accounts.json');
  writeFileSync(accounts, JSON.stringify(ACCOUNTS_FILE));
  const running = new Set<ChildProcess>();
  const start = (): void => {
    const pace = ['--quota-run', '5', '--quota-pause', String(OUR_PAUSE), '--lease', '2', '--concurrency', '4'];
    const words = ['worker', '--queue', redis.url, ...site, '--out', path.join(folder, 'out'), '--accounts', accounts];
    const child = spawn(process.execPath, [BIN, ...words, ...pace, '--exit-when-done'], {
      env: { ...process.env, SECRET: 'password' },
      stdio: 'ignore',
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
  };
  try {
    const frozen = await sharedCampaign('olci');
    const planned = await runCli(['fetch', '--frozen', frozen, ...site, '--queue', redis.url, ...placesIn(folder)]);
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
        await later(300 + 1000 * random());
        sandbox.setScenario('healthy');
      },
    };
    const kinds = ['kill', 'kill', 'stop', 'stop', 'redis', 'clients', 'store'] as const;
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
    const { files, verified, failed } = await countsOf(queue.redis, name, redis.url);
    await queue.close();
    const values = sandbox.requests.filter(({ url }) => url.endsWith('$value'));
    const refused = values.filter(({ status }) => status === 429).length;
    const granted = values.filter(({ status }) => status === 302).length;
    console.log(JSON.stringify({ seed, files, verified, granted, refused, ...struck }));
    expect({ seed, verified, failed, refused }).toEqual({ seed, verified: files, failed: 0, refused: 0 });
    const proven = await runCli(['verify', path.join(folder, 'out', name)]);
    expect(proven.exitCode, `seed ${seed} ${proven.stdout}`).toBe(0);
    // Killed or stopped beyond its lease between a grant and its note: at most what it had under way.
    expect(granted - files, `seed ${seed}`).toBeLessThanOrEqual(4 * blows);
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await redis.stop();
  }
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
