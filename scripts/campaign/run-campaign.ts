import path from 'node:path';
import { requestPhrase } from './request/baseline-request';
import { tellUnusualFiles, tellUnusualNames } from './unusual-names';
import { batchesOf } from './request/batches';
import type { Manifest } from './manifest';
import { PER_LEVEL0_FOLDER, writePerLevel0 } from './per-level0';
import type { Plan } from './plan/plan';
import { resolveFiles, type ResolvedFile } from './resolve-files';
import { partsOf } from './request/windows';
import { errorsOf as failuresOf, type AuxflowError } from '../errors/errors';
import { exitCodeOf, worstExitCode } from '../errors/exit-codes';
import { errorsOfSteps } from '../newman/step-errors';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';
import type { Place } from '../session/run-events';
import { collectBaselines, type Asked, type ControlPlaneResult } from './control-plane';
import { fetchBaselines } from './fetch-baselines';
import { judgeBaselines, type JudgedBaselines } from './completeness/judge-baselines';
import type { DataPlaneResult } from './data-plane';
import type { RunFolders } from '../session/run-folders';
import { runStarted, type RunBegin } from './begin-run';
import { concludeInAHurry, concludeRun, endsInAHurry, LEFT_OUT } from './finish-run';
import { fetchFiles, plannedOnly } from './fetch-files';
import { openCampaignFolder, type CampaignFolder, type Known } from './campaign-folder';
import { packedMatrix } from './lock/kept-matrix';
import { makePlan, refuseSmallDisk } from './plan/make-plan';
import { leastRateOf } from '../download/received-body';
import { refuseImpossibleBudget, type Quota } from '../download/quota-settings';
import type { CampaignLock } from './lock/campaign-lock';
import { copyLists, copyPage, withLockCopied } from './object-lists';
import { isS3Address, s3Text } from '../target/s3-address';
import type { S3Target } from '../target/s3-target';
import type { FrozenCampaign } from './lock/frozen-campaign';
import { withServices, type Services, type ServicesOptions } from '../session/service-clients';
import type { CommandContext } from '../session/context';
import type { Span } from '../session/telemetry/telemetry';
import { traced } from './traced-files';
import { displayPath } from '../session/display-path';
import type { Account } from '../services/site';
import type { FetchOptions } from './fetch-options';

export interface Objects {
  readonly target: S3Target;
  /** Beside them, from an earlier run. */
  readonly lock: CampaignLock | undefined;
}

/** One campaign while it goes on. */
export interface Campaign {
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
  readonly context: CommandContext;
  readonly begun: RunBegin;
}

/** Asks, judges, plans, downloads and writes lists and reports. Returns the exit code. */
export async function runCampaign(campaign: Campaign): Promise<number> {
  const { name, request, options, site, folders, context } = campaign;
  const folder = await openCampaignFolder({
    folder: folders.downloads,
    campaign: name,
    site,
    request,
    layout: options.layout ?? campaign.frozen?.layout,
    unpack: options.unpack === true || campaign.frozen?.unpack === true,
    objectLock: campaign.objects?.lock,
    now: context.now,
  });
  tellStart(campaign);

  const asked = campaign.frozen ?? (await askAllTraced(campaign));
  const { control } = asked;
  const { manifest, checked, plan, data } = await withServices(servicesOf(campaign), (services) =>
    gather(campaign, folder, asked, services),
  );
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
  const concluding = { places: placesOf(folders, options, campaign.objects?.target), context };
  const exitCode = await (isHurried ? concludeInAHurry : concludeRun)(result, concluding);
  const noPage = objects ? await failuresOf(copyPage(objects, folders.reports)) : [];
  for (const error of noPage) context.listener({ type: 'finding', error });
  return worstExitCode([exitCode, exitCodeOf(noPage)]);
}

interface Gathered {
  readonly manifest: Manifest;
  readonly checked: JudgedBaselines | undefined;
  readonly plan: Plan;
  readonly data: DataPlaneResult;
}

