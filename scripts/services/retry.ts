/**
 * When to ask again, as pure functions: what was seen, which attempt it was, the time and a random number in; milliseconds out.
 */
import type { ResponseClass } from './classify-response';
import { TLS_REFUSAL } from './network-failure';

/** One attempt as the retry rules see it: an answer, or a connection that broke. */
export type Outcome = { kind: ResponseClass; status: number; form: string; retryAfter?: string } | { broken: string };

export type RetryClass = 'quota' | 'busy' | 'fault' | 'broken';

export interface Pace {
  /** All attempts, the first one included. */
  attempts: number;
  /** Wait before the second attempt, milliseconds; chance adds up to a half. */
  delay: number;
  /** Factor from one wait to the next. */
  growth: number;
}

export type RetryPolicy = Readonly<Record<RetryClass, Readonly<Pace>>> & {
  /** No single wait is longer (milliseconds); a Retry-After beyond it ends the attempts. */
  readonly longestWait: number;
};

export const RETRY_POLICY: RetryPolicy = {
  // auxip.md#polite-clients: at least 11 s without a `$value`; persistent means the volume is used up.
  quota: { attempts: 3, delay: 11_000, growth: 1 },
  // rdb.md#cold-start: after a 504 the service works on and warms its caches, so patience pays.
  busy: { attempts: 6, delay: 1_000, growth: 2 },
  fault: { attempts: 2, delay: 1_000, growth: 2 },
  broken: { attempts: 4, delay: 500, growth: 3 },
  longestWait: 120_000,
};

/** A proxy wants a user and password: it will the next time, too. */
const PROXY_REFUSAL = /: status 407$/;

/** No connection came about, so nothing was asked. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether a connection broke before a request can have reached the service. */
export function wasNeverSent(reason: string): boolean {
  return NO_CONNECTION.has(reason) || TLS_REFUSAL.test(reason);
}

/** The kind of trouble another attempt may cure, or undefined. */
export function retryClassOf(seen: Outcome): RetryClass | undefined {
  if ('broken' in seen) return TLS_REFUSAL.test(seen.broken) || PROXY_REFUSAL.test(seen.broken) ? undefined : 'broken';
  return seen.kind === 'quota' || seen.kind === 'busy' || seen.kind === 'fault' ? seen.kind : undefined;
}

/**
 * Milliseconds to wait before the next attempt; undefined: do not ask again.
 * @param attempt 1 for the first
 * @param now epoch milliseconds
 * @param random in [0, 1)
 */
export function nextDelay(
  seen: Outcome,
  attempt: number,
  { now, random, patience = RETRY_POLICY }: { now: number; random: number; patience?: RetryPolicy },
): number | undefined {
  const trouble = retryClassOf(seen);
  if (!trouble) return undefined;
  const pace = patience[trouble];
  if (attempt >= pace.attempts) return undefined;
  const wanted = 'retryAfter' in seen ? retryAfterDelay(seen.retryAfter, now) : undefined;
  if (wanted !== undefined && wanted > patience.longestWait) return undefined;
  const own = pace.delay * pace.growth ** (attempt - 1) * (1 + random / 2);
  return Math.min(patience.longestWait, Math.max(own, wanted ?? 0));
}

/** `Retry-After` (RFC 9110 §10.2.3), seconds or an HTTP date, as milliseconds from `now`; undefined if absent or unreadable. */
export function retryAfterDelay(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // The third form has no zone, and is UTC all the same.
  const date = ZONED_DATE.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The three forms of an HTTP date: RFC 9110 §5.6.7. Anything else that `Date.parse` takes for a date is none. */
const ZONED_DATE = /^[a-z]{3,9}, \d\d[ -][a-z]{3}[ -](\d\d){1,2} \d\d:\d\d:\d\d GMT$/i;
const ASCTIME = /^[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/i;

/** The last moment that a date of four digits can name. */
const END_OF_DATES = Date.parse('9999-12-31T23:59:59Z');

/** Until when a server wants to be left alone, UTC to the second, where that is longer than one waits for it. */
export function leftAloneUntil(seen: Outcome, now: number, { longestWait }: RetryPolicy): string | undefined {
  const wanted = 'retryAfter' in seen ? retryAfterDelay(seen.retryAfter, now) : undefined;
  if (wanted === undefined || wanted <= longestWait) return undefined;
  const until = Math.min(END_OF_DATES, Math.ceil((now + wanted) / 1000) * 1000);
  return new Date(until).toISOString().replace('.000', '');
}
