/** A command of the user's, run to its end with the signals of this process handed on to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../errors/errors';
import { inWords } from '../errors/fault-words';
import { codeOf } from '../errors/target-failure';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command with the streams of this process. Returns its exit code, or 128 + n where signal n ended it. What it has started
 * and not ended itself is ended with it.
 *
 * In a terminal it stays in the foreground group, which gets Ctrl-C from the terminal itself. Elsewhere it has a group of its own,
 * so that a signal reaches all that it has started: `npx` and `sh` do not hand on theirs.
 * @throws Failure USAGE where it cannot be started
 */
export async function runCommand(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [program = '', ...rest] = words;
  const isForeground = process.stdin.isTTY;
  const child = spawn(program, rest, { env: environment, stdio: 'inherit', detached: !isForeground });
  const forward = (signal: NodeJS.Signals): void => {
    if (!isForeground) signalGroup(child, signal);
    else if (signal === 'SIGTERM') child.kill(signal);
  };
  for (const signal of FORWARDED) process.on(signal, forward);
  try {
    return await ended(child, program);
  } finally {
    if (!isForeground) await endGroup(child);
    for (const signal of FORWARDED) process.off(signal, forward);
  }
}

function ended(child: ChildProcess, program: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(
        new Failure(
          {
            code: 'USAGE',
            problem: `The command ${JSON.stringify(program)} cannot be started: ${inWords(codeOf(error))}.`,
            next: 'Put it after --, as in: auxflow sandbox -- npx newman run …',
          },
          { cause: error },
        ),
      );
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** Whether a process of the group was there to get it. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Seconds that are left to processes of the group before they are killed. */
const GRACE = 2;

/** Ends what the command left behind, in the background or because only it was told to stop. */
async function endGroup(child: ChildProcess): Promise<void> {
  if (!signalGroup(child, 'SIGTERM')) return;
  for (let waited = 0; waited < GRACE * 1000; waited += 50) {
    if (!signalGroup(child, 0)) return;
    await wait(50);
  }
  signalGroup(child, 'SIGKILL');
}
