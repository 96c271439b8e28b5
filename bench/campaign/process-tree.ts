import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

const POLL_MILLISECONDS = 200;
/** Clock ticks of /proc/<pid>/stat per second. */
const TICKS = 100;

/** Resident sets at one moment, MB. */
export interface Sample {
  /** Since the start. */
  readonly seconds: number;
  readonly main: number;
  /** Of all processes together; pages that they share (of Node itself) count in each. */
  readonly tree: number;
  /** Likewise, shared pages divided between those that share them. */
  readonly proportional: number;
}

export interface Watched {
  readonly exitCode: number | null;
  readonly seconds: number;
  /** User and system, of the process and the children it waited for. */
  readonly cpuSeconds: number;
  readonly samples: readonly Sample[];
  /** Highest resident set of the process, and of the largest of its children: MB. */
  readonly peaks: { readonly main: number; readonly child: number };
}

/** Reads /proc of a process and its children until it ends. Linux only. */
export async function watchTree(child: ChildProcess): Promise<Watched> {
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1000;
  const samples: Sample[] = [];
  const peaks = { main: 0, child: 0 };
  let cpuSeconds = 0;
  const poll = setInterval(() => {
    const pid = child.pid ?? 0;
    const main = megabytes(`/proc/${pid}/status`, 'VmRSS');
    if (main === 0) return;
    const children = childrenOf(pid);
    const sum = (amount: (process: number) => number): number =>
      [pid, ...children].reduce((total, process) => total + amount(process), 0);
    samples.push({
      seconds: since(),
      main,
      tree: sum((process) => megabytes(`/proc/${process}/status`, 'VmRSS')),
      proportional: sum((process) => megabytes(`/proc/${process}/smaps_rollup`, 'Pss')),
    });
    peaks.main = megabytes(`/proc/${pid}/status`, 'VmHWM');
    peaks.child = Math.max(peaks.child, ...children.map((item) => megabytes(`/proc/${item}/status`, 'VmHWM')));
    cpuSeconds = cpuSecondsOf(pid);
  }, POLL_MILLISECONDS);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(poll);
  return { exitCode, seconds: since(), cpuSeconds, samples, peaks };
}

function childrenOf(pid: number): number[] {
  return (textOf(`/proc/${pid}/task/${pid}/children`).match(/\d+/g) ?? []).map(Number);
}

function megabytes(file: string, field: string): number {
  const [, kilobytes = '0'] = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(textOf(file)) ?? [];
  return Number(kilobytes) * 1.024e-3;
}

function cpuSecondsOf(pid: number): number {
  const [, ...ticks] = /\) (?:\S+ ){11}(\d+) (\d+) (\d+) (\d+)/.exec(textOf(`/proc/${pid}/stat`)) ?? [];
  return ticks.reduce((sum, count) => sum + Number(count), 0) / TICKS;
}

/** Empty when the process has ended in between. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
