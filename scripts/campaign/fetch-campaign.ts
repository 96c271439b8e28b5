import path from 'node:path';
import { baselineRequest, requestPhrase, type RequestWords } from './request/baseline-request';
import { tellUnusualFiles, tellUnusualNames } from './unusual-names';
import { batchesOf } from './request/batches';
import { campaignName } from '../session/campaign-name';
import { collectManifest, type Manifest } from './manifest';
import { PER_LEVEL0_FOLDER, writePerLevel0, type PerLevel0Form } from './per-level0';
import type { Plan } from './plan/plan';
import { resolveFiles, type ResolvedFile } from './resolve-files';
import { partsOf } from './request/windows';
import type { Layout } from '../download/layout';
import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';
import { acquireFolderLock } from '../download/folder-lock/folder-lock';
import { errorsOf as failuresOf, type AuxflowError } from '../errors/errors';
import { exitCodeOf, worstExitCode } from '../errors/exit-codes';
import { errorsOfSteps } from '../newman/step-errors';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';
import type { Place } from '../session/run-events';
import type { ControlPlaneResult } from './control-plane';
import { fetchBaselines } from './fetch-baselines';
import { judgeBaselines, type JudgedBaselines } from './completeness/judge-baselines';
import type { DataPlaneResult } from './data-plane';
import { foldersFor, makeFolder, type RunFolders } from '../session/run-folders';
import { beginRun, runStarted, type RunBegin } from './begin-run';
import { concludeInAHurry, concludeRun, endsInAHurry, LEFT_OUT } from './finish-run';
import { fetchFiles } from './fetch-files';
import { openCampaignFolder, type CampaignFolder, type Known } from './campaign-folder';
import { packedMatrix } from './lock/kept-matrix';
import { makePlan, refuseSmallDisk } from './plan/make-plan';
import { leastRateOf } from '../download/received-body';
import { quotaOf, refuseImpossibleBudget, type Quota, type QuotaOptions } from '../download/quota-settings';
import type { CampaignLock } from './lock/campaign-lock';
import { copyLists, copyPage, lockOfObjects, withLockCopied } from './object-lists';
import { openS3 } from '../target/open-s3';
import { isS3Address, s3Text } from '../target/s3-address';
import type { S3Options } from '../target/s3-client';
import type { S3Target } from '../target/s3-target';
import { frozenCampaign, type FrozenCampaign } from './lock/frozen-campaign';
import { withServices, type Services, type ServicesOptions } from '../session/service-clients';
import { accountFor } from '../session/account';
import { withSite, type SiteOptions } from '../session/site-session';
import type { CommandContext } from '../session/context';
import { withCampaignSpan } from '../session/telemetry/campaign-span';
import { NO_SPAN, type Span } from '../session/telemetry/telemetry';
import { traced } from './traced-files';
import { displayPath } from '../session/display-path';
import type { Account } from '../services/site';

export interface FetchOptions extends SiteOptions, QuotaOptions, S3Options {
  readonly words: RequestWords;
  /** Given as an argument, as the reference script takes it: others can see it. */
  readonly password?: string;
  /** `list` and `plan` ask for no file; `list` names them all. */
  readonly mode: 'fetch' | 'list' | 'plan';
  /** Path of a lock: its files, instead of a request. */
  readonly frozen?: string;
  readonly out?: string;
  /** Default: what the folder or the frozen lock has, else flat. */
  readonly layout?: Layout;
  /** Archives are unpacked next to themselves. Default: what the folder or the frozen lock has. */
  readonly unpack?: boolean;
  /** What stands below `per-l0/` for each Level-0 product; nothing when absent. */
  readonly perL0?: PerLevel0Form;
  readonly reports: string;
  readonly parallel: number;
  /** Seconds of silence after which a transfer is begun again. */
  readonly stallTimeout?: number;
  /** Bytes per second: a transfer that is slower for as long as `stallTimeout` is begun again where it was. */
  readonly minRate?: number;
  readonly failOnEmpty: boolean;
  /** Level-0 names that the service does not know are errors. */
  readonly strictL0?: boolean;
  /** LongNames of ADF types that may be missing. */
  readonly allowMissing?: readonly string[];
  /** Files are queued in place of being fetched here. */
  readonly enqueue?: Enqueue;
}

/** Takes a campaign as its lock has it, all its files wanted. */
export type Enqueue = (lock: CampaignLock, surroundings: CommandContext) => Promise<void>;

