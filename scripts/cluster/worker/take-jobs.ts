/** BullMQ's workers around the work on one job: leases, take-over of what a dead worker left, delays. */
import type { Job, Worker } from 'bullmq';
import { Failure, toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf, exitCodeOfProblem } from '../../errors/exit-codes';
import { whenAborted } from '../../services/interruption';
import type { KeptLocations } from '../accounts/kept-locations';
import { settleFile } from '../queue/campaign-store';
import { jobCounts, type QueueJob, type TransferQueue } from '../queue/open-queue';
import { BASELINES, BULL_PREFIX, TRANSFERS } from '../redis/keys';
import { queueError } from '../redis/connection';
import { DamagedEntry } from '../redis/kept-json';
import { loadQueuePackages } from '../redis/packages';
import { workOnJob, type JobContext } from './job-step';
import type { Counters } from './metrics';
import type { NextStep } from './next-step';

export interface TakeJobsOptions extends JobContext {
  readonly kept: KeptLocations;
  /** Milliseconds. */
  readonly lease: number;
  readonly options: JobContext['options'] & {
    /** Files at once; beside them one call for baselines. */
    readonly concurrency: number;
    readonly exitWhenDone?: boolean;
  };
  /** Counted on while this goes on. */
  readonly counters: Counters;
}

export interface Taken {
  /** Why this worker ended before the queue did. */
  readonly error?: AuxflowError;
}

/** Memory or disk full, a replica, rights taken away. */
const REFUSALS = /^(OOM|MISCONF|READONLY|NOPERM|NOAUTH) /;
/** Milliseconds between two looks whether anything is left. */
const LOOK_AGAIN = 300;

export async function takeJobs(context: TakeJobsOptions): Promise<Taken> {
  const { queue, options, surroundings } = context;
  let ended: AuxflowError | undefined;
  const stop = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, stop.signal]);
  const end = (error: unknown): void => {
    ended ??= toError(queueError(error, queue.address));
    stop.abort();
  };
  const proveSame = (): Promise<void> => queue.proveSame().catch(end);
  const onReady = (): void => void proveSame();
  const working = { ...context, surroundings: { ...surroundings, signal } };
  // Calls take long, and others ask as well: one at a time in each worker (rdb.md#hazards), beside the files.
  const workers = await Promise.all([
    startWorker(TRANSFERS, options.concurrency, working, end),
    startWorker(BASELINES, 1, working, end),
  ]);
  queue.redis.on('ready', onReady);
  try {
    await Promise.race([
      whenAborted(signal),
      options.exitWhenDone ? whenDone(queue, signal) : new Promise(() => undefined),
    ]);
  } finally {
    queue.redis.off('ready', onReady);
    await closed(workers, context.counters);
  }
  // A queue without jobs may be one that was forgotten.
  await proveSame();
  if (surroundings.signal.aborted) ended ??= toError(surroundings.signal.reason);
  return { error: ended };
}

/** Milliseconds that BullMQ is waited for when nothing is under way any more. */
const LAST_WAIT = 5000;

/**
 * When what is under way has ended. BullMQ may wait for ever for a blocking command whose connection was cut (seen once in some twenty campaigns
 * of tests/e2e/cluster-chaos.test.ts): by then there is nothing left to lose.
 */
async function closed(workers: readonly Worker<QueueJob>[], counters: Counters): Promise<void> {
  const seen = { isClosed: false };
  const closing = Promise.all(workers.map((worker) => worker.close())).then(() => (seen.isClosed = true));
  let idleSince = performance.now();
  while (!seen.isClosed && performance.now() - idleSince < LAST_WAIT) {
    await Promise.race([closing, later(LOOK_AGAIN)]);
    if (counters.active > 0) idleSince = performance.now();
  }
}

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @param end called with what makes this worker useless */
async function startWorker(
  name: string,
  concurrency: number,
  context: TakeJobsOptions,
  end: (error: unknown) => void,
): Promise<Worker<QueueJob>> {
  const { queue, lease, counters } = context;
  const { Worker: BullWorker, DelayedError } = await loadQueuePackages();
  async function process(job: Job<QueueJob>, token = ''): Promise<void> {
    counters.active += 1;
    try {
      if (await takeJob(job, token, context, end)) return;
    } catch (error) {
      end(error);
    } finally {
      counters.active -= 1;
    }
    // BullMQ leaves the job as it is: delayed, another worker's, or, where Redis did not take note, with a lease that ends.
    throw new DelayedError();
  }
  const worker = new BullWorker<QueueJob>(name, process, {
    connection: queue.redis,
    prefix: BULL_PREFIX,
    concurrency,
    lockDuration: lease,
    stalledInterval: lease,
    // BullMQ would drop the job without a word; takeJob settles it by name.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    drainDelay: 1,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  // BullMQ goes on for ever, but what Redis refuses it will refuse again.
  worker.on('error', (error) => {
    if (REFUSALS.test(error.message)) end(error);
    // A job that is no JSON would come again with each lease.
    if (error instanceof SyntaxError) end(new DamagedEntry('a job'));
  });
  return worker;
}

/** Returns whether the job is done with. */
async function takeJob(
  job: Job<QueueJob>,
  token: string,
  context: TakeJobsOptions,
  end: (error: unknown) => void,
): Promise<boolean> {
  const { lease, surroundings } = context;
  const isOurs = async (): Promise<boolean> => (await job.extendLock(token, lease).catch(() => 0)) > 0;
  const { step, events } = await workOnJob({ data: job.data, deaths: job.stalledCounter, isOurs }, context);
  if (step.do === 'stop') end(new Failure(step.error));
  // Who was stopped for long has lost the file: what became of it is another worker's to say.
  if (!(await isOurs())) return false;
  const isDone = await noted(step, job.data.campaign, context);
  for (const event of events) surroundings.listener(event);
  if (isDone) return true;
  if (step.do === 'delay' && step.isTry) await job.updateData({ ...job.data, tries: job.data.tries + 1 });
  await job.moveToDelayed(Date.now() + (step.do === 'delay' ? step.milliseconds : 0), token);
  return false;
}

/** Settles and counts what the step says. Returns whether the job is done with. */
async function noted(step: NextStep, campaign: string, { queue, counters, kept }: TakeJobsOptions): Promise<boolean> {
  if (step.do === 'settle') {
    const { outcome } = step;
    if (await settleFile(queue.redis, campaign, outcome)) {
      counters[outcome.state] += 1;
      if (outcome.state === 'verified') counters.bytes += outcome.bytes ?? 0;
      if (outcome.problem !== undefined) counters.exitCodes.add(exitCodeOfProblem(outcome.problem));
    }
    await kept.forget(outcome.id);
    return true;
  }
  if (step.do !== 'done') return false;
  if (step.isNews) {
    counters[step.errors.length > 0 ? 'callsFailed' : 'callsAnswered'] += 1;
    if (step.errors.length > 0) counters.exitCodes.add(exitCodeOf(step.errors));
  }
  counters.failed += step.problems.length;
  for (const problem of step.problems) counters.exitCodes.add(exitCodeOfProblem(problem));
  return true;
}

async function whenDone(queue: TransferQueue, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { waiting, active, delayed } = await jobCounts(queue);
    if (waiting + active + delayed === 0) return;
    await later(LOOK_AGAIN);
  }
}
