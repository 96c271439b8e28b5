/** BullMQ's worker around one file's work: leases, take-over of what a dead worker left, delays. */
import type { Job } from 'bullmq';
import type { Turn } from '../../download/concurrency-limit';
import { leastRateOf } from '../../download/received-body';
import { Failure, toError, type AuxflowError } from '../../errors/errors';
import { whenAborted } from '../../services/interruption';
import type { Site } from '../../services/site';
import type { CommandContext } from '../../session/context';
import type { Services } from '../../session/service-clients';
import type { KeptLocations } from '../accounts/kept-locations';
import type { WantedLocation } from '../accounts/pooled-locations';
import { settleFile } from '../queue/campaign-store';
import { QUEUE_FORMAT, type QueueJob, type TransferJob, type TransferQueue } from '../queue/open-queue';
import { BULL_PREFIX, TRANSFERS } from '../redis/keys';
import { queueError } from '../redis/connection';
import { loadQueuePackages } from '../redis/packages';
import type { CampaignTargets } from './campaign-targets';
import type { Counters } from './metrics';
import { nextStep, type NextStep } from './next-step';
import { workOnBaseline } from './work-on-baseline';
import { workOnFile, type WorkResult } from './work-on-file';

export interface TakeJobsOptions {
  readonly queue: TransferQueue;
  readonly targets: CampaignTargets;
  readonly locate: (wanted: WantedLocation) => Promise<string>;
  readonly kept: KeptLocations;
  /** Of any account: for baselines, entries and the store, which count against no quota. */
  readonly services: Services;
  readonly site: Pick<Site, 'rdbRoot' | 'auxipRoot'>;
  /** How many calls for baselines are made at once. */
  readonly baselineTurns: () => Turn;
  /** Milliseconds. */
  readonly lease: number;
  readonly options: {
    readonly concurrency: number;
    readonly exitWhenDone?: boolean;
    readonly minRate?: number;
    readonly stallTimeout?: number;
  };
  readonly surroundings: CommandContext;
  /** Counted on while this goes on. */
  readonly counters: Counters;
}

export interface Taken {
  /** Why this worker ended before the queue did. */
  readonly error?: AuxflowError;
}

/** A file whose worker died this often is not tried any more: it may be what kills them. */
const MAX_DEATHS = 20;
/** Memory or disk full, a replica, rights taken away. */
const REFUSALS = /^(OOM|MISCONF|READONLY|NOPERM|NOAUTH) /;
/** Milliseconds between two looks whether anything is left. */
const LOOK_AGAIN = 300;

