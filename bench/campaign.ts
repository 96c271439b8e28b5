/**
 * What a large campaign takes in time and memory, apart from its transfers (bench/transfers.ts):
 *   node -r ts-node/register bench/campaign.ts [--quick] [--catalogue <folder of real names>]
 * Level-0 names of the real catalogue through `auxflow plan` on a sandbox in a process of its own; then the lists of 50 000
 * made-up files, with AUXFLOW_BENCH_LOW_MEMORY=1 as `--low-memory` does it. No figure is asserted: machines are shared. Linux only, memory is read from /proc.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { watchTree, type Sample, type Watched } from './campaign/process-tree';
import type { Step } from './campaign/lists';

const AUXFLOW = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
const REAL_NAMES = path.join(__dirname, '..', '..', 'shared', 'catalogue');

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' }, catalogue: { type: 'string' } } });
  const shrink = values.quick ? 10 : 1;
  const catalogue = values.catalogue ?? REAL_NAMES;
  const work = mkdtempSync(path.join(tmpdir(), 'auxflow-bench-'));
  try {
    if (existsSync(catalogue)) await benchNames(catalogue, 20_000 / shrink, work);
    else console.log(`names: left out, there is no catalogue at ${catalogue}`);
    await benchLists(50_000 / shrink, work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function benchNames(catalogue: string, count: number, work: string): Promise<void> {
  const names = path.join(work, 'names.txt');
  const all = gunzipSync(readFileSync(path.join(catalogue, 'level0-2020', 's3-OL_0_EFR.txt.gz'))).toString();
  const unitA = all.split('\n').filter((name) => name.startsWith('S3A'));
  writeFileSync(names, unitA.slice(0, count).join('\n'));
  const { sandbox, siteUrl } = await startSandbox(catalogue);
  try {
    const request = ['-m', 'S3OLCI', '-su', 'A', '-pt', 'L2LFR', '-l0', `@${names}`];
    const places = ['--out', path.join(work, 'out'), '--reports', path.join(work, 'reports')];
    const words = [AUXFLOW, 'plan', '--site-url', siteUrl, ...request, ...places];
    const watched = await watchTree(spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'inherit'] }));
    printNames(count, watched);
  } finally {
    sandbox.kill();
  }
}

async function startSandbox(catalogue: string): Promise<{ sandbox: ChildProcess; siteUrl: string }> {
  const words = [AUXFLOW, 'sandbox', '--catalogue', catalogue];
  const sandbox = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => sandbox.stdout.once('data', (data) => resolve(String(data))));
  return { sandbox, siteUrl: (JSON.parse(line) as { site_url: string }).site_url };
}

function printNames(count: number, { exitCode, seconds, cpuSeconds, samples, peaks }: Watched): void {
  console.log(`\n${count} Level-0 names, plan: exit code ${exitCode}, load ${loadavg()[0]?.toFixed(1)}`);
  print('time', `${seconds.toFixed(1)} s`, `${cpuSeconds.toFixed(1)} s of processor`);
  print('peak, main process', megabytes(peaks.main));
  print('peak, largest Newman', megabytes(peaks.child));
  print('peak, all together', megabytes(highest(samples, 'tree')), 'pages they share count twice');
  print('peak, all together', megabytes(highest(samples, 'proportional')), 'pages they share count once');
  // While Newman asks; the report at the end is one step, not growth.
  const lastAsking = samples.findLastIndex(({ main, tree }) => tree > main);
  const asking = samples.slice(0, lastAsking + 1);
  const quarters = [0, 1, 2, 3].map((quarter) =>
    asking.slice((quarter * asking.length) / 4, ((quarter + 1) * asking.length) / 4),
  );
  for (const [what, key] of [['main process', 'main'] as const, ['all together', 'tree'] as const]) {
    const means = quarters.map((quarter) => mean(quarter.map((sample) => sample[key])));
    const ratio = ((means[3] ?? 0) / (means[1] ?? 1)).toFixed(2);
    print(`mean by quarter, ${what}`, means.map(megabytes).join('  '), `last / second ${ratio}, goal 0.90 to 1.10`);
  }
}

async function benchLists(rows: number, work: string): Promise<void> {
  const half = await listSteps(rows / 2, work);
  const whole = await listSteps(rows, work);
  console.log(
    `\nLists of ${rows} files, load ${loadavg()[0]?.toFixed(1)}; a step that is linear takes twice as long as for half`,
  );
  for (const [index, { what, seconds, megabytes: after }] of whole.steps.entries()) {
    const ratio = seconds / (half.steps[index]?.seconds ?? NaN);
    print(what, `${seconds.toFixed(2)} s`, `${ratio.toFixed(1)} x half, ${megabytes(after)} after it`);
  }
  print('peak', megabytes(whole.watched.peaks.main), `${megabytes(half.watched.peaks.main)} for half`);
}

async function listSteps(rows: number, work: string): Promise<{ steps: Step[]; watched: Watched }> {
  const folder = path.join(work, 'lists');
  mkdirSync(folder);
  const words = ['-r', 'ts-node/register', path.join(__dirname, 'campaign', 'lists.ts'), String(rows), folder];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const watched = await watchTree(child);
  rmSync(folder, { recursive: true });
  if (watched.exitCode !== 0) throw new Error(`lists.ts ended with ${watched.exitCode}`);
  const steps = output.trimEnd().split('\n');
  return { steps: steps.map((line) => JSON.parse(line) as Step), watched };
}

function highest(samples: readonly Sample[], key: keyof Sample): number {
  return samples.reduce((most, sample) => Math.max(most, sample[key]), 0);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

const megabytes = (amount: number): string => `${amount.toFixed(0)} MB`;

function print(what: string, figure: string, remark = ''): void {
  console.log(what.padEnd(34), figure.padStart(12), ` ${remark}`);
}

void main();
