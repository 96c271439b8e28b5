import { Failure } from '../errors/errors';
import { interruption } from './interruption';

export interface TimeLimit {
  /** For TIME_LIMIT: whose answer is waited for. */
  readonly what: string;
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

/** Milliseconds for work to notice that it should end; work that does not notice is left behind. */
const GRACE = 250;

/**
 * The result of `work`, which is told by its signal when it should end, and may then do so in a way of its own.
 * @throws Failure TIME_LIMIT, INTERRUPTED, or what `work` throws
 */
export async function within<Result>(
  { what, seconds, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const time = new AbortController();
  const stop = signal ? AbortSignal.any([time.signal, signal]) : time.signal;
  const late = new Failure({ code: 'TIME_LIMIT', what, seconds });
  const timers = [setTimeout(() => time.abort(late), seconds * 1000)];
  const leftBehind = new Promise<never>((_resolve, reject) => {
    const leave = (): void => void timers.push(setTimeout(() => reject(interruption(stop)), GRACE));
    if (stop.aborted) leave();
    else stop.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work(stop), leftBehind]);
  } finally {
    timers.forEach(clearTimeout);
  }
}