/** From baselines to files: judged, their catalogue entries requested, planned; then listed, queued or downloaded, as the mode says. */
async function gather(
  campaign: Campaign,
  folder: CampaignFolder,
  { control, manifest: asked }: Asked,
  services: Services,
): Promise<Gathered> {
  const { options, frozen, context } = campaign;
  const checked = await checkBaselines(campaign, asked, services);
  context.listener({ type: 'activity', text: 'requesting catalogue entries' });
  const resolved = frozen?.resolved ?? (await resolveFiles(asked.files, services.auxip, context.signal));
  await folder.begin({
    answers: control.answers,
    complete: frozen?.complete ?? isComplete(control),
    level0: asked.level0,
    ...(checked ? context.redactor.shown(keptOf(checked)) : {}),
    resolved,
  });
  const manifest = { ...asked, files: resolved.map(({ file }) => file) };
  const plan = await tellPlan(campaign, folder, manifest, resolved);
  if (options.mode === 'list') listFiles(folder, context.listener);
  if (options.mode === 'fetch' && options.enqueue) await options.enqueue(folder.lock(), context);
  if (options.mode !== 'fetch' || options.enqueue) return { manifest, checked, plan, data: plannedOnly(resolved) };
  const data = await transferFiles(campaign, { folder, plan, services, resolved, manifest });
  return { manifest, checked, plan, data };
}

interface Transfers {
  readonly folder: CampaignFolder;
  readonly plan: Plan;
  readonly services: Services;
  readonly resolved: readonly ResolvedFile[];
  readonly manifest: Manifest;
}

async function transferFiles(campaign: Campaign, { resolved, manifest, ...rest }: Transfers): Promise<DataPlaneResult> {
  const { options, folders, objects, quota, span, context } = campaign;
  const leastRate = leastRateOf(options);
  const target = folders.downloads;
  const fetchAll = (): Promise<DataPlaneResult> =>
    fetchFiles(resolved, {
      ...rest,
      quota,
      span,
      context,
      target,
      destination: objects?.target,
      parallel: options.parallel,
      leastRate,
      unpack: rest.folder.unpack,
      stopping: endsInAHurry(manifest, objects) ? LEFT_OUT : undefined,
    });
  return objects ? withLockCopied(objects.target, rest.folder, fetchAll) : fetchAll();
}

function tellStart({ site, request, frozen, context: { listener } }: Campaign): void {
  listener(runStarted(site, request));
  for (const text of frozen?.notes ?? []) listener({ type: 'note', text });
  tellUnusualNames(request, listener);
}

/** Of a lock, what was judged when it was made. */
async function checkBaselines(
  { frozen, options, site, request, context }: Campaign,
  manifest: Manifest,
  services: Services,
): Promise<JudgedBaselines | undefined> {
  const { allowMissing } = options;
  return frozen ? frozen.judged : judgeBaselines({ site, request, manifest, services, allowMissing, context });
}

function keptOf({ completeness, matrix }: JudgedBaselines): Pick<Known, 'completeness' | 'matrix'> {
  return { completeness, ...(matrix ? { matrix: packedMatrix(matrix) } : {}) };
}

async function perLevel0({ options, folders, context }: Campaign, folder: CampaignFolder): Promise<AuxflowError[]> {
  const { perL0: form } = options;
  if (!form) return [];
  const { signal, listener } = context;
  return writePerLevel0({ lock: folder.lock(), folder: folders.downloads, form, signal, listener });
}

function servicesOf({ site, account, options, context }: Campaign): ServicesOptions {
  const { allowInsecure, stallTimeout: stallSeconds } = options;
  const { redactor, patience } = context;
  return { site, account, redactor, allowInsecure, stallSeconds, patience };
}

function askAllTraced(campaign: Campaign): Promise<Asked> {
  return traced(campaign.span, 'auxflow.baseline', () => askAll(campaign));
}

async function askAll(campaign: Campaign): Promise<Asked> {
  const { site, request, context } = campaign;
  const { listener, patience } = context;
  const rows = partsOf(request)
    .flatMap((part) => batchesOf(part, site.rdbRoot))
    .map((row) => ({ ...row, download_limit: '0', interval_may_be_empty: 'true' }));
  const asked = await collectBaselines(campaign, (plane) => fetchBaselines({ ...plane, rows, patience }));
  tellUnusualFiles(asked.manifest, listener);
  return asked;
}

function isComplete({ steps, answers, errors }: ControlPlaneResult): boolean {
  return (
    errors.length === 0 && errorsOfSteps(steps).length === 0 && answers.every(({ level0 }) => level0 !== undefined)
  );
}

async function tellPlan(
  { options, folders, quota, context }: Campaign,
  { layout, unpack }: CampaignFolder,
  manifest: Manifest,
  resolved: readonly ResolvedFile[],
): Promise<Plan> {
  const { listener, signal } = context;
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