interface Objects {
  readonly target: S3Target;
  /** Beside them, from an earlier run. */
  readonly lock: CampaignLock | undefined;
}

/** One campaign while it goes on. */
interface Campaign {
  readonly name: string;
  readonly request: BaselineRequest;
  readonly frozen: FrozenCampaign | undefined;
  readonly options: FetchOptions;
  readonly site: Site;
  readonly account: Account;
  readonly folders: RunFolders;
  readonly quota: Quota | undefined;
  /** Objects, in the place of files in the folder. */
  readonly objects: Objects | undefined;
  readonly span: Span;
  readonly surroundings: CommandContext;
  readonly begun: RunBegin;
}

/**
 * Downloads and verifies every auxiliary file of a request, and writes the lists and the lock that prove it. Returns the exit code
 * (errors/exit-codes.ts); errors go to the listener and into the report.
 * @throws Failure for what is wrong before anything was sent, for what concerns all files, and INTERRUPTED
 */
export async function fetchCampaign(options: FetchOptions, surroundings: CommandContext): Promise<number> {
  const frozen =
    options.frozen === undefined
      ? undefined
      : await frozenCampaign(options.frozen, options.words, options.allowMissing);
  const request = frozen ? frozen.request : baselineRequest(options.words);
  const archives = options.unpack === true || frozen?.unpack === true;
  return withSite({ ...options, sandbox: { ...options.sandbox, archives } }, async (site) => {
    const account = await accountOf(options, site, surroundings);
    const name = campaignName(site, request);
    frozen?.refuseOtherCampaign(name);
    const folders = placesFor(options, name, surroundings.now());
    const objects = await objectsOf(options, name);
    await makeFolder(folders.answers);
    const unlock = await acquireFolderLock(folders.downloads);
    try {
      const quota = quotaOf(options, site, account, surroundings.environment);
      const run = (span: Span): Promise<number> =>
        runCampaign({
          ...{ name, request, frozen, options, site, account, folders, objects, quota, span },
          ...beginRun(surroundings),
        });
      // A plan that is queued has a span of its own.
      const isTraced = options.mode === 'fetch' && !options.enqueue;
      return await (isTraced ? withCampaignSpan(name, surroundings, run) : run(NO_SPAN));
    } finally {
      await unlock();
    }
  });
}

/** Before anything is sent. @throws Failure LOCK_FOREIGN, BUCKET_UNUSABLE, STORE_UNREACHABLE */
async function objectsOf(options: FetchOptions, name: string): Promise<Objects | undefined> {
  const { out = '', enqueue, mode } = options;
  if (!isS3Address(out) || enqueue) return undefined;
  const target = await openS3(out, options, mode === 'fetch');
  return { target, lock: await lockOfObjects(target, name) };
}

/** What is queued, or becomes objects, is not in a folder here: plan and lists are kept with the report. */
function placesFor(options: FetchOptions, name: string, now: Date): RunFolders {
  const isElsewhere = options.enqueue !== undefined || isS3Address(options.out ?? '');
  const folders = foldersFor(isElsewhere ? { reports: options.reports } : options, name, now);
  return isElsewhere ? { ...folders, downloads: path.join(folders.reports, 'plan') } : folders;
}

const PASSWORD_SEEN =
  'other users of this machine can see a password that is given as an argument; set ADG_PASSWORD in its place';

async function accountOf({ password }: FetchOptions, site: Site, surroundings: CommandContext): Promise<Account> {
  if (password !== undefined) surroundings.listener({ type: 'note', text: PASSWORD_SEEN });
  const environment = {
    ...surroundings.environment,
    ...(password === undefined ? {} : { ADG_PASSWORD: password }),
  };
  return accountFor(site, { ...surroundings, environment });
}

