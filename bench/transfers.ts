/**
 * How our transfers compare with other clients fed the same presigned addresses of the sandbox, which runs in a process of its own:
 *   npm run bench -- transfers [--quick] [--rounds <n>] [--plain <milliseconds>] [--work <folder>]
 * `--plain 0`: of a store that only sends what it holds in memory, so that the clients are nearly all that takes time. Loopback has no
 * latency: `--plain 30` lets that store wait 30 ms before each answer, from which parallel clients gain.
 * Every client runs in a process of its own; curl alone neither checks nor syncs, so the fair peers are the rows that do both: after
 * curl, or while it runs, five files at once.
 * The memory shown is that of the process itself, not of others that it starts (curl and md5sum below bash), and ours is that of the
 * transfers, with manifest and lock held, not of what made them; rounds take turns, and medians are shown. No figure is asserted:
 * machines are shared.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { StoredFile } from './transfers/stored-files';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
/** Clock ticks of /proc/<pid>/stat per second, and how often it is read. */
const TICKS = 100;
const POLL_MILLISECONDS = 20;
const TYPESCRIPT = ['-r', 'ts-node/register'];

interface Workload {
  title: string;
  /** bytes */
  sizes: number[];
  /** Nobody but us, and once: it is the memory that is asked for. */
  alone?: boolean;
}

interface Client {
  name: string;
  command: string;
  /** What must exit with 0 where the client is installed. */
  probe: string[];
  /** Issue 4: at least so many times our seconds. */
  goal?: number;
  words: (target: string, files: readonly StoredFile[]) => string[];
}

interface Measured {
  seconds: number;
  /** Highest resident set, MB. */
  megabytes: number;
  /** User and system. */
  cpuSeconds: number;
}

type Run = Measured & {
  /** As the client itself says: without its start. */
  ownSeconds?: number;
};

const OURS = 'auxflow';

/** Checks nothing, and leaves the bytes in the cache of the system; we hash them and make them durable. */
const CURL: Client = {
  name: 'curl --parallel-max 5',
  command: 'curl',
  goal: 1 / 1.15,
  probe: ['--version'],
  words: (target, files) => [
    ...['--parallel', '--parallel-max', '5', '--silent', '--no-progress-meter', '--show-error', '--fail', '--config'],
    listing(target, files.map(({ url, name }) => `url = "${url}"\noutput = "${path.join(target, name)}"\n`).join('')),
  ],
};

const CLIENTS: readonly Client[] = [
  {
    name: OURS,
    command: process.execPath,
    probe: ['--version'],
    words: (target, files) => [...TYPESCRIPT, beside('engine.ts'), target, listing(target, jsonLines(files))],
  },
  {
    name: 'aria2c -j5, MD5 checked',
    command: 'aria2c',
    goal: 1,
    probe: ['--version'],
    words: (target, files) => [
      ...['-j5', '--check-integrity=true', '--file-allocation=none', '--quiet', `--dir=${target}`],
      `--input-file=${listing(target, files.map(({ url, name, md5 }) => `${url}\n out=${name}\n checksum=md5=${md5}\n`).join(''))}`,
    ],
  },
  CURL,
  {
    name: 'curl, then md5sum, then sync',
    command: 'bash',
    probe: ['-c', 'curl --version && md5sum --version'],
    words: (target, files) => {
      const curl = CURL.words(target, files).map((word) => `'${word}'`);
      const sums = `${target}.list.sums`;
      writeFileSync(sums, files.map(({ name, md5 }) => `${md5}  ${path.join(target, name)}\n`).join(''));
      return ['-c', `curl ${curl.join(' ')} && md5sum --quiet --check '${sums}' && sync --file-system '${target}'`];
    },
  },
  {
    name: 'curl | tee | md5sum, then sync',
    command: 'bash',
    probe: ['-c', 'curl --version && md5sum --version && xargs --version'],
    words: (target, files) => {
      const lines = files.map(({ url, name, md5 }) => `${url} ${path.join(target, name)} ${md5}\n`);
      const each = 'test "$(curl --silent --fail "$0" | tee "$1" | md5sum)" = "$2  -"';
      const all = `xargs -P 5 -L 1 sh -c '${each}' < '${listing(target, lines.join(''))}'`;
      return ['-c', `${all} && sync --file-system '${target}'`];
    },
  },
  {
    name: 'sequential, 4096 bytes a piece',
    command: 'python3',
    goal: 3,
    probe: ['-c', 'import requests'],
    words: (target, files) => [beside('tutorial-client.py'), target, listing(target, JSON.stringify(files))],
  },
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean' },
      rounds: { type: 'string' },
      plain: { type: 'string' },
      work: { type: 'string' },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
  const clients = CLIENTS.filter(isInstalled);
  const work = mkdtempSync(path.join(values.work ?? tmpdir(), 'auxflow-bench-'));
  try {
    for (const workload of workloads(values.quick ?? false))
      await compare(workload, { clients, rounds, work, plain: values.plain });
  } finally {
    rmSync(work, { recursive: true });
  }
}

