/**
 * One file from the store to its final name: bytes go to `.part`, hashed while they are written, and get the name only when
 * size and MD5 are those of the catalogue.
 */
import type { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { asked, Failure, redirected } from '../errors/errors';
import { parseErrorBody } from '../services/error-body';
import { sleep, throwIfInterrupted } from '../services/interruption';
import { nextDelay, RETRY_POLICY, type RetryPolicy, type Outcome } from '../services/retry';
import { givenUp, seenAnswer } from '../services/retrying';
import type { LeastRate } from '../lib/streams/least-rate';
import { unpacking } from '../lib/unpacking';
import { withoutQuery } from '../lib/without-query';
import { brokenConnection, readBounded, type StoreAnswer, type Transport } from '../services/transport';
import { publishOnce, type Part } from './destination';
import { PartFile } from './part-file';
import { createPartNames, type PartNames } from './part-names';
import { endWhenSlow, skipping } from './received-body';
import { bytesToSkip, endOfRest, judgeStoreAnswer, type StoreHead, type Verdict } from './store-answer';
import type { Turn } from './concurrency-limit';

export interface TransferJob {
  /** For messages. */
  name: string;
  finalPath: string;
  /** Default: a run of its own. */
  parts?: PartNames;
  /** Default: a part beside `finalPath`. */
  openPart?: () => Promise<Part>;
  /** Whether the file has its name, proven; default: it has not. */
  isHere?: () => Promise<boolean>;
  /** bytes, as catalogued */
  size: number;
  /** 32 lower-case hex digits, as catalogued */
  md5: string;
  /** A new presigned URL. Each costs quota, so one is asked for only when there is none or the last has died. */
  location: () => Promise<string>;
  store: Pick<Transport, 'openStore'>;
  /** After each write: bytes in the part, which fall when a transfer starts again, and how many of them came just now. */
  onBytes?: (received: number, added: number) => void;
  onRetry?: (retry: Retry) => void;
  /** On while the network is used; off while it is proven what came. */
  turn?: Turn;
  patience?: RetryPolicy;
  leastRate?: LeastRate;
  signal?: AbortSignal;
}

export interface Retry {
  /** A status, or what broke. */
  reason: string;
  seconds: number;
}

/** Attempts start counting again when the part is at least this much larger than it ever was; anything else could go on for ever. */
const PROGRESS_BYTES = 1024 * 1024;
/** A store may answer in ranges of its own size; where they are shorter than this, one that ended is trouble. */
const MIN_RANGE_BYTES = 64 * 1024;
/** A new URL that is refused as well has not expired. */
const MAX_DEAD_URLS = 2;
/** A checksum mismatch is retried once: a second one means that the catalogue is wrong. */
const MAX_WHOLE_TRANSFERS = 2;
/** Times that a file is begun again because the store cannot go on where it stopped. */
const MAX_RESTARTS = 2;
const ERROR_BODY_BYTES = 64 * 1024;

/**
 * @throws Failure SIZE_WRONG, CHECKSUM_WRONG, NOT_FOUND (the object is lost), STATUS_UNEXPECTED, SERVICE_BUSY, NETWORK,
 * DISK_FULL, TARGET_UNWRITABLE, FILE_IN_THE_WAY, INTERRUPTED, or what `location` throws. The part stays for the next run, unless its bytes
 * proved wrong.
 */
export async function transfer(job: TransferJob): Promise<void> {
  throwIfInterrupted(job.signal);
  const open = job.openPart ?? (() => PartFile.open(job.finalPath, job.parts ?? createPartNames()));
  const part = await open();
  try {
    if (part.bytes >= job.size && (await wrongness(part, job))) await part.clear();
    await fill(part, job);
    await publishOnce(part, job.isHere);
  } catch (error) {
    if (isWrongContent(error)) await part.remove();
    // Where the folder has gone, the error says so already.
    else await part.leave().catch(() => undefined);
    throw error;
  } finally {
    await part.close();
  }
}

/** Transfers until the part is complete and right. */
async function fill(part: Part, job: TransferJob): Promise<void> {
  const urls = urlKeeper(job.location);
  for (let transfers = 1; ; transfers++) {
    const wrong = await receivedWrong(part, urls, job);
    if (!wrong) return;
    if (transfers === MAX_WHOLE_TRANSFERS) throw wrong;
    await part.clear();
  }
}

/** Receives all, and says what is wrong with it: an answer of another size than the file's may be another answer the next time, too. */
async function receivedWrong(part: Part, urls: UrlKeeper, job: TransferJob): Promise<Failure | undefined> {
  await job.turn?.begin();
  try {
    await receiveAll(part, urls, job);
  } catch (error) {
    if (!isWrongContent(error)) throw error;
    return error;
  } finally {
    job.turn?.end();
  }
  return wrongness(part, job);
}

async function wrongness(part: Part, { name, size, md5, signal }: TransferJob): Promise<Failure | undefined> {
  if (part.bytes !== size) return new Failure({ code: 'SIZE_WRONG', name, expected: size, came: part.bytes });
  const came = await part.checksum(signal);
  return came === md5 ? undefined : new Failure({ code: 'CHECKSUM_WRONG', name, expected: md5, came });
}

function isWrongContent(error: unknown): error is Failure {
  return error instanceof Failure && ['SIZE_WRONG', 'CHECKSUM_WRONG'].includes(error.detail.code);
}

/** Until the part has all bytes, or a body that tells its own end has come to it. */
async function receiveAll(part: Part, urls: UrlKeeper, job: TransferJob): Promise<void> {
  let attempt = 1;
  let restarts = 0;
  let farthest = part.bytes;
  while (part.bytes < job.size) {
    const url = await urls.current();
    const seen = await receive(part, { url, urls, job });
    if (seen === 'ended') return;
    if (part.bytes - farthest >= PROGRESS_BYTES) {
      attempt = 1;
      farthest = part.bytes;
    }
    if (seen === 'restart') {
      if (restarts++ === MAX_RESTARTS) throw givenUp({ broken: CANNOT_RESUME }, { method: 'GET', url }, attempt);
      await part.clear();
    } else if (seen !== 'again') await pauseAfter(seen, attempt++, url, job);
  }
}

const CANNOT_RESUME = 'the store breaks off and cannot go on from there';

async function pauseAfter(seen: Outcome, attempt: number, url: string, job: TransferJob): Promise<void> {
  const { patience = RETRY_POLICY, signal, onRetry } = job;
  const delay = nextDelay(seen, attempt, { now: Date.now(), random: Math.random(), patience });
  if (delay === undefined) throw givenUp(seen, { method: 'GET', url }, attempt, patience);
  onRetry?.({ reason: 'broken' in seen ? seen.broken : `status ${seen.status}`, seconds: delay / 1000 });
  await sleep(delay, signal);
}

interface Request {
  url: string;
  urls: UrlKeeper;
  job: TransferJob;
}

/** What one request came to: 'ended' with all bytes, 'again' to ask at once, 'restart' with an empty part, or the trouble that was seen. */
type Received = 'ended' | 'again' | 'restart' | Outcome;

async function receive(part: Part, request: Request): Promise<Received> {
  const { url, urls, job } = request;
  const { store, size, signal } = job;
  try {
    const wanted = { firstByte: part.bytes, size };
    const answer = await store.openStore({ url, firstByte: part.bytes, signal });
    const head = headOf(answer);
    const verdict = judgeStoreAnswer(head, wanted);
    if (verdict !== 'whole' && verdict !== 'rest' && verdict !== 'packed')
      return await refused(verdict, answer, part, request);
    const through = verdict === 'packed' ? unpacking(head.contentEncoding ?? '') : undefined;
    if (verdict === 'packed' && !through) return await refused('unexpected', answer, part, request);
    urls.worked();
    const skipped = verdict === 'rest' ? bytesToSkip(head, wanted) : 0;
    if (verdict !== 'rest') await part.clear();
    const sink = part.sink(size, (added) => job.onBytes?.(part.bytes, added));
    await pour(answer.body, skipped > 0 ? skipping(skipped) : through, sink, job.leastRate);
    // A body that ends with its connection may have been cut, and a range may be shorter than asked for.
    const hasOwnEnd = verdict !== 'rest' && answer.header('transfer-encoding') !== undefined;
    if (part.bytes === size || hasOwnEnd) return 'ended';
    const isWholeRange = verdict === 'rest' && part.bytes === endOfRest(head, wanted);
    if (isWholeRange && part.bytes - wanted.firstByte >= MIN_RANGE_BYTES) return 'again';
    return { broken: 'the body ended early' };
  } catch (error) {
    const failure = error instanceof Failure ? error : brokenConnection(error, 'GET', url, signal);
    if (failure.detail.code === 'NETWORK') return { broken: failure.detail.reason };
    throw failure;
  }
}

/** Returns or throws only after the sink's last write has ended. */
async function pour(body: Readable, through: Transform | undefined, sink: Writable, rate?: LeastRate): Promise<void> {
  const closed = new Promise((resolve) => sink.once('close', resolve));
  const piped = through ? pipeline(body, through, sink) : pipeline(body, sink);
  const stopLooking = rate ? endWhenSlow(body, rate) : undefined;
  try {
    await piped;
  } finally {
    stopLooking?.();
    await closed;
  }
}

/** An answer that is not the file. Its body is read for its meaning and never written. */
async function refused(
  verdict: Exclude<Verdict, 'whole' | 'rest' | 'packed'>,
  answer: StoreAnswer,
  part: Part,
  { url, urls, job: { name, size, leastRate } }: Request,
): Promise<Received> {
  const { text } = await readBounded(answer.body, ERROR_BODY_BYTES, leastRate);
  const { status } = answer;
  const bare = asked('GET', withoutQuery(url));
  const excerpt = parseErrorBody(text).message;
  const unexpected = new Failure({ code: 'STATUS_UNEXPECTED', ...bare, status, expected: '200 or 206', excerpt });
  switch (verdict) {
    case 'busy':
      return seenAnswer({ status, text, header: (name) => answer.header(name) });
    case 'error-page':
      return { broken: 'a page of text came instead of the file' };
    case 'expired':
      urls.died(unexpected);
      return 'again';
    case 'range-refused':
      if (sizeOf(answer) === part.bytes)
        throw new Failure({ code: 'SIZE_WRONG', name, expected: size, came: part.bytes });
      return 'restart';
    case 'restart':
      return 'restart';
    case 'empty':
      return { broken: `status ${status} without the file` };
    case 'redirected':
      urls.died(redirected('GET', url, status, answer.header('location')));
      return 'again';
    case 'lost':
      throw new Failure({ code: 'NOT_FOUND', ...bare, what: `${name}: catalogued, but not in the store` });
    case 'size-wrong':
      throw new Failure({ code: 'SIZE_WRONG', name, expected: size, came: sizeOf(answer) });
    case 'unexpected':
      throw unexpected;
  }
}

function headOf(answer: StoreAnswer): StoreHead {
  return {
    status: answer.status,
    contentLength: answer.header('content-length'),
    contentRange: answer.header('content-range'),
    contentType: answer.header('content-type'),
    contentEncoding: answer.header('content-encoding'),
  };
}

/** Of the whole object: the total of Content-Range, else Content-Length. */
function sizeOf(answer: StoreAnswer): number {
  return Number(answer.header('content-range')?.split('/')[1] ?? answer.header('content-length'));
}

interface UrlKeeper {
  current(): Promise<string>;
  worked(): void;
  /** @throws `failure` when the URL before it died as well */
  died(failure: Failure): void;
}

/**
 * Keeps one presigned URL as long as it lives: each new one is charged to the quota (auxip.md#quota). A bad one is asked for once more:
 * it may come of a proxy that was passed by chance.
 */
function urlKeeper(location: () => Promise<string>): UrlKeeper {
  let url: string | undefined;
  let dead = 0;
  const retried = async (): Promise<string> => {
    try {
      return await location();
    } catch (error) {
      if (!isBadLocation(error)) throw error;
      return location();
    }
  };
  return {
    current: async () => (url ??= await retried()),
    worked: () => (dead = 0),
    died(failure) {
      if (++dead >= MAX_DEAD_URLS) throw failure;
      url = undefined;
    },
  };
}

function isBadLocation(error: unknown): boolean {
  return error instanceof Failure && ['LOCATION_REFUSED', 'REDIRECTED'].includes(error.detail.code);
}