export async function takeJobs(context: TakeJobsOptions): Promise<Taken> {
  const { queue, lease, options, surroundings, counters } = context;
  const { Worker, DelayedError } = await loadQueuePackages();
  let ended: AuxflowError | undefined;
  const stop = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, stop.signal]);
  const end = (error: unknown): void => {
    ended ??= toError(queueError(error, queue.address));
    stop.abort();
  };
  const proveSame = (): Promise<void> => queue.proveSame().catch(end);
  const onReady = (): void => void proveSame();

  async function process(job: Job<QueueJob>, token = ''): Promise<void> {
    counters.active += 1;
    try {
      if (await takeJob(job, token, { ...context, surroundings: { ...surroundings, signal } }, end)) return;
    } catch (error) {
      end(error);
    } finally {
      counters.active -= 1;
    }
    // BullMQ leaves the job as it is: delayed, another worker's, or, where Redis did not take note, with a lease that ends.
    throw new DelayedError();
  }

  const worker = new Worker<QueueJob>(TRANSFERS, process, {
    connection: queue.redis,
    prefix: BULL_PREFIX,
    concurrency: options.concurrency,
    lockDuration: lease,
    stalledInterval: lease,
    maxStalledCount: MAX_DEATHS,
    drainDelay: 1,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  // BullMQ goes on for ever, but what Redis refuses it will refuse again.
  worker.on('error', (error) => {
    if (REFUSALS.test(error.message)) end(error);
  });
  queue.redis.on('ready', onReady);
  try {
    await Promise.race([
      whenAborted(signal),
      options.exitWhenDone ? whenDone(queue, signal) : new Promise(() => undefined),
    ]);
  } finally {
    queue.redis.off('ready', onReady);
    await worker.close();
  }
  // A queue without jobs may be one that was forgotten.
  await proveSame();
  if (surroundings.signal.aborted) ended ??= toError(surroundings.signal.reason);
  return { error: ended };
}

/** Returns whether the job is done with. @param end called with what makes this worker useless */
async function takeJob(
  job: Job<QueueJob>,
  token: string,
  context: TakeJobsOptions,
  end: (error: unknown) => void,
): Promise<boolean> {
  const { queue, lease, counters, kept } = context;
  const isOurs = async (): Promise<boolean> => (await job.extendLock(token, lease).catch(() => 0)) > 0;
  const step = await stepOf(job, isOurs, context);
  if (step.do === 'stop') end(new Failure(step.error));
  // Who was stopped for long has lost the file: what became of it is another worker's to say.
  if (!(await isOurs())) return false;
  if (step.do === 'settle') {
    const { outcome } = step;
    if (await settleFile(queue.redis, job.data.campaign, outcome)) {
      counters[outcome.state] += 1;
      if (outcome.state === 'verified') counters.bytes += outcome.bytes ?? 0;
    }
    await kept.forget(outcome.id);
    return true;
  }
  if (step.do === 'done') return true;
  if (step.do === 'delay' && step.isTry) await job.updateData({ ...job.data, tries: job.data.tries + 1 });
  await job.moveToDelayed(Date.now() + (step.do === 'delay' ? step.milliseconds : 0), token);
  return false;
}

async function stepOf(job: Job<QueueJob>, isOurs: () => Promise<boolean>, context: TakeJobsOptions): Promise<NextStep> {
  const { data } = job;
  const { queue } = context;
  if (data.format !== QUEUE_FORMAT)
    return {
      do: 'stop',
      error: { code: 'QUEUE_VERSION', queue: queue.address, came: data.format, known: QUEUE_FORMAT },
    };
  if (!('call' in data)) return stepOfFile(data, isOurs, context);
  // At most one at a time in each worker: calls take long, and others ask as well (rdb.md#hazards).
  const turn = context.baselineTurns();
  try {
    await turn.begin();
    const { site, services, surroundings } = context;
    return await workOnBaseline(data, { queue, site, services, signal: surroundings.signal });
  } catch (error) {
    return { do: 'stop', error: toError(queueError(error, queue.address)) };
  } finally {
    turn.end();
  }
}

async function stepOfFile(
  data: TransferJob,
  isOurs: () => Promise<boolean>,
  context: TakeJobsOptions,
): Promise<NextStep> {
  const { targets, locate, services, options, surroundings, queue } = context;
  const { listener, signal, patience } = surroundings;
  let result: WorkResult;
  try {
    const { address: target, layout, unpack, destination } = await targets.of(data.campaign);
    result = await workOnFile(data, {
      target,
      layout,
      unpack: unpack && { known: () => undefined },
      destination,
      locate: (wanted) =>
        locate(wanted).catch((error: unknown) => {
          throw queueError(error, queue.address);
        }),
      store: services.transport,
      patience,
      leastRate: leastRateOf(options),
      signal,
      isOurs,
    });
  } catch (error) {
    return { do: 'stop', error: toError(queueError(error, queue.address)) };
  }
  if ('outcome' in result) {
    const { outcome } = result;
    const { name, seconds, status } = outcome;
    const rest = 'error' in outcome ? { error: outcome.error } : { bytes: outcome.bytes };
    listener({ type: 'file', name, status, seconds, ...rest });
    if (!('error' in outcome) && outcome.unpackError) listener({ type: 'finding', error: outcome.unpackError });
  }
  return nextStep(data.id, result, data.tries);
}

async function whenDone({ jobs }: TransferQueue, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const counts = await jobs.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    if (Object.values(counts).every((count) => count === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
  }
}