function workloads(quick: boolean): Workload[] {
  const shrink = quick ? 8 : 1;
  const rows = 50_000 / (quick ? 25 : 1);
  return [
    { title: `${200 / shrink} files of 64 KiB to 16 MiB`, sizes: spread(200 / shrink, 64 * KIB, 16 * MIB) },
    { title: `4 files of ${1024 / shrink} MiB`, sizes: Array<number>(4).fill(GIB / shrink) },
    { title: `${rows} files of 1 KiB`, sizes: Array<number>(rows).fill(KIB), alone: true },
  ];
}

/** `count` sizes from the least to the greatest, more small ones than big ones, mixed. */
function spread(count: number, least: number, greatest: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const share = ((index * 37) % count) / (count - 1);
    return Math.round(least + (greatest - least) * share ** 2);
  });
}

function isInstalled({ name, command, probe }: Client): boolean {
  const installed = spawnSync(command, probe, { stdio: 'ignore' }).status === 0;
  if (!installed) console.log(`${name}: left out, ${command} ${probe.join(' ')} does not work here`);
  return installed;
}

interface Setting {
  clients: readonly Client[];
  rounds: number;
  work: string;
  /** Milliseconds before each answer of a plain store; without it the sandbox is the store. */
  plain: string | undefined;
}

async function compare({ title, sizes, alone }: Workload, setting: Setting): Promise<void> {
  const { clients, rounds, work } = setting;
  const plain = alone ? '0' : setting.plain;
  const { store, files } = await startStore(sizes, plain);
  const measured = new Map<string, Measured[]>();
  const add = (name: string, run: Measured): unknown => measured.set(name, [...(measured.get(name) ?? []), run]);
  try {
    for (let round = 0; round < (alone ? 1 : rounds); round++) {
      for (const client of alone ? clients.slice(0, 1) : clients) {
        const { ownSeconds, ...run } = await measure(client, path.join(work, 'target'), files);
        add(client.name, { ...run, seconds: ownSeconds ?? run.seconds });
        if (ownSeconds !== undefined) add(`${client.name}, start-up included`, run);
      }
    }
  } finally {
    store.kill();
  }
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const from = plain === undefined ? 'sandbox' : `plain store, ${plain} ms`;
  print(`${title}, ${(bytes / 1e9).toFixed(2)} GB, ${from}`, bytes, measured);
}

