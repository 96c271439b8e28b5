import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createGrantBooker } from '../../download/grant-booker';
import type { Grant } from '../../download/quota';
import { quotaOf } from '../../download/quota-settings';
import { environmentName } from '../../session/campaign-name';
import { isRefusal, SIGN_IN, SIGN_IN_REFUSED } from '../cases/sign-in';
import type { CaseFolder } from '../contract-case';
import { seedOfDay } from '../engine/draw';
import { ROOT } from '../../lib/package-root';
import { errorsOf } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import type { CaseStep } from '../../newman/case-step';
import type { SuiteInChild } from '../../newman/run-in-child';
import { onlyCases, type Suite } from '../../newman/suite';
import type { Site } from '../../services/site';
import { packageVersion } from '../../lib/package-version';
import { collectionVersion } from '../../newman/collection-version';
import { caseResults, type ContractReport } from '../report/contract-report';
import { costSum } from '../report/cost-sum';
import { latencyOf, latencyResults, latencyStep, type MaxSeconds } from '../report/latency';
import { findingFacts, withRootCauses } from '../report/root-causes';
import { selectionFacts } from '../report/selection-facts';
import { contractErrors } from './contract-errors';
import { finishContract } from './finish-contract';
import { allFolders, type AllFolders, type OwnChoice } from './all-folders';
import { chosenCases, type CaseChoice } from './chosen-cases';
import { waves } from './waves';
import { runShard } from './contract-shard';
import { earlierLatencies } from './earlier-runs';
import { shardOf, type Shard } from './shard-of';
import { clockRestoredAfter } from './restore-clock';
import { requireVariables } from '../own-cases/require-variables';
import { withOwnFolders } from '../own-cases/with-own-folders';
import { COLLECTION_VARIABLES } from '../collection-variables';
import { foldersFor, makeFolder } from '../../session/run-folders';
import { accountFor, secretsOf } from '../../session/account';
import { startsSandbox, withSite, type SiteOptions } from '../../session/site-session';
import type { CommandContext } from '../../session/context';

export interface ContractOptions extends SiteOptions, CaseChoice, OwnChoice {
  /** Runs of Newman side by side. */
  readonly shards: number;
  /** Whether requests are sent that cost the services something; default: to a sandbox only. */
  readonly intrusive?: boolean;
  /** Requests per second at most, of all shards together; default: 5, on a sandbox without limit. */
  readonly pace?: number;
  /** The part of it that this machine runs; all when left out. */
  readonly shard?: Shard;
  readonly bail: boolean;
  /** What is drawn of the catalogue; the environment's `contract_seed`, or else the date (UTC), when left out. */
  readonly seed?: number;
  /** Longest time that an answer may take, by kind of request. */
  readonly maxSeconds: MaxSeconds;
  /** Longest wait for one answer, seconds. */
  readonly timeout: number;
  readonly reports: string;
}

/** Requests per second: few people ask these services, and the outer proxy serves 20 connections in all. */
const REAL_PACE = 5;

const COLLECTION = path.join(ROOT, 'collections', 'service-contract.postman_collection.json');

/**
 * Runs the contract suite against a site and writes its report. Returns the exit code (errors/exit-codes.ts).
 * @throws Failure for what is wrong before anything was sent
 */
export async function contract(options: ContractOptions, context: CommandContext): Promise<number> {
  const { chosen, own } = await foldersOf(options);
  const sandbox: SiteOptions['sandbox'] = { profile: options.profile, scenario: 'documented-quota' };
  return withSite({ ...options, sandbox }, async (site) => {
    const { listener, redactor, signal, now } = context;
    if (own) requireVariables(own, knownVariables(site), options.cases ?? '');
    const account = await accountFor(site, context);
    const [startedAt, beganAt] = [now(), performance.now()];
    const { reports } = foldersFor(options, `${environmentName(site)}-contract`, startedAt);
    await makeFolder(reports);
    const seed = seedFor(options, site, startedAt);
    const request = requestOf(options, seed);
    listener({ type: 'run-started', environment: site.name, siteUrl: site.siteUrl, request });

    listener({ type: 'suite-started', cases: chosen.reduce((sum, { cases }) => sum + cases.length, 0) });

    const steps: CaseStep[] = [];
    const booker = createGrantBooker(quotaOf({}, site, account, context.environment)?.ledger);
    const run = {
      collection: onlyCases(withOwnFolders(readSuite(), own?.folders ?? []), chosen),
      variables: { ...variablesFor(options, site), ...account, contract_seed: seed },
      bail: options.bail,
      seconds: options.timeout,
      network: site.network,
      secrets: secretsOf(site, account),
      redactor,
      signal,
      onStep: (step: CaseStep) => {
        steps.push(step);
        listener({ type: 'case', step });
      },
      onValue: (value: Grant) => booker.book(value),
    };
    const asked = runWaves(chosen, options, async (folders, shards) => {
      if (options.bail && steps.some(isRed)) return;
      const variables = { ...run.variables, ...refusedBefore(steps) };
      const pause = pauseOf(options, site, shards);
      await runShard(folders, { ...run, variables, pause, ...scriptTime(folders, options) });
    });
    await clockRestoredAfter(asked, site.siteUrl, steps);

    const latency = latencyOf(steps, await earlierLatencies(options.reports, site.siteUrl));
    const limits = latencyResults(latency, options.maxSeconds);
    for (const limit of limits) listener({ type: 'case', step: latencyStep(limit) });
    const cases = withRootCauses([...caseResults(chosen, steps), ...limits]);
    const found = options.shard && chosen.length === 0 ? [] : contractErrors(cases, steps, site);
    const errors = [...found, ...(await errorsOf(booker.done()))];
    const report: ContractReport = {
      auxflowVersion: packageVersion(),
      collectionVersion: collectionVersion(COLLECTION),
      startedAt: startedAt.toISOString(),
      seconds: (performance.now() - beganAt) / 1000,
      ...askedOf(options, site, seed),
      cases,
      costs: costSum(cases),
      latency,
      findings: findingFacts(cases),
      selection: selectionFacts(steps),
      exitCode: exitCodeOf(errors),
    };
    return finishContract(report, { folder: reports, errors }, context);
  });
}

