/** The one connection to Redis, checked before anything relies on it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { Failure } from '../../errors/errors';
import type { Redactor } from '../../lib/redact/redact';
import { whenAborted } from '../../services/interruption';
import { within } from '../../services/time-limit';
import { DamagedEntry } from './kept-json';
import { loadQueuePackages } from './packages';

export interface QueueConnection {
  readonly redis: Redis;
  /** Without user and password, for messages. */
  readonly address: string;
  /** The address as it was given. */
  readonly url: string;
  close(): Promise<void>;
}

/** Seconds for the first connection and answer; later ones are tried for ever. */
const FIRST_CONNECTION = 5;
/** Seconds for a last answer. */
const LAST_ANSWER = 3;
/** Milliseconds to say goodbye, before the connection is cut. */
export const MAX_GOODBYE_MILLISECONDS = 1000;
const MAX_RECONNECT_MILLISECONDS = 2000;
/** Milliseconds between two looks whether Redis has read what it wrote, and whether it still answers. */
const LOOK_AGAIN = 100;
const LOOK_FOR_SILENCE = 1000;

/**
 * Commands wait while Redis is away, once the first connection has come about.
 * @throws Failure USAGE, PACKAGE_MISSING, QUEUE_UNREACHABLE, QUEUE_AUTHENTICATION, QUEUE_EVICTS
 */
export async function connectQueue(url: string, redactor?: Pick<Redactor, 'add'>): Promise<QueueConnection> {
  const parsed = parsedUrl(url);
  if (parsed.password !== '') redactor?.add(decodeURIComponent(parsed.password));
  const address = shownAddress(parsed);
  const { Redis: Client } = await loadQueuePackages();
  const redis = new Client(url, {
    lazyConnect: true,
    connectTimeout: FIRST_CONNECTION * 1000,
    maxRetriesPerRequest: null,
    retryStrategy: () => null,
    // The first INFO is asked here: ioredis prints an advice of its own where it is refused.
    enableReadyCheck: false,
  });
  // Each command reports its own failure.
  let last: Error | undefined;
  redis.on('error', (error: Error) => (last = error));
  try {
    const policy = await within({ what: address, seconds: FIRST_CONNECTION }, async () => {
      await redis.connect();
      return evictionPolicy(redis);
    });
    if (policy !== 'noeviction') throw new Failure({ code: 'QUEUE_EVICTS', queue: address, policy });
  } catch (error) {
    redis.disconnect();
    throw connectionFailure(last ?? error, error, address);
  }
  redis.options.enableReadyCheck = true;
  redis.options.retryStrategy = (times) => Math.min(MAX_RECONNECT_MILLISECONDS, 50 * 2 ** Math.min(times, 10));
  const close = async (): Promise<void> => {
    await Promise.race([
      redis.quit().catch(() => undefined),
      sleep(MAX_GOODBYE_MILLISECONDS, undefined, { ref: false }),
    ]);
    redis.disconnect();
  };
  return { redis, address, url, close };
}

/**
 * When Redis does not answer one who has been told to end: the leases of what is under way end by themselves, and somebody else goes on with it.
 */
export async function whenSilent(redis: Redis, signal: AbortSignal): Promise<void> {
  await whenAborted(signal);
  const answers = (): Promise<boolean> =>
    within({ what: 'Redis', seconds: LAST_ANSWER }, () => redis.ping()).then(
      () => true,
      () => false,
    );
  while (await answers()) await sleep(LOOK_FOR_SILENCE, undefined, { ref: false });
}

/**
 * What Redis refuses to do, as a Failure QUEUE_REFUSED, or QUEUE_AUTHENTICATION where it refuses the user; what it has that cannot be read, as
 * QUEUE_DAMAGED; anything else as it is.
 */
export function queueError(error: unknown, queue: string): unknown {
  if (error instanceof DamagedEntry)
    return new Failure({ code: 'QUEUE_DAMAGED', queue, what: error.message }, { cause: error });
  if (!(error instanceof Error) || error.name !== 'ReplyError') return error;
  if (NOT_OURS.test(error.message))
    return new Failure({ code: 'QUEUE_DAMAGED', queue, what: 'a count or a list' }, { cause: error });
  const code = LOGIN.test(error.message) ? 'QUEUE_AUTHENTICATION' : 'QUEUE_REFUSED';
  return new Failure({ code, queue, reason: loginReason(error.message) }, { cause: error });
}

/** Errors about values of another kind than a command or a script of auxflow expects. */
const NOT_OURS = /^WRONGTYPE|not an integer|not a valid float|attempt to (perform arithmetic|compare|concatenate)/;

/** Errors about who asks. */
const LOGIN = /^(NOAUTH|WRONGPASS|NOPERM|ERR (AUTH|invalid password))/i;

const withoutStop = (sentence: string): string => sentence.replace(/[.\s]+$/, '');

/** INFO, because managed servers refuse CONFIG. */
async function evictionPolicy(redis: Redis): Promise<string> {
  let info = await redis.info();
  // It answers nothing else while it reads what it wrote before it ended.
  for (; /^loading:1/m.test(info); info = await redis.info()) await sleep(LOOK_AGAIN);
  return /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'noeviction';
}

function connectionFailure(seen: unknown, thrown: unknown, queue: string): Failure {
  if (isLate(thrown)) return new Failure({ code: 'QUEUE_UNREACHABLE', queue, reason: NO_ANSWER }, { cause: thrown });
  if (thrown instanceof Failure) return thrown;
  const reasons = [seen, thrown].map((error) => (error instanceof Error ? error.message : String(error)));
  const refused = reasons.find((reason) => LOGIN.test(reason));
  if (refused !== undefined) return new Failure({ code: 'QUEUE_AUTHENTICATION', queue, reason: loginReason(refused) });
  const reason = reasons[0]?.startsWith('Unknown RESP type') ? 'it does not answer as Redis does' : reasons[0];
  return new Failure({ code: 'QUEUE_UNREACHABLE', queue, reason: reason ?? 'no answer' }, { cause: thrown });
}

const NO_ANSWER = `it takes connections and gave no answer within ${FIRST_CONNECTION} s`;

const isLate = (thrown: unknown): boolean => thrown instanceof Failure && thrown.detail.code === 'TIME_LIMIT';

/** Redis explains its protocol where no password was given. */
function loginReason(reason: string): string {
  return reason.startsWith('NOAUTH') ? 'it asks for a password (NOAUTH)' : withoutStop(reason);
}

function parsedUrl(url: string): URL {
  const usage = (problem: string): Failure =>
    new Failure({ code: 'USAGE', problem, next: 'Example: redis://127.0.0.1:6379/0; rediss:// uses TLS.' });
  if (url === '') throw usage('--queue is missing, and AUXFLOW_QUEUE is not set.');
  if (!URL.canParse(url)) throw usage('--queue must be the URL of a Redis server.');
  const parsed = new URL(url);
  if (!['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '')
    throw usage('--queue must begin with redis:// or rediss:// and name a host.');
  if (!/^\/?\d*$/.test(parsed.pathname))
    throw usage('The path of --queue must be the number of a database, such as /0.');
  if (![parsed.username, parsed.password].every(isEncoded))
    throw usage('User and password in --queue must be percent-encoded: % itself is %25.');
  return parsed;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function shownAddress({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
