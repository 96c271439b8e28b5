import type { FileStatus } from '../../download/file-status';
import type { AuxflowError } from '../../errors/errors';

/** One run as data: what the page shows, free of secrets. Times are ISO 8601 in UTC, sizes bytes, offsets milliseconds since the run's start. */
export interface RunReport {
  readonly title: string;
  readonly command: 'run' | 'fetch';
  readonly auxflowVersion: string;
  /** Of the collection that asked and checked: the first digits of the SHA-256 of its file. Absent in reports of earlier versions. */
  readonly collectionVersion?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Name of the environment: sandbox, production, or a file's. */
  readonly environment: string;
  readonly siteUrl: string;
  /** From a sandbox: the files have the names of real ones, their bytes are no auxiliary data. */
  readonly contents?: 'made-up';
  readonly request: ReportedRequest;
  readonly steps: readonly ReportedStep[];
  /** Of attempts that were asked again; `steps` has the last ones. */
  readonly repeated?: readonly ReportedStep[];
  readonly baselines: readonly ReportedBaseline[];
  readonly files: readonly ReportedFile[];
  /** Transfers and baseline calls that were begun again, and waits for the quota, in the order of time. */
  readonly retries?: readonly ReportedRetry[];
  readonly pauses?: readonly ReportedPause[];
  readonly findings: readonly Finding[];
  /** Whether the baselines name all that they should; absent where there was nothing to judge. */
  readonly completeness?: ReportedCompleteness;
  readonly links: readonly ReportLink[];
  readonly exitCode: number;
}

export interface ReportedRequest {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  /** Either names or an interval. */
  readonly level0Names?: readonly string[];
  readonly start?: string;
  readonly stop?: string;
}

/** One request of the collection. */
export interface ReportedStep {
  readonly name: string;
  readonly folder: string;
  readonly method: string;
  /** Without secrets and without the query of a presigned URL. */
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly milliseconds: number;
  readonly startMilliseconds: number;
  readonly bytes: number;
  readonly assertions: readonly { readonly name: string; readonly ok: boolean; readonly message?: string }[];
  readonly skipped?: boolean;
  /** Of the request's calls, from 1. */
  readonly call?: number;
  /** A connection or script that failed, in words. */
  readonly fault?: string;
}

/** What applies to one L0 product. */
export interface ReportedBaseline {
  readonly level0: string;
  /** Whether the service knows the L0 product. */
  readonly found: boolean;
  readonly adfs: readonly { readonly name: string; readonly type?: string }[];
}

/** One distinct auxiliary data file. */
export interface ReportedFile {
  /** Of auxip.svc; absent in reports of earlier versions. */
  readonly id?: string;
  readonly name: string;
  readonly type?: string;
  readonly bytes: number;
  readonly md5?: string;
  readonly status: FileStatus;
  readonly seconds?: number;
  readonly startMilliseconds?: number;
  /** The part of it in which the file came over the network, in the last attempt; then it was verified and synced. */
  readonly network?: { readonly startMilliseconds: number; readonly seconds: number };
  /** L0 products whose baseline names it. */
  readonly neededBy: number;
  readonly error?: string;
  /** When the catalogue will forget it, UTC; absent where its answers do not say. */
  readonly evictionDate?: string;
}

export interface ReportedRetry {
  /** Of the file, or of the calls. */
  readonly name: string;
  readonly reason: string;
  readonly startMilliseconds: number;
  /** Waited before the next attempt. */
  readonly seconds: number;
}

export interface ReportedPause {
  readonly startMilliseconds: number;
  /** UTC */
  readonly until: string;
  readonly seconds: number;
}

export interface Finding {
  /** Of an error; notes and warnings have none. */
  readonly code?: AuxflowError['code'];
  readonly severity: 'error' | 'warning' | 'note';
  readonly title: string;
  readonly text: string;
  /** What to do about it. */
  readonly next?: string;
}

/** Baselines against the types, rules and files that reprocessing.svc lists. */
export interface ReportedCompleteness {
  /** UTC. */
  readonly judgedAt: string;
  /** By what was judged; the published table knows types only. */
  readonly source: 'reprocessing.svc' | 'published table';
  /** Why reprocessing.svc was not read. */
  readonly reason?: string;
  /** Level-0 products that could be judged, of all. */
  readonly level0: { readonly judged: number; readonly all: number };
  readonly types: readonly ReportedType[];
  /** What is wrong; each is among the findings of the run as well. */
  readonly errors: readonly AuxflowError[];
  /** Types that are missing as `--allow-missing` allows, with the Level-0 products concerned. */
  readonly allowed: readonly { readonly type: string; readonly level0: number }[];
  /** What could not be judged, and is no error. */
  readonly doubts: readonly { readonly type?: string; readonly level0: number; readonly reason: string }[];
}

/** One ADF type that the request wants. */
export interface ReportedType {
  /** LongName. */
  readonly type: string;
  readonly rule: string;
  /** Files to choose from. */
  readonly candidates: number;
  /** Level-0 products whose baseline has files of it. */
  readonly level0: number;
  /** Those whose files are not what the rule chooses. */
  readonly deviating: number;
  /** What explains the answers: no deltas, the published ones, or others. */
  readonly deltas: 'zero' | 'published' | 'learned';
  /** seconds */
  readonly delta0: number;
  readonly delta1: number;
}

export interface ReportLink {
  readonly label: string;
  /** Relative to the page. */
  readonly href: string;
}

export interface RunNumbers {
  readonly level0: number;
  readonly level0Found: number;
  readonly references: number;
  readonly distinctAdfs: number;
  readonly adfTypes: number;
  readonly filesHere: number;
  readonly filesFailed: number;
  readonly filesNotFetched: number;
  readonly bytesHere: number;
  /** Of all distinct files, as far as the catalogue told. */
  readonly bytesAll: number;
  readonly checksPassed: number;
  readonly checksFailed: number;
}

/** What is counted at the top of the page and in its verdict. */
export function numbersOf({ baselines, files, steps }: RunReport): RunNumbers {
  const checks = steps.flatMap(({ assertions }) => assertions);
  const here = files.filter(({ status }) => status === 'verified' || status === 'already-here');
  const count = (status: FileStatus): number => files.filter((file) => file.status === status).length;
  const sum = (some: readonly ReportedFile[]): number => some.reduce((total, { bytes }) => total + bytes, 0);
  const distinct = distinctAdfs(baselines);
  return {
    level0: baselines.length,
    level0Found: baselines.filter(({ found }) => found).length,
    references: baselines.reduce((total, { adfs }) => total + adfs.length, 0),
    distinctAdfs: new Set(Array.from(distinct, ({ name }) => name)).size,
    adfTypes: new Set(Array.from(distinct, ({ type }) => type).filter((type) => type !== undefined)).size,
    filesHere: here.length,
    filesFailed: count('failed'),
    filesNotFetched: count('not-fetched'),
    bytesHere: sum(here),
    bytesAll: sum(files),
    checksPassed: checks.filter(({ ok }) => ok).length,
    checksFailed: checks.filter(({ ok }) => !ok).length,
  };
}

/** Products refer to the same few files again and again; as objects they are told apart faster than as texts. */
function distinctAdfs(baselines: RunReport['baselines']): Set<ReportedBaseline['adfs'][number]> {
  const distinct = new Set<ReportedBaseline['adfs'][number]>();
  for (const { adfs } of baselines) for (const adf of adfs) distinct.add(adf);
  return distinct;
}
