/** What a worker does with one job, and what it tells of it. Knows nothing of BullMQ. */
import { tracedDestination } from '../../campaign/traced-files';
import type { QuotaRules } from '../../download/quota';
import { leastRateOf } from '../../download/received-body';
import { toError, type AuxflowError } from '../../errors/errors';
import { EXIT, EXIT_OF } from '../../errors/exit-codes';
import { isRecord } from '../../lib/read-json';
import type { CommandContext } from '../../session/context';
import type { RunEvent } from '../../session/run-events';
import type { Services } from '../../session/service-clients';
import type { Span, Telemetry } from '../../session/telemetry/telemetry';
import type { WantedLocation } from '../accounts/pooled-locations';
import { traceOf } from '../queue/campaign-store';
import {
  QUEUE_FORMAT,
  type BaselineJob,
  type QueueJob,
  type TransferJob,
  type TransferQueue,
} from '../queue/open-queue';
import { queueError } from '../redis/connection';
import { DamagedEntry, keptValue } from '../redis/kept-json';
import { REFUSES_CAMPAIGN, type CampaignTargets } from './campaign-targets';
import { nextStep, type NextStep } from './next-step';
import { diedStep, workOnBaseline, type BaselineWork } from './work-on-baseline';
import { tracedLocate } from './traced-work';
import { workOnFile, type WorkResult } from './work-on-file';

export interface JobContext {
  readonly queue: TransferQueue;
  readonly targets: CampaignTargets;
  readonly locate: (wanted: WantedLocation) => Promise<string>;
  readonly rules: QuotaRules;
  /** Of any account: for baselines, entries and the store, which count against no quota. */
  readonly services: Services;
  readonly site: BaselineWork['site'];
  readonly telemetry: Telemetry;
  /** Name of an account by its digest. */
  readonly accountName: (digest: string) => string;
  readonly options: { readonly minRate?: number; readonly stallTimeout?: number };
  readonly surroundings: CommandContext;
}

/** A file whose workers died more often than this is not tried any more: it may be what kills them. */
export const MAX_DEATHS = 20;

export interface TakenJob {
  readonly data: QueueJob;
  /** Times that its worker died, or was silent for longer than its lease. */
  readonly deaths: number;
  /** Whether another worker has not taken it over. */
  readonly isOurs: () => Promise<boolean>;
}

export interface JobResult {
  readonly step: NextStep;
  /** What there is to tell, once it is sure that the job was still ours. */
  readonly events: readonly RunEvent[];
}

export async function workOnJob(job: TakenJob, context: JobContext): Promise<JobResult> {
  const { data, deaths } = job;
  const { queue } = context;
  const { address } = queue;
  try {
    const came = formatOf(data);
    if (came !== QUEUE_FORMAT) return stopped({ code: 'QUEUE_VERSION', queue: address, came, known: QUEUE_FORMAT });
    requireWhole(data);
    if ('call' in data) return await workOnCall(data, deaths, context);
    return await workOnTransfer(data, job, context);
  } catch (error) {
    return stopped(toError(queueError(error, address)));
  }
}

/** @throws DamagedEntry */
function formatOf(data: unknown): string {
  if (isRecord(data) && typeof data.format === 'string') return data.format;
  throw new DamagedEntry('a job');
}

/** @throws DamagedEntry */
function requireWhole(data: QueueJob): void {
  const what = 'name' in data && typeof data.name === 'string' ? `a job (${data.name})` : 'a job';
  if ('call' in data) keptValue('baseline', data, what);
  else keptValue('transfer', data, what);
}

const stopped = (error: AuxflowError): JobResult => ({ step: { do: 'stop', error }, events: [] });

async function workOnCall(data: BaselineJob, deaths: number, context: JobContext): Promise<JobResult> {
  const { queue, site, services, surroundings } = context;
  const { campaign, call, level0Names } = data;
  const { signal, now } = surroundings;
  const work = { queue, site, services, signal, now };
  const span = await spanOf('auxflow.baseline', data, context);
  span.set({ 'auxflow.call': call, 'auxflow.level0': level0Names.length });
  const working = deaths > MAX_DEATHS ? diedStep(data, deaths, work) : workOnBaseline(data, work);
  const step = await working.catch((error: unknown) => {
    span.end(toError(error));
    throw error;
  });
  span.end(errorIn(step));
  return { step, events: eventsOf(step, { name: `baseline call ${call}`, campaign }) };
}

