/** The queue of a site: whose it is, in which format, and its jobs. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import { Failure } from '../../errors/errors';
import type { Redactor } from '../../lib/redact/redact';
import { unlessInterrupted } from '../../services/interruption';
import { connectQueue, MAX_GOODBYE_MILLISECONDS, queueError, type QueueConnection } from '../redis/connection';
import { BASELINES, BULL_PREFIX, META, TRANSFERS } from '../redis/keys';
import { loadQueuePackages } from '../redis/packages';

/** Of what is kept in Redis, jobs included. Another number: another version of auxflow must not touch it. */
export const QUEUE_FORMAT = '4';

/** One file of one campaign. */
export interface TransferJob {
  readonly format: string;
  readonly campaign: string;
  readonly id: string;
  /** As the baseline names it. */
  readonly name: string;
  /** Of the catalogue. */
  readonly entry: {
    readonly name: string;
    /** @asType integer @minimum 0 */
    readonly contentLength: number;
    readonly md5?: string;
    readonly publicationDate: string;
  };
  /** Times that it failed for a while. @asType integer @minimum 0 */
  readonly tries: number;
}

/** One call for baselines, whose files become jobs of their own. */
export interface BaselineJob {
  readonly format: string;
  readonly campaign: string;
  /** Of the campaign's calls, from 0. @asType integer @minimum 0 */
  readonly call: number;
  readonly level0Names: readonly string[];
  /** @asType integer @minimum 0 */
  readonly tries: number;
}

export type QueueJob = TransferJob | BaselineJob;

export interface TransferQueue extends QueueConnection {
  readonly jobs: Queue<TransferJob>;
  readonly calls: Queue<BaselineJob>;
  /** Of what this Redis knows now: another one, or none, once it was started again without it. Empty where no site was named. */
  readonly id: string;
  /** @throws Failure QUEUE_LOST */
  proveSame(): Promise<void>;
}

/**
 * @param auxipRoot of the site; a queue is of one site. Absent: whatever site it has
 * @throws Failure of `connectQueue`, QUEUE_VERSION, QUEUE_FOREIGN, QUEUE_REFUSED
 */
export async function openQueue(url: string, auxipRoot?: string, redactor?: Redactor): Promise<TransferQueue> {
  const connection = await connectQueue(url, redactor);
  try {
    const id = await refuseOtherQueue(connection, auxipRoot);
    const { Queue: BullQueue } = await loadQueuePackages();
    // The kind of each failure is kept with the campaign, not with the job.
    const defaultJobOptions = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
    const settings = { connection: connection.redis, prefix: BULL_PREFIX, defaultJobOptions };
    const jobs = new BullQueue<TransferJob>(TRANSFERS, settings);
    const calls = new BullQueue<BaselineJob>(BASELINES, settings);
    for (const queue of [jobs, calls]) queue.on('error', () => undefined);
    const close = async (): Promise<void> => {
      const closing = Promise.all([jobs, calls].map((queue) => queue.close().catch(() => undefined)));
      await Promise.race([closing, sleep(MAX_GOODBYE_MILLISECONDS, undefined, { ref: false })]);
      await connection.close();
    };
    const proveSame = async (): Promise<void> => {
      const now = await connection.redis.hget(META, 'id');
      if (id !== '' && now !== id) throw new Failure({ code: 'QUEUE_LOST', queue: connection.address });
    };
    return { ...connection, jobs, calls, id, proveSame, close };
  } catch (error) {
    await connection.close();
    throw queueError(error, connection.address);
  }
}

export interface QueueOptions {
  readonly url: string;
  readonly auxipRoot?: string;
  readonly redactor?: Redactor;
  readonly signal: AbortSignal;
}

/** Opens a queue, and closes it whatever becomes of `use`. @throws Failure of `openQueue`, QUEUE_REFUSED, what `use` throws */
export async function withQueue<Result>(
  { url, auxipRoot, redactor, signal }: QueueOptions,
  use: (queue: TransferQueue) => Promise<Result>,
): Promise<Result> {
  const queue = await unlessInterrupted(signal, () => openQueue(url, auxipRoot, redactor));
  try {
    return await use(queue);
  } catch (error) {
    throw queueError(error, queue.address);
  } finally {
    await queue.close();
  }
}

/** Returns the id of the queue. */
async function refuseOtherQueue({ redis, address: queue }: QueueConnection, auxipRoot?: string): Promise<string> {
  if (auxipRoot !== undefined) {
    await redis.hsetnx(META, 'format', QUEUE_FORMAT);
    await redis.hsetnx(META, 'site', auxipRoot);
    await redis.hsetnx(META, 'id', randomUUID());
  }
  const [came, site, id] = await redis.hmget(META, 'format', 'site', 'id');
  if (came && came !== QUEUE_FORMAT) throw new Failure({ code: 'QUEUE_VERSION', queue, came, known: QUEUE_FORMAT });
  if (auxipRoot !== undefined && site && site !== auxipRoot)
    throw new Failure({ code: 'QUEUE_FOREIGN', queue, what: 'site', expected: site, came: auxipRoot });
  return auxipRoot === undefined ? '' : (id ?? '');
}

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
}

/** Of files and calls. Calls are counted first: when one is done, its files are queued already. */
export async function jobCounts({ jobs, calls }: Pick<TransferQueue, 'jobs' | 'calls'>): Promise<JobCounts> {
  const all = { waiting: 0, active: 0, delayed: 0 };
  for (const queue of [calls, jobs]) {
    // Others may have given jobs a priority, on a dashboard.
    const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed');
    const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
    all.waiting += waiting + prioritized;
    all.active += active;
    all.delayed += delayed;
  }
  return all;
}