async function startStore(
  sizes: readonly number[],
  plain: string | undefined,
): Promise<{ store: ChildProcess; files: StoredFile[] }> {
  const words = plain === undefined ? [beside('sandbox-store.ts')] : [beside('static-store.ts'), plain];
  const store = spawn(process.execPath, [...TYPESCRIPT, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  store.stdin.end(JSON.stringify(sizes));
  store.stdout.setEncoding('utf8');
  let line = '';
  for await (const text of store.stdout as AsyncIterable<string>) {
    line += text;
    if (line.endsWith('\n')) break;
  }
  return { store, files: JSON.parse(line) as StoredFile[] };
}

/** One run into an empty folder, begun when nothing of the run before waits to be written any more. */
async function measure(client: Client, target: string, files: readonly StoredFile[]): Promise<Run> {
  mkdirSync(target);
  const words = client.words(target, files);
  spawnSync('sync');
  try {
    const measured = await watch(spawn(client.command, words, { stdio: ['ignore', 'pipe', 'inherit'] }));
    expectAll(client.name, target, files);
    return measured;
  } finally {
    rmSync(target, { recursive: true });
    rmSync(`${target}.list`);
    rmSync(`${target}.list.sums`, { force: true });
  }
}

async function watch(child: ChildProcess): Promise<Run> {
  const began = performance.now();
  const seen = { megabytes: 0, cpuSeconds: 0 };
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const poll = setInterval(() => Object.assign(seen, usage(child.pid)), POLL_MILLISECONDS);
  const code = await new Promise((resolve) => child.once('close', resolve));
  const seconds = (performance.now() - began) / 1000;
  clearInterval(poll);
  if (code !== 0) throw new Error(`${child.spawnargs.slice(0, 3).join(' ')} … ended with ${String(code)}`);
  return { seconds, ...seen, ownSeconds: Number(said) || undefined };
}

/** Linux only; elsewhere the columns stay empty. */
function usage(pid: number | undefined): Partial<Measured> {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    // User and system time, then those of children that have ended.
    const [, ticks = ''] = /\) (?:\S+ ){11}((?:\d+ ){4})/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    if (kilobytes === undefined) return {};
    const sum = ticks.split(' ').reduce((total, text) => total + Number(text), 0);
    return { megabytes: Number(kilobytes) * 1.024e-3, cpuSeconds: sum / TICKS };
  } catch {
    return {};
  }
}

function expectAll(name: string, target: string, files: readonly StoredFile[]): void {
  const wrong = files.filter((file) => statSync(path.join(target, file.name)).size !== file.bytes);
  const known = new Set(files.map((file) => file.name));
  const extra = readdirSync(target).filter((file) => file.startsWith('S2A_') && !known.has(file)).length;
  if (wrong.length > 0 || extra !== 0)
    throw new Error(`${name}: ${wrong.length} files are not whole, ${extra} too many`);
}

function print(title: string, bytes: number, measured: ReadonlyMap<string, readonly Measured[]>): void {
  const medianOf = (name: string, key: keyof Measured): number =>
    median((measured.get(name) ?? []).map((item) => item[key]));
  const columns = ['seconds', 'least', 'others / auxflow', 'goal', 'peak MB', 'CPU s / GB'];
  console.log(`\n${title}; load ${loadavg()[0]!.toFixed(1)}`);
  console.log(''.padEnd(34), ...columns.map((column) => column.padStart(16)));
  for (const [name, runs] of measured) {
    const figures = [
      medianOf(name, 'seconds').toFixed(2),
      Math.min(...runs.map(({ seconds }) => seconds)).toFixed(2),
      (medianOf(name, 'seconds') / medianOf(OURS, 'seconds')).toFixed(2),
      CLIENTS.find((client) => client.name === name)?.goal?.toFixed(2) ?? '',
      medianOf(name, 'megabytes').toFixed(0),
      ((medianOf(name, 'cpuSeconds') / bytes) * 1e9).toFixed(2),
    ];
    console.log(name.padEnd(34), ...figures.map((figure) => figure.padStart(16)));
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function listing(target: string, text: string): string {
  const file = `${target}.list`;
  writeFileSync(file, text);
  return file;
}

function jsonLines(files: readonly StoredFile[]): string {
  return files.map((file) => `${JSON.stringify(file)}\n`).join('');
}

function beside(file: string): string {
  return path.join(__dirname, 'transfers', file);
}

void main();
