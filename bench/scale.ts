/**
 * What campaigns of several workers cost beside their transfers: `npm run bench -- scale names 100000`, `… lock 100000`, `… ledger 10`, `… workers 2000 1000`,
 * `… pace 150 1000` (files, bytes of each).
 * Needs redis-server. No figure is asserted: machines are shared. Linux only, memory is that of /proc.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, loadavg } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createRedisLedger } from '../scripts/cluster/ledger/redis-ledger';
import { openQueue } from '../scripts/cluster/queue/open-queue';
import { UNLIMITED } from '../scripts/download/quota-settings';
import { startRedis } from '../tests/helpers/with-redis';
import { watchTree, type Watched } from './campaign/process-tree';
import { level0Names, storeAnswers } from './scale/made-up-answers';
import { benchPace, benchWorkers } from './scale/workers';

const AUXFLOW = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
const DAY = 86_400_000;

const BENCHES = { workers: benchWorkers, pace: benchPace } as const;

async function main([kind = '', size = '', bytes = '1000']: readonly string[]): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), 'auxflow-bench-'));
  const redis = await startRedis();
  console.log(`load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}`);
  try {
    if (kind === 'names') await benchNames(Number(size), redis.url, work);
    else if (kind === 'lock') await benchLock(Number(size), redis.url, work);
    else if (kind === 'ledger') await benchLedger(Number(size), redis.url);
    else if (kind === 'workers' || kind === 'pace')
      await BENCHES[kind]({ files: Number(size), bytes: Number(bytes), queue: redis.url, work });
    else console.log('names COUNT, lock COUNT, ledger SECONDS, workers FILES BYTES or pace FILES BYTES');
  } finally {
    await redis.stop();
    rmSync(work, { recursive: true });
  }
}

/** The planner alone: nothing is asked of a service. */
async function benchNames(count: number, queue: string, work: string): Promise<void> {
  const file = path.join(work, 'names.txt');
  const out = createWriteStream(file);
  for (const name of level0Names(count)) if (!out.write(`${name}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
  const request = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '--site-url', 'http://127.0.0.1:1'];
  const words = [AUXFLOW, 'fetch', '--queue', queue, '--spread', file, ...request];
  const watched = await watchTree(spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] }));
  console.log(`names ${count}:`, summary(watched));
}

/** A worker that has nothing to do but to write the lists of a campaign whose calls are answered and files verified. */
async function benchLock(count: number, queue: string, work: string): Promise<void> {
  const { files } = await storeAnswers(count, queue);
  const places = ['--site-url', 'http://127.0.0.1:1', '--out', work];
  const words = [AUXFLOW, 'worker', '--queue', queue, ...places, '--exit-when-done'];
  const watched = await watchTree(spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] }));
  console.log(`lock of ${count} products, ${files} files:`, summary(watched));
}

/** Reservations with their notes: two scripts for each grant. */
async function benchLedger(seconds: number, url: string): Promise<void> {
  const queue = await openQueue(url);
  const ledger = createRedisLedger({ redis: queue.redis, rules: { ...UNLIMITED, pause: 11, period: 8 * DAY } });
  const until = performance.now() + 1000 * seconds;
  let [asked, granted] = [0, 0];
  const lane = async (account: number): Promise<void> => {
    while (performance.now() < until) {
      const answer = await ledger.reserve({ file: `f${asked++}`, bytes: 1, accounts: [`account-${account % 3}`] });
      if (answer.state !== 'granted') continue;
      await ledger.commit(answer.reservation);
      granted += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, index) => lane(index)));
  await queue.close();
  console.log(
    `ledger: ${Math.round(granted / seconds)} grants/s, reserved and committed; ${asked - granted} had to wait`,
  );
}

function summary({ exitCode, seconds, cpuSeconds, peaks }: Watched): string {
  return `exit code ${exitCode}, ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU, peak ${peaks.main.toFixed(0)} MB`;
}

void main(process.argv.slice(2));
