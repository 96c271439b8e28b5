import type { FetchOptions } from '../campaign/fetch-options';
import type { PerLevel0Form } from '../campaign/per-level0';
import type { Plan } from '../campaign/plan/plan';
import type { Layout } from '../download/layout';
import type { CommandContext } from '../session/context';
import { observe, observeFiles, type FilesResult, type ServiceOptions } from './observe';
import { failed, success, type Result } from './result';

/** What auxiliary files are wanted for: either Level-0 names, or the interval in which products were sensed. */
export interface CampaignRequest {
  /** `S3OLCI` */
  readonly mission: string;
  /** `A` */
  readonly unit: string;
  /** What is to be made: `L2LFR`. */
  readonly productType: string;
  readonly level0Names?: readonly string[];
  /** ISO 8601, `2024-03-01T00:00:00Z` or a date. */
  readonly start?: string;
  readonly stop?: string;
}

export interface CampaignOptions extends CampaignRequest, ServiceOptions {
  /** Folder of the files; default: one below `downloads/` for each site and request. */
  readonly out?: string;
  /** Default `reports`; each run has a folder of its own in it. */
  readonly reports?: string;
  /** Files downloaded at once; default 5. */
  readonly parallel?: number;
  /** LongNames of ADF types that may be missing. */
  readonly allowMissing?: readonly string[];
}

export interface FetchCampaignOptions extends CampaignOptions {
  /** Default: the folder's, else `flat`. */
  readonly layout?: Layout;
  /** What is put below `per-l0/` for each Level-0 product; default nothing. */
  readonly perL0?: PerLevel0Form;
  /** Level-0 names that the service does not know are errors. */
  readonly strictL0?: boolean;
  /** GB (10^9 bytes) and files that the account may be granted in 8 days. */
  readonly budgetGb?: number;
  readonly budgetFiles?: number;
}

export interface WorkflowOptions extends CampaignOptions {
  /** Files to download; default: all on the sandbox, the environment's `download_limit` elsewhere. */
  readonly downloadLimit?: number;
}

/** Downloads and verifies every auxiliary file that a request needs. Call again to resume. */
export async function fetchCampaign(options: FetchCampaignOptions): Promise<Result<FilesResult>> {
  return observeFiles(options, (context) => fetchWith(options, 'fetch', context));
}

/** What `fetchCampaign` would do: files, bytes, disk, quota, earliest end. Requests baselines and catalogue entries, but no file. */
export async function planCampaign(options: FetchCampaignOptions): Promise<Result<Plan>> {
  let plan: Plan | undefined;
  const result = await observe(options, (context) => fetchWith(options, 'plan', context), {
    see: (event) => {
      if (event.type === 'plan') ({ plan } = event);
    },
    value: () => plan,
  });
  return result.ok && plan ? success(plan) : failed(result.errors, plan);
}

/** The tutorial's two steps for a request: baseline, checks by Newman, reports, and its files, verified. */
export async function runWorkflow(options: WorkflowOptions): Promise<Result<FilesResult>> {
  return observeFiles(options, async (context) => {
    const { run } = await import('../campaign/run-workflow');
    return run(commonOf(options), context);
  });
}

async function fetchWith(
  options: FetchCampaignOptions,
  mode: FetchOptions['mode'],
  context: CommandContext,
): Promise<number> {
  const { fetchCampaign: run } = await import('../campaign/fetch-campaign');
  return run({ ...commonOf(options), mode }, context);
}

/** With the defaults of the command line. */
function commonOf<Options extends CampaignOptions>(
  options: Options,
): Omit<Options, 'reports'> & Pick<FetchOptions, 'env' | 'reports' | 'parallel' | 'failOnEmpty' | 'words'> {
  const { mission, unit, productType, level0Names, start, stop } = options;
  const { env = 'sandbox', reports = 'reports', parallel = 5 } = options;
  const words = { mission, unit, productType, level0Names: level0Names?.map((name) => ({ name })), start, stop };
  return { ...options, env, reports, parallel, failOnEmpty: false, words };
}
