import { Failure } from '../errors';

export interface TimeLimit {
  /** For TIME_LIMIT: whose answer is waited for. */
  readonly what: string;
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

/** Milliseconds for work to notice that its time is over; work that does not notice is left behind. */
const GRACE = 250;

/**
 * The result of `work`, which is told by its signal when the time is over and may then still end in a way of its own.
 * @throws Failure TIME_LIMIT, or what `work` throws
 */
export async function within<Result>(
  { what, seconds, signal }: TimeLimit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new Failure({ code: 'TIME_LIMIT', what, seconds });
  const time = new AbortController();
  const timers: NodeJS.Timeout[] = [setTimeout(() => time.abort(late), seconds * 1000)];
  const leftBehind = new Promise<never>((_resolve, reject) => {
    timers.push(setTimeout(() => reject(late), seconds * 1000 + GRACE));
  });
  try {
    return await Promise.race([work(signal ? AbortSignal.any([time.signal, signal]) : time.signal), leftBehind]);
  } finally {
    timers.forEach(clearTimeout);
  }
}
