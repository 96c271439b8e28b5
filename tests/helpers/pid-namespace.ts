import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/** In a PID namespace of its own with a /proc of its own, as a container has it; the host name and all files are shared. */
const UNSHARE = ['--pid', '--fork', '--kill-child', '--mount-proc'];

/** Whether that is allowed here. */
export function hasPidNamespaces(): boolean {
  return spawnSync('unshare', [...UNSHARE, 'true']).status === 0;
}

/** Sends a signal to the program inside, SIGKILL as `docker kill` does it, and waits for its end where it has one. */
export async function signalInside(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const inside = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  const ended = once(child, 'exit');
  process.kill(Number(inside), signal);
  if (signal !== 'SIGSTOP') await ended;
}

/** Starts a program in a namespace of its own, where it has id 1. It is gone with the test. */
export function spawnInNamespace(words: readonly string[], environment: NodeJS.ProcessEnv = process.env): ChildProcess {
  const child = spawn('unshare', [...UNSHARE, ...words], { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