async function workOnTransfer(data: TransferJob, job: TakenJob, context: JobContext): Promise<JobResult> {
  const { id, name, campaign, tries, entry } = data;
  const { deaths } = job;
  const isDeadly = deaths > MAX_DEATHS;
  const span = await spanOf('auxflow.file', data, context);
  span.set({ 'auxflow.file.name': name, 'auxflow.file.id': id, 'auxflow.file.bytes': entry.contentLength });
  const result: WorkResult = isDeadly
    ? { outcome: { status: 'failed', id, name, seconds: 0, error: { code: 'WORKERS_DIED', name, deaths } } }
    : await transferOf(data, job.isOurs, context, span).catch((error: unknown) => {
        span.end(toError(error));
        throw error;
      });
  const step = nextStep(result, isDeadly ? Infinity : tries);
  span.set({ 'auxflow.file.step': step.do });
  span.end(errorIn(step));
  const told = eventsOf(step, { name, campaign });
  if (step.do !== 'settle' || !('outcome' in result)) return { step, events: told };
  const { status, seconds, ...rest } = result.outcome;
  const known = 'error' in rest ? { error: rest.error } : { bytes: rest.bytes };
  return { step, events: [{ type: 'file', name, campaign, status, seconds, ...known }, ...told] };
}

/** A trace of its own, because a campaign may have a million jobs, with a link to what planned it. */
async function spanOf(name: string, { campaign, tries }: QueueJob, { telemetry, queue }: JobContext): Promise<Span> {
  const linkedTo = telemetry.isOn ? await traceOf(queue.redis, campaign) : undefined;
  return telemetry.span(name, { 'auxflow.campaign': campaign, 'auxflow.tries': tries }, { linkedTo });
}

function errorIn(step: NextStep): AuxflowError | undefined {
  return step.do === 'done' ? step.errors[0] : step.error;
}

async function transferOf(
  data: TransferJob,
  isOurs: TakenJob['isOurs'],
  context: JobContext,
  span: Span,
): Promise<WorkResult> {
  const { targets, locate, rules, services, options, surroundings, queue } = context;
  const { signal, patience } = surroundings;
  const place = await targets.of(data.campaign).catch(refusalOf);
  if (!('destination' in place)) {
    const { id, name } = data;
    return { outcome: { status: 'failed', id, name, seconds: 0, error: place } };
  }
  const { layout, unpack, destination, lists } = place;
  const target = lists.address;
  const locateNow = tracedLocate(locate, span, context.accountName);
  return workOnFile(data, {
    target,
    layout,
    unpack: unpack && { known: () => undefined },
    destination: tracedDestination(destination, span),
    locate: (wanted) =>
      locateNow(wanted).catch((error: unknown) => {
        throw queueError(error, queue.address);
      }),
    rules,
    store: services.transport,
    patience,
    leastRate: leastRateOf(options),
    signal,
    isOurs,
  });
}

/** Of a place that is another's: other campaigns go on; and of a store that may answer later. */
function refusalOf(error: unknown): AuxflowError {
  const detail = toError(error);
  if (REFUSES_CAMPAIGN.has(detail.code) || EXIT_OF[detail.code] === EXIT.temporary) return detail;
  throw error;
}

/** Errors that stay, and tries that come again. */
function eventsOf(step: NextStep, of: { readonly name: string; readonly campaign: string }): RunEvent[] {
  if (step.do === 'settle') return step.error ? [{ type: 'finding', error: step.error }] : [];
  if (step.do === 'done')
    return [
      ...step.notes.map((text) => ({ type: 'note' as const, text })),
      ...step.errors.map((error) => ({ type: 'finding' as const, error })),
    ];
  if (step.do !== 'delay' || !step.error) return [];
  return [{ type: 'retry', ...of, reason: step.error.code, seconds: step.milliseconds / 1000 }];
}
