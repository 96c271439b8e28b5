import path from 'node:path';
import { baselineRequest, requestPhrase, type RequestWords } from './request/baseline-request';
import { tellUnusualFiles, tellUnusualNames } from './unusual-names';
import type { Manifest } from './manifest';
import type { AuxflowError } from '../errors/errors';
import { errorsOfSteps } from '../newman/step-errors';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';
import type { Place } from '../session/run-events';
import { quotaOf, type QuotaOptions } from '../download/quota-settings';
import { askSample, fetchRest, sampleOf } from './run-planes';
import type { ControlPlaneResult } from './control-plane';
import { judgeBaselines } from './completeness/judge-baselines';
import { withServices } from '../session/service-clients';
import { campaignName } from '../session/campaign-name';
import { foldersFor, makeFolder, type RunFolders } from '../session/run-folders';
import { beginRun, runStarted } from './begin-run';
import { concludeRun } from './finish-run';
import { accountFor } from '../session/account';
import { withSite, type SiteOptions } from '../session/site-session';
import type { CommandContext } from '../session/context';
import { displayPath } from '../session/display-path';

export interface RunOptions extends SiteOptions, QuotaOptions {
  readonly words: RequestWords;
  /** Folder of the downloaded files. */
  readonly out?: string;
  readonly reports: string;
  /** Files to download; default: all on the sandbox, the environment's `download_limit` elsewhere. */
  readonly downloadLimit?: number;
  readonly parallel: number;
  readonly failOnEmpty: boolean;
  /** LongNames of ADF types that may be missing. */
  readonly allowMissing?: readonly string[];
}

/**
 * The tutorial on one command: token, baseline, catalogue entries and first bytes by Newman; strict checks; all files, verified.
 * Returns the exit code (errors/exit-codes.ts); errors go to the listener and into the report.
 * @throws Failure only for what is wrong before anything was sent
 */
export async function run(options: RunOptions, given: CommandContext): Promise<number> {
  const request = baselineRequest(options.words);
  return withSite(options, async (site) => {
    const account = await accountFor(site, given);
    const { begun, context } = beginRun(given);
    const folders = foldersFor(options, campaignName(site, request), begun.startedAt);
    await Promise.all([makeFolder(folders.answers), makeFolder(folders.downloads)]);
    const { listener, redactor } = context;
    listener(runStarted(site, request));
    tellUnusualNames(request, listener);

    const limit = options.downloadLimit ?? usualLimit(site);
    const quota = quotaOf(options, site, account, context.environment);
    const campaign = { site, account, request, folders, quota, limit, context };
    const { control, manifest, asked } = await askSample(campaign);
    tellUnusualFiles(manifest, listener);
    const { allowInsecure, allowMissing } = options;
    const { checked, data } = await withServices({ site, account, redactor, allowInsecure }, async (services) => {
      // First, as locations that Newman was granted are good for ten minutes.
      const data = await fetchRest(manifest.files.slice(0, limit), asked, campaign, { services, ...options });
      const isOver = context.signal.aborted;
      const judged = { site, request, manifest, services, allowMissing, context };
      return { data, checked: isOver ? undefined : await judgeBaselines(judged) };
    });

    const found = [...manifest.refused, ...(checked?.completeness.errors ?? []), ...data.errors];
    const errors = errorsOf(control, manifest, found, { request, failOnEmpty: options.failOnEmpty });
    const result = {
      command: 'run' as const,
      site,
      request,
      folders,
      ...begun,
      control,
      manifest,
      ...checked,
      data,
      errors,
    };
    return concludeRun(result, { places: placesOf(folders, site), context });
  });
}

/** All files of the sandbox cost nothing; elsewhere each is charged to the account's quota, so the environment says how many. */
function usualLimit(site: Site): number {
  return site.name === 'sandbox' ? Infinity : sampleOf(site);
}

interface Expectation {
  readonly request: BaselineRequest;
  readonly failOnEmpty: boolean;
}

/** The run's errors, root causes first. */
function errorsOf(
  control: ControlPlaneResult,
  manifest: Manifest,
  found: readonly AuxflowError[],
  expected: Expectation,
): AuxflowError[] {
  const isEmpty =
    control.answers.some(({ level0 }) => level0 !== undefined) &&
    manifest.files.length === 0 &&
    manifest.refused.length === 0;
  // Told apart from a broken contract only when asked for: the collection's own check is red either way.
  if (isEmpty && expected.failOnEmpty && manifest.level0.length === 0)
    return [{ code: 'BASELINE_EMPTY', request: requestPhrase(expected.request) }];
  return [...errorsOfSteps(control.steps), ...control.errors, ...found];
}

function placesOf(folders: RunFolders, site: Site): Place[] {
  const places = [
    { what: 'files', where: displayPath(folders.downloads) },
    { what: 'answers', where: displayPath(folders.answers) },
    { what: 'report', where: displayPath(path.join(folders.reports, 'index.html')) },
  ];
  if (site.name !== 'sandbox') return places;
  return [
    ...places,
    { what: 'for real', where: 'ADG_USER=… ADG_PASSWORD=… npx auxflow run --env production, with the same request' },
  ];
}
