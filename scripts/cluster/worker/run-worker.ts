/** `auxflow worker`: takes files from a queue until it is told to stop, or there are none left. */
import { hostname } from 'node:os';
import { randomUUID } from 'node:crypto';
import { DOCUMENTED_RULES, PERIOD } from '../../download/quota';
import { quotaRulesOf, UNLIMITED, type QuotaOptions } from '../../download/quota-settings';
import { Failure, toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf, worstExitCode } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import { RETRY_POLICY } from '../../services/retry';
import type { Site } from '../../services/site';
import type { CommandContext } from '../../session/context';
import { MADE_UP_NOTE } from '../../session/made-up-note';
import type { Listener } from '../../session/run-events';
import { withServices, type Services } from '../../session/service-clients';
import { startTelemetry } from '../../session/telemetry/open-telemetry';
import { withSite, type SiteOptions } from '../../session/site-session';
import type { S3Options } from '../../target/s3-client';
import { keptLocations } from '../accounts/kept-locations';
import { pooledLocations } from '../accounts/pooled-locations';
import { accountsOf } from '../accounts/accounts-of';
import type { NamedAccount } from '../accounts/read-accounts';
import { createRedisLedger } from '../ledger/redis-ledger';
import { LEASE, type LedgerRules } from '../ledger/shared-ledger';
import { withQueue, type TransferQueue } from '../queue/open-queue';
import { whenSilent } from '../redis/connection';
import { campaignTargets } from './campaign-targets';
import { gaugesOf } from './gauges';
import { metersOf, newCounters, serveMetrics, type Counters, type Gauge } from './metrics';
import { takeJobs, type TakeJobsOptions } from './take-jobs';
import { tellingOnce } from './telling-once';
import { writeCampaigns, type CampaignWriting } from './write-campaigns';

export interface WorkerOptions extends SiteOptions, QuotaOptions, S3Options {
  /** Of Redis. */
  readonly queue: string;
  /** Folder or `s3://bucket/prefix`; each campaign has its own place below it. */
  readonly out: string;
  readonly accounts?: string;
  /** Files at once. */
  readonly concurrency: number;
  /** Ends with the last job of the queue. */
  readonly exitWhenDone?: boolean;
  /** Seconds after which a worker that shows no life loses its files. */
  readonly lease?: number;
  readonly minRate?: number;
  readonly stallTimeout?: number;
  /** Port of Prometheus' metrics. */
  readonly metricsPort?: number;
  /** Its address; default 127.0.0.1. */
  readonly metricsHost?: string;
  /** Seconds over which volume counts; default 8 days. For tests with a shortened clock. */
  readonly quotaPeriod?: number;
}

/** A file that has to wait longer for its turn goes back to the queue. */
const MAX_WAIT_MILLISECONDS = 60_000;

/**
 * Returns the exit code: of what failed for good in this worker, as `fetch` has it, and of why it ended before the queue did.
 * @throws Failure for what is wrong before the first file
 */
export async function runWorker(options: WorkerOptions, surroundings: CommandContext): Promise<number> {
  return withSite(options, async (site) => {
    const accounts = await accountsOf(options, site, surroundings);
    const { redactor, signal } = surroundings;
    return withQueue({ url: options.queue, auxipRoot: site.auxipRoot, redactor, signal }, (queue) =>
      withClients(accounts, site, options, surroundings, (clients) =>
        work({ options, site, accounts, queue, clients, surroundings }),
      ),
    );
  });
}

interface Worker {
  readonly options: WorkerOptions;
  readonly site: Site;
  readonly accounts: readonly NamedAccount[];
  readonly queue: TransferQueue;
  readonly clients: ReadonlyMap<string, Services>;
  readonly surroundings: CommandContext;
}