async function runCampaign(campaign: Campaign): Promise<number> {
  const { name, request, options, site, folders, surroundings } = campaign;
  const folder = await openCampaignFolder({
    folder: folders.downloads,
    campaign: name,
    site,
    request,
    layout: options.layout ?? campaign.frozen?.layout,
    unpack: options.unpack === true || campaign.frozen?.unpack === true,
    objectLock: campaign.objects?.lock,
    now: surroundings.now,
  });
  tellStart(campaign);

  const { control, manifest: asked } = campaign.frozen ?? (await askAllTraced(campaign));
  const { manifest, checked, plan, data } = await withServices(servicesOf(campaign), async (services) => {
    const checked = await checkBaselines(campaign, asked, services);
    surroundings.listener({ type: 'activity', text: 'requesting catalogue entries' });
    const resolved =
      campaign.frozen?.resolved ?? (await resolveFiles(asked.files, services.auxip, surroundings.signal));
    await folder.begin({
      answers: control.answers,
      complete: campaign.frozen?.complete ?? isComplete(control),
      level0: asked.level0,
      ...(checked ? surroundings.redactor.shown(keptOf(checked)) : {}),
      resolved,
    });
    const manifest = { ...asked, files: resolved.map(({ file }) => file) };
    const plan = await tellPlan(campaign, folder, manifest, resolved);
    if (options.mode === 'list') listFiles(folder, surroundings.listener);
    if (options.mode === 'fetch' && options.enqueue) await options.enqueue(folder.lock(), surroundings);
    if (options.mode !== 'fetch' || options.enqueue) return { manifest, checked, plan, data: NOTHING_DOWNLOADED };
    const data = await transferFiles(campaign, { folder, plan, services, resolved, manifest });
    return { manifest, checked, plan, data };
  });
  const isStopped = data.errors.some(({ code }) => code === 'INTERRUPTED');
  const isHurried = isStopped && endsInAHurry(manifest, campaign.objects);
  await folder.finish(isHurried ? ['manifest.jsonl'] : []);
  const objects = options.mode === 'fetch' ? campaign.objects?.target : undefined;
  const notListed = objects ? await failuresOf(copyLists(objects, folders.downloads)) : [];

  const found = [...manifest.refused, ...(checked?.completeness.errors ?? []), ...data.errors, ...notListed];
  const errors = [...errorsOf(control, manifest, found, campaign), ...(await perLevel0(campaign, folder))];
  const result = {
    command: 'fetch' as const,
    site,
    request,
    folders,
    ...campaign.begun,
    plannedEnd: plan.quota?.earliestFinish,
    control,
    manifest,
    ...checked,
    data,
    errors,
  };
  const concluding = { places: placesOf(folders, options, campaign.objects?.target), surroundings };
  const exitCode = await (isHurried ? concludeInAHurry : concludeRun)(result, concluding);
  const noPage = objects ? await failuresOf(copyPage(objects, folders.reports)) : [];
  for (const error of noPage) surroundings.listener({ type: 'finding', error });
  return worstExitCode([exitCode, exitCodeOf(noPage)]);
}

interface Transfers {
  readonly folder: CampaignFolder;
  readonly plan: Plan;
  readonly services: Services;
  readonly resolved: readonly ResolvedFile[];
  readonly manifest: Manifest;
}

async function transferFiles(campaign: Campaign, { resolved, manifest, ...rest }: Transfers): Promise<DataPlaneResult> {
  const { options, folders, objects, quota, span, surroundings } = campaign;
  const leastRate = leastRateOf(options);
  const target = folders.downloads;
  const fetchAll = (): Promise<DataPlaneResult> =>
    fetchFiles(resolved, {
      ...rest,
      quota,
      span,
      surroundings,
      target,
      destination: objects?.target,
      parallel: options.parallel,
      leastRate,
      unpack: rest.folder.unpack,
      stopping: endsInAHurry(manifest, objects) ? LEFT_OUT : undefined,
    });
  return objects ? withLockCopied(objects.target, rest.folder, fetchAll) : fetchAll();
}

function tellStart({ site, request, frozen, surroundings: { listener } }: Campaign): void {
  listener(runStarted(site, request));
  for (const text of frozen?.notes ?? []) listener({ type: 'note', text });
  tellUnusualNames(request, listener);
}

/** Of a lock, what was judged when it was made. */
async function checkBaselines(
  { frozen, options, site, request, surroundings }: Campaign,
  manifest: Manifest,
  services: Services,
): Promise<JudgedBaselines | undefined> {
  const { allowMissing } = options;
  return frozen ? frozen.judged : judgeBaselines({ site, request, manifest, services, allowMissing, surroundings });
}

function keptOf({ completeness, matrix }: JudgedBaselines): Pick<Known, 'completeness' | 'matrix'> {
  return { completeness, ...(matrix ? { matrix: packedMatrix(matrix) } : {}) };
}

async function perLevel0(
  { options, folders, surroundings }: Campaign,
  folder: CampaignFolder,
): Promise<AuxflowError[]> {
  const { perL0: form } = options;
  if (!form) return [];
  const { signal, listener } = surroundings;
  return writePerLevel0({ lock: folder.lock(), folder: folders.downloads, form, signal, listener });
}

