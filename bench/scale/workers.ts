/**
 * How fast workers of one machine are: without a quota, beside `auxflow fetch` of the same files from the same sandbox; and with the
 * documented one, beside what it allows.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { LOCK_NAME, lockText, type CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { lockBeginning } from '../../scripts/campaign/lock/lock-beginning';
import { storePlan } from '../../scripts/cluster/queue/campaign-store';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { queueFiles } from '../../scripts/cluster/queue/queue-files';
import { DOCUMENTED_QUOTA } from '../../scripts/sandbox/sandbox';
import { readSite } from '../../scripts/services/site';
import { campaignName } from '../../scripts/session/campaign-name';
import { watchTree, type Watched } from '../campaign/process-tree';
import type { Granted, ServedFiles, Wanted } from './sandbox-of-files';

const AUXFLOW = path.join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const LEVEL0 =
  'S3A_OL_0_EFR____20240301T000111_20240301T000311_20240301T011449_0119_109_301______PS1_O_NR_002.SEN3.zip';
const REQUEST = { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR', level0Names: [LEVEL0] };
const COUNTS = [1, 2, 4];

/** Seconds, as `auxflow` paces production. */
const PAUSE = 11;

export interface WorkersBench {
  readonly files: number;
  /** Of each. */
  readonly bytes: number;
  /** Of a Redis that may be emptied. */
  readonly queue: string;
  readonly work: string;
}

export async function benchWorkers({ files: count, bytes, queue, work }: WorkersBench): Promise<void> {
  const { bench, end } = await open([count, bytes], false, { queue, work });
  const start = await timed({ ...bench, files: bench.lock.files.slice(0, 1) }, 1);
  console.log(`${count} files of ${bytes} bytes; a worker for one file: ${words(start, 1)}`);
  print('fetch', await fetched(bench), count, start, 1);
  for (const workers of COUNTS) print(`workers: ${workers}`, await timed(bench, workers), count, start, workers);
  await end();
}

/** Four workers that share three accounts. */
export async function benchPace({ files: count, bytes, queue, work }: WorkersBench): Promise<void> {
  const { bench, end } = await open([count, bytes], true, { queue, work });
  const accounts = path.join(work, 'accounts.json');
  const { parallelDownloads } = DOCUMENTED_QUOTA;
  const names = ['user', 'second', 'third'];
  const rows = names.map((name) => ({ name, username: name, password: 'env:BENCH_PASSWORD' }));
  writeFileSync(accounts, JSON.stringify({ accounts: rows }));
  const pace = ['--quota-run', String(parallelDownloads), '--quota-pause', String(PAUSE)];
  await timed({ ...bench, options: ['--accounts', accounts, ...pace] }, 4);
  const { grants, refusals, seconds } = await end();
  const allowed = (Math.ceil(count / (names.length * parallelDownloads)) - 1) * PAUSE;
  const share = ((100 * allowed) / seconds).toFixed(1);
  console.log(
    `${grants} grants to 3 accounts by 4 workers, ${refusals} refused: ${seconds} s, ${allowed} s allowed: ${share} %`,
  );
}

async function open(
  [count, bytes]: readonly [number, number],
  hasQuota: boolean,
  rest: Pick<Bench, 'queue' | 'work'>,
): Promise<{ readonly bench: Bench; readonly end: () => Promise<Granted> }> {
  const services = spawn(process.execPath, ['-r', 'ts-node/register', path.join(__dirname, 'sandbox-of-files.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(services.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value as string);
  services.stdin.end(JSON.stringify({ sizes: new Array<number>(count).fill(bytes), hasQuota } satisfies Wanted));
  const { siteUrl, files } = (await next()) as ServedFiles;
  const end = async (): Promise<Granted> => {
    services.kill();
    return (await next()) as Granted;
  };
  return { bench: { siteUrl, lock: lockOf(siteUrl, files), files, options: [], ...rest }, end };
}

interface Bench {
  readonly siteUrl: string;
  readonly lock: CampaignLock;
  /** Those of the lock, or fewer. */
  readonly files: CampaignLock['files'];
  readonly queue: string;
  readonly work: string;
  /** Of the workers. */
  readonly options: readonly string[];
}

interface Timed {
  readonly seconds: number;
  /** Of all processes of auxflow. */
  readonly cpuSeconds: number;
}

function lockOf(siteUrl: string, files: CampaignLock['files']): CampaignLock {
  const site = readSite('sandbox', { siteUrl });
  const level0 = [{ name: LEVEL0, known: true, files: files.map((_file, place) => place) }];
  const beginning = lockBeginning(campaignName(site, REQUEST), site, new Date());
  return { ...beginning, request: REQUEST, complete: true, answers: [], level0, files };
}

async function fetched({ siteUrl, lock, files, work }: Bench): Promise<Timed> {
  const folder = path.join(work, 'fetch');
  mkdirSync(folder);
  const file = path.join(folder, LOCK_NAME);
  writeFileSync(file, [...lockText(lock)].join(''));
  const places = ['--out', path.join(folder, 'out'), '--reports', path.join(folder, 'reports')];
  return all(['fetch', '--frozen', file, '--site-url', siteUrl, ...places], 1, path.join(folder, 'out'), files);
}

async function timed({ siteUrl, queue, work, lock, files, options }: Bench, workers: number): Promise<Timed> {
  const opened = await openQueue(queue);
  try {
    await opened.redis.flushall();
  } finally {
    await opened.close();
  }
  const filled = await openQueue(queue);
  try {
    await storePlan(filled.redis, { ...lock, files });
    await queueFiles(filled, lock.campaign, files);
  } finally {
    await filled.close();
  }
  const out = path.join(work, `workers-${workers}`);
  const line = ['worker', '--queue', queue, '--site-url', siteUrl, '--out', out, '--exit-when-done', ...options];
  return all(line, workers, path.join(out, lock.campaign), files);
}

/** Runs the line as often as there are processes, at once, and sees that all files are there. */
async function all(line: readonly string[], processes: number, folder: string, files: Bench['files']): Promise<Timed> {
  const began = performance.now();
  const children = Array.from({ length: processes }, (): ChildProcess =>
    spawn(process.execPath, [AUXFLOW, ...line], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, BENCH_PASSWORD: 'password' },
    }),
  );
  const watched: Watched[] = await Promise.all(children.map(watchTree));
  const seconds = (performance.now() - began) / 1000;
  const names = new Set(readdirSync(folder));
  const absent = files.filter(({ name }) => !names.has(name)).length;
  const codes = watched.map(({ exitCode }) => exitCode);
  if (absent > 0 || codes.some((code) => code !== 0))
    throw new Error(`${absent} files absent, exit codes ${codes.join(', ')}`);
  rmSync(folder, { recursive: true });
  return { seconds, cpuSeconds: watched.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) };
}

const words = ({ seconds, cpuSeconds }: Timed, processes: number): string =>
  `${seconds.toFixed(1)} s, ${(cpuSeconds / processes).toFixed(1)} s CPU`;

/** Without what a worker takes for one file: mostly the start. */
function print(title: string, timed: Timed, count: number, start: Timed, processes: number): void {
  const rate = (count - 1) / (timed.seconds - start.seconds);
  const cpu = (timed.cpuSeconds - processes * start.cpuSeconds) / (count - 1);
  console.log(
    `${title.padEnd(12)} ${words(timed, 1)}: ${rate.toFixed(0)} files/s, ${(1000 * cpu).toFixed(1)} ms CPU a file`,
  );
}