async function work({ options, site, accounts, queue, clients, ...given }: Worker): Promise<number> {
  const listener = tellingOnce(given.surroundings.listener);
  const surroundings = { ...given.surroundings, listener };
  const { signal } = surroundings;
  await refuseSkewedClock(queue, surroundings.now());
  const lease = options.lease === undefined ? LEASE : options.lease * 1000;
  const rules = ledgerRules(options, site);
  const ledger = createRedisLedger({ redis: queue.redis, rules, lease, queue });
  const targets = await campaignTargets(options.out, queue.redis, options);
  const kept = keptLocations(queue.redis, accounts);
  const locate = pooledLocations({
    ledger,
    clients: new Map([...clients].map(([digest, { auxip }]) => [digest, auxip])),
    kept,
    lease,
    longestWait: MAX_WAIT_MILLISECONDS,
    onLost: (digest, { detail }) => listener({ type: 'note', text: lostAccount(accounts, digest, detail) }),
    signal,
  });
  const [services] = clients.values();
  if (!services) throw new Error('no account');
  const id = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const counters = newCounters();
  const writing = writeCampaigns({ queue, targets, id, lease, onErrors: tellingErrors(listener, counters) });
  const gauges = (): Promise<Gauge[]> => gaugesOf(queue, ledger, accounts);
  const { metricsPort: port, metricsHost: host } = options;
  const metrics = port === undefined ? undefined : await serveMetrics({ host, port }, { counters, gauges });
  const parts = [plural(accounts.length, 'account'), queue.address, options.out, metrics?.address].filter(Boolean);
  listener({ type: 'note', text: `Worker ${id}: ${parts.join(', ')}` });
  if (site.isSandbox) listener({ type: 'note', text: MADE_UP_NOTE });
  const telemetry = await startTelemetry(surroundings, { 'service.instance.id': id });
  telemetry.meters(metersOf({ counters, gauges }));
  const jobs: TakeJobsOptions = {
    telemetry,
    accountName: (digest) => nameOf(accounts, digest),
    counters,
    queue,
    targets,
    locate,
    kept,
    services,
    site,
    rules,
    lease,
    options,
    surroundings,
  };
  const error = await untilEnded(jobs, writing);
  metrics?.close();
  if (error) listener({ type: 'finding', error });
  await telemetry.close();
  const exitCode = worstExitCode([...counters.exitCodes, exitCodeOf(error ? [error] : [])]);
  listener({
    type: 'run-finished',
    exitCode,
    sentence: sentenceOf(counters),
    places: [{ what: 'files', where: options.out }],
  });
  return exitCode;
}

function tellingErrors(listener: Listener, { exitCodes }: Counters): (errors: readonly AuxflowError[]) => void {
  return (errors) => {
    for (const error of errors) listener({ type: 'finding', error });
    if (errors.length > 0) exitCodes.add(exitCodeOf(errors));
  };
}

/** Returns why it ended before the queue did. Where Redis is silent to one who is told to end, nothing more is waited for. */
async function untilEnded(context: TakeJobsOptions, writing: CampaignWriting): Promise<AuxflowError | undefined> {
  const { queue, surroundings } = context;
  const { signal } = surroundings;
  const silent = whenSilent(queue.redis, signal);
  const taken = await Promise.race([takeJobs(context), silent.then(() => ({ error: toError(signal.reason) }))]);
  const finishing = writing.finish({ isPatient: taken.error === undefined });
  const unwritten = await Promise.race([finishing, silent.then(() => undefined)]);
  return taken.error ?? unwritten;
}

function sentenceOf({ verified, failed, callsAnswered, callsFailed }: Counters): string {
  const calls =
    callsAnswered + callsFailed > 0
      ? `; ${plural(callsAnswered + callsFailed, 'baseline call')} made, ${callsFailed} with an error`
      : '';
  return `${plural(verified, 'file')} verified by this worker, ${failed} failed${calls}.`;
}

/** Between the clocks of a worker and of Redis. */
const MAX_SKEW_SECONDS = 60;

/** Grants are counted by the clock of Redis, but BullMQ compares the end of a job's wait with that of each worker. */
async function refuseSkewedClock({ redis, address: queue }: TransferQueue, now: Date): Promise<void> {
  const [seconds = 0] = (await redis.time()).map(Number);
  const skew = Math.round(now.getTime() / 1000 - seconds);
  if (Math.abs(skew) > MAX_SKEW_SECONDS) throw new Failure({ code: 'CLOCK_SKEWED', queue, seconds: skew });
}

function lostAccount(accounts: readonly NamedAccount[], digest: string, error: AuxflowError): string {
  return `Account ${nameOf(accounts, digest)} is not used any more: ${error.code}`;
}

function nameOf(accounts: readonly NamedAccount[], digest: string): string {
  return accounts.find((account) => account.digest === digest)?.name ?? digest;
}

function ledgerRules(options: WorkerOptions, site: Site): LedgerRules {
  const period = options.quotaPeriod === undefined ? PERIOD : options.quotaPeriod * 1000;
  return { ...(quotaRulesOf(options, site) ?? { ...UNLIMITED, pause: DOCUMENTED_RULES.pause }), period };
}

/** Each account has clients of its own, with its token. A 429 is the ledger's to judge, so it is not asked again here. */
async function withClients<Result>(
  accounts: readonly NamedAccount[],
  site: Site,
  { allowInsecure, stallTimeout: stallSeconds }: WorkerOptions,
  { redactor, patience = RETRY_POLICY }: CommandContext,
  use: (clients: ReadonlyMap<string, Services>) => Promise<Result>,
): Promise<Result> {
  const once = { ...patience, quota: { ...patience.quota, attempts: 1 } };
  const open = async (index: number, clients: ReadonlyMap<string, Services>): Promise<Result> => {
    const account = accounts[index];
    if (!account) return use(clients);
    return withServices({ site, account, redactor, allowInsecure, patience: once, stallSeconds }, (services) =>
      open(index + 1, new Map([...clients, [account.digest, services]])),
    );
  };
  return open(0, new Map());
}
