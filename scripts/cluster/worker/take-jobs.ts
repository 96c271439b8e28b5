/** BullMQ's worker around one file's work: leases, take-over of what a dead worker left, delays. */
import type { Job } from 'bullmq';
import { leastRateOf } from '../../download/received-body';
import { toError, type AuxflowError } from '../../errors/errors';
import { whenAborted } from '../../services/interruption';
import type { Transport } from '../../services/transport';
import type { CommandContext } from '../../session/context';
import type { KeptLocations } from '../accounts/kept-locations';
import type { WantedLocation } from '../accounts/pooled-locations';
import { settleFile } from '../queue/campaign-store';
import { QUEUE_FORMAT, type TransferJob, type TransferQueue } from '../queue/open-queue';
import { BULL_PREFIX, TRANSFERS } from '../redis/keys';
import { loadQueuePackages } from '../redis/packages';
import type { CampaignTargets } from './campaign-targets';
import type { Counters } from './metrics';
import { nextStep, type NextStep } from './next-step';
import { workOnFile, type WorkResult } from './work-on-file';

export interface TakeJobsOptions {
  readonly queue: TransferQueue;
  readonly targets: CampaignTargets;
  readonly locate: (wanted: WantedLocation) => Promise<string>;
  readonly kept: KeptLocations;
  readonly store: Pick<Transport, 'openStore'>;
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
/** Milliseconds between two looks whether anything is left. */
const LOOK_AGAIN = 300;

export async function takeJobs(context: TakeJobsOptions): Promise<Taken> {
  const { queue, lease, options, surroundings, counters } = context;
  const { Worker, DelayedError } = await loadQueuePackages();
  let ended: AuxflowError | undefined;
  const stop = new AbortController();
  const signal = AbortSignal.any([surroundings.signal, stop.signal]);

  async function process(job: Job<TransferJob>, token = ''): Promise<void> {
    counters.active += 1;
    const isOurs = async (): Promise<boolean> => (await job.extendLock(token, lease).catch(() => 0)) > 0;
    const working = stepOf(job, isOurs, { ...context, surroundings: { ...surroundings, signal } });
    const step = await working.finally(() => (counters.active -= 1));
    // Who was stopped for long has lost the file: what became of it is another worker's to say.
    await job.extendLock(token, lease);
    if (step.do === 'settle') {
      const isNews = await settleFile(queue.redis, job.data.campaign, step.outcome);
      if (isNews) counters[step.outcome.state] += 1;
      if (isNews && step.outcome.state === 'verified') counters.bytes += step.outcome.bytes ?? 0;
      await context.kept.forget(job.data.id);
      return;
    }
    if (step.do === 'stop') {
      ended ??= step.error;
      stop.abort();
    } else if (step.isTry) await job.updateData({ ...job.data, tries: job.data.tries + 1 });
    await job.moveToDelayed(Date.now() + (step.do === 'delay' ? step.milliseconds : 0), token);
    throw new DelayedError();
  }

  const worker = new Worker<TransferJob>(TRANSFERS, process, {
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
  worker.on('error', () => undefined);
  try {
    await Promise.race([
      whenAborted(signal),
      options.exitWhenDone ? whenDone(queue, signal) : new Promise(() => undefined),
    ]);
  } finally {
    await worker.close();
  }
  if (surroundings.signal.aborted) ended ??= toError(surroundings.signal.reason);
  return { error: ended };
}

async function stepOf(
  job: Job<TransferJob>,
  isOurs: () => Promise<boolean>,
  context: TakeJobsOptions,
): Promise<NextStep> {
  const { targets, locate, store, options, surroundings, queue } = context;
  const { data } = job;
  if (data.format !== QUEUE_FORMAT)
    return {
      do: 'stop',
      error: { code: 'QUEUE_VERSION', queue: queue.address, came: data.format, known: QUEUE_FORMAT },
    };
  const { listener, signal, patience } = surroundings;
  let result: WorkResult;
  try {
    const { address: target, layout, unpack, destination } = await targets.of(data.campaign);
    result = await workOnFile(data, {
      target,
      layout,
      unpack: unpack && { known: () => undefined },
      destination,
      locate,
      store,
      patience,
      leastRate: leastRateOf(options),
      signal,
      isOurs,
    });
  } catch (error) {
    return { do: 'stop', error: toError(error) };
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
