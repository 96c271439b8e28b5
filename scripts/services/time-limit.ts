import { Failure } from '../errors/errors';
import { interruption } from './interruption';

/** For an answer of a service: the gateway gives up after 60 seconds (access.md#proxies-and-limits). */
export const MAX_ANSWER_SECONDS = 65;

export interface TimeLimit {
  /** For TIME_LIMIT: whose answer is waited for. */
  readonly what: string;
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

/** For work to notice that it should end; work that does not is abandoned. */
const GRACE_MILLISECONDS = 250;

/**
 * Awaits `work`, whose signal is aborted when the time is over or the caller stops; `work` may then still end in its own way.
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
  const abandoned = new Promise<never>((_resolve, reject) => {
    const leave = (): void => void timers.push(setTimeout(() => reject(interruption(stop)), GRACE_MILLISECONDS));
    if (stop.aborted) leave();
    else stop.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work(stop), abandoned]);
  } finally {
    timers.forEach(clearTimeout);
  }
}