const NOTHING_DOWNLOADED: DataPlaneResult = { outcomes: [], errors: [], evictions: new Map() };

function servicesOf({ site, account, options, surroundings }: Campaign): ServicesOptions {
  const { allowInsecure, stallTimeout: stallSeconds } = options;
  const { redactor, patience } = surroundings;
  return { site, account, redactor, allowInsecure, stallSeconds, patience };
}

function askAllTraced(campaign: Campaign): ReturnType<typeof askAll> {
  return traced(campaign.span, 'auxflow.baseline', () => askAll(campaign));
}

async function askAll(campaign: Campaign): Promise<{ control: ControlPlaneResult; manifest: Manifest }> {
  const { site, account, folders, request, surroundings } = campaign;
  const { listener, redactor, signal } = surroundings;
  const collector = collectManifest(site.auxipRoot);
  const rows = partsOf(request)
    .flatMap((part) => batchesOf(part, site.rdbRoot))
    .map((row) => ({ ...row, download_limit: '0', interval_may_be_empty: 'true' }));
  const onBaseline = (baseline: BaselineAnswer, url: string): void => collector.add(baseline, url);
  const control = await fetchBaselines({
    site,
    account,
    rows,
    folders,
    redactor,
    listener,
    signal,
    onBaseline,
    patience: surroundings.patience,
  });
  const manifest = collector.manifest();
  tellUnusualFiles(manifest, listener);
  return { control, manifest };
}

function isComplete({ steps, answers, errors }: ControlPlaneResult): boolean {
  return (
    errors.length === 0 && errorsOfSteps(steps).length === 0 && answers.every(({ level0 }) => level0 !== undefined)
  );
}

async function tellPlan(
  { options, folders, quota, surroundings }: Campaign,
  { layout, unpack }: CampaignFolder,
  manifest: Manifest,
  resolved: readonly ResolvedFile[],
): Promise<Plan> {
  const { listener, signal } = surroundings;
  const plan = await makePlan({ manifest, resolved, folder: folders.downloads, layout, quota, unpack, signal });
  listener({ type: 'plan', plan });
  if (options.mode !== 'fetch' || options.enqueue) return plan;
  if (!isS3Address(options.out ?? '')) refuseSmallDisk(plan, folders.downloads);
  const entries = resolved.flatMap((found) => ('entry' in found ? [found.entry] : []));
  const files = entries.map(({ name, contentLength }) => ({ name, bytes: contentLength }));
  if (quota && plan.toFetch.files > 0) refuseImpossibleBudget(files, quota.rules);
  return plan;
}

function listFiles(folder: CampaignFolder, listener: CommandContext['listener']): void {
  for (const { name, bytes, md5, link } of folder.listed()) listener({ type: 'listed', name, bytes, md5, link });
}

/** The campaign's errors, root causes first. */
function errorsOf(
  control: ControlPlaneResult,
  manifest: Manifest,
  found: readonly AuxflowError[],
  { request, options, frozen }: Campaign,
): AuxflowError[] {
  if (frozen) return [...frozen.emptyErrors(options.failOnEmpty), ...found];
  const isEmpty = manifest.level0.length === 0 && control.answers.some(({ level0 }) => level0 !== undefined);
  const empty: AuxflowError[] = !isEmpty
    ? []
    : options.failOnEmpty
      ? [{ code: 'BASELINE_EMPTY', request: requestPhrase(request) }]
      : [{ code: 'NOTHING_TESTED', reason: 'the service knows no Level-0 product for the request' }];
  const unknown = options.strictL0 ? unknownLevel0(manifest) : [];
  return [...errorsOfSteps(control.steps), ...control.errors, ...empty, ...unknown, ...found];
}

function unknownLevel0({ level0 }: Manifest): AuxflowError[] {
  const names = level0.filter(({ known }) => !known).map(({ name }) => name);
  return names.length > 0 ? [{ code: 'L0_UNKNOWN', names }] : [];
}

function placesOf(folders: RunFolders, { perL0 }: FetchOptions, objects: S3Target | undefined): Place[] {
  const perLevel0 = { what: 'per L0', where: displayPath(path.join(folders.downloads, PER_LEVEL0_FOLDER)) };
  return [
    { what: 'files', where: objects ? s3Text(objects.address) : displayPath(folders.downloads) },
    ...(perL0 ? [perLevel0] : []),
    { what: 'report', where: displayPath(path.join(folders.reports, 'index.html')) },
  ];
}
