import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../errors/errors';

/**
 * What to throw after `signal` fired: its reason where that is a Failure (`controller.abort(new Failure({code:
 * 'INTERRUPTED', …}))`), else INTERRUPTED by SIGINT.
 */
export function interruption(signal: AbortSignal): Failure {
  if (signal.reason instanceof Failure) return signal.reason;
  return new Failure({ code: 'INTERRUPTED', signal: 'SIGINT' }, { cause: signal.reason });
}

/** @throws the interruption, if `signal` has fired */
export function throwIfInterrupted(signal?: AbortSignal): void {
  if (signal?.aborted) throw interruption(signal);
}

/** Waits, or throws the interruption as soon as `signal` fires. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (error) {
    throw signal?.aborted ? interruption(signal) : error;
  }
}

/** Ends when `signal` fires, at once if it has. */
export async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/**
 * The result of work that leaves nothing to tidy up, or the interruption as soon as `signal` fires, wherever the work is then.
 * @throws Failure INTERRUPTED, or what `work` throws
 */
export async function unlessInterrupted<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  throwIfInterrupted(signal);
  const stopped = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(interruption(signal)), { once: true });
  });
  return Promise.race([work(), stopped]);
}