/** A shard of few folders may have none of them: that is no fault. */
async function foldersOf(
  options: ContractOptions,
): Promise<Pick<AllFolders, 'own'> & { chosen: readonly CaseFolder[] }> {
  const { all, own } = await allFolders(options.cases);
  return { own, chosen: shardOf(chosenCases(options, all), options.shard) };
}

function askedOf(
  { profile, shard }: ContractOptions,
  { name: environment, siteUrl }: Site,
  seed: string,
): Pick<ContractReport, 'environment' | 'siteUrl' | 'profile' | 'seed' | 'shard'> {
  return { environment, siteUrl, profile, seed, ...(shard ? { shard } : {}) };
}

function requestOf({ profile, shard }: ContractOptions, seed: string): string {
  const part = shard ? `, shard ${shard.index}/${shard.of}` : '';
  return `service contract, profile ${profile}, seed ${seed}${part}`;
}

/** Wave after wave, the user's own folders in waves of their own; `run` takes the folders of one shard, and how many shards run beside it. */
async function runWaves(
  chosen: readonly CaseFolder[],
  { bail, shards: count }: ContractOptions,
  run: (folders: readonly CaseFolder[], shards: number) => Promise<void>,
): Promise<void> {
  for (const isOwn of [undefined, true])
    for (const shards of waves(
      chosen.filter((folder) => folder.isOwn === isOwn),
      bail ? 1 : count,
    ))
      await Promise.all(shards.map((folders) => run(folders, shards.length)));
}

/** What spares an account that one process was refused with further attempts by the next. */
function refusedBefore(steps: readonly CaseStep[]): Record<string, string> {
  const isRefused = steps.some(({ name, status }) => name === SIGN_IN && status !== undefined && isRefusal(status));
  return isRefused ? { [SIGN_IN_REFUSED]: 'yes' } : {};
}

const readSuite = (): Suite => JSON.parse(readFileSync(COLLECTION, 'utf8')) as Suite;

/** Seconds: the longest that a script of the user's own cases may take. */
const OWN_SCRIPT = 20;

const scriptTime = (
  folders: readonly CaseFolder[],
  { timeout }: ContractOptions,
): Pick<SuiteInChild, 'scriptSeconds'> =>
  folders.some(({ isOwn }) => isOwn) ? { scriptSeconds: Math.min(OWN_SCRIPT, timeout) } : {};

const knownVariables = ({ variables }: Site): ReadonlySet<string> =>
  new Set([...Object.keys(variables), ...COLLECTION_VARIABLES.map(({ key }) => key)]);

/** Between two requests of a shard, milliseconds, so that all shards together keep the pace. */
function pauseOf({ pace }: ContractOptions, { isSandbox }: Site, shards: number): number {
  return Math.ceil((1000 * shards) / (pace ?? (isSandbox ? Infinity : REAL_PACE)));
}

/** Those of the environment, with what the command line says; a sandbox of its own keeps the documented pace of `$value`. */
function variablesFor(options: ContractOptions, { variables }: Site): Record<string, string> {
  const { profile, intrusive } = options;
  return {
    ...variables,
    ...(startsSandbox(options) ? { quota_run: '5' } : {}),
    profile,
    ...(intrusive === undefined ? {} : { intrusive: String(intrusive) }),
  };
}

/** One for all processes of Newman, also where midnight passes meanwhile. */
function seedFor({ seed }: ContractOptions, { variables }: Site, startedAt: Date): string {
  return String(seed ?? (variables.contract_seed || seedOfDay(startedAt.getTime())));
}

const isRed = ({ assertions, fault }: CaseStep): boolean =>
  fault !== undefined || assertions.some(({ outcome }) => outcome === 'failed');
