import type { CheckedLevel0, CheckedTable } from '../campaign/processor/checked-table';
import type { CampaignDifference } from '../campaign/history/compare-locks';
import type { LockUsers } from '../campaign/history/users-of-adf';
import type { Plan } from '../campaign/plan/plan';
import type { FileStatus } from '../download/file-status';
import type { Totals } from '../download/progress';
import type { Diagnosis } from '../diagnostics/doctor/diagnosis';
import type { Compared } from '../diagnostics/drift/change';
import type { AuxflowError } from '../errors/errors';
import type { FindingFacts } from '../contract-suite/report/contract-report';
import type { CaseStep } from '../newman/case-step';
import type { Cost } from '../services/request-costs';
import type { RunStep } from '../newman/run-step';

/** What a run says while it goes on. The terminal and `--json` are listeners; secrets are gone before they hear of anything. */
export type RunEvent =
  /** `contents`: of a sandbox, whose files have the names of real ones and bytes of their own. */
  | { type: 'run-started'; environment: string; siteUrl: string; request: string; contents?: 'made-up' }
  /** A request is being sent. */
  | { type: 'step-started'; folder: string; name: string }
  | { type: 'step'; step: RunStep }
  /** Work that may take long begins, or has come so far. */
  | { type: 'activity'; text: string; done?: number; total?: number }
  /** The contract suite begins; a `case` follows for each. */
  | { type: 'suite-started'; cases: number }
  /** A request of the contract suite. */
  | { type: 'case'; step: CaseStep }
  /** `contract --list` */
  | ({ type: 'listed-case' } & ListedCase)
  /** At the end of a contract run: what there is to look at, a common cause as one. */
  | { type: 'contract-findings'; findings: readonly FindingFacts[] }
  | { type: 'answer-saved'; path: string; level0: number; references: number }
  | { type: 'note'; text: string }
  | { type: 'plan'; plan: Plan }
  /** For the quota's pace, until then (UTC). */
  | { type: 'waiting'; until: string }
  /** `fetch -d FALSE`: a distinct file and what is known of it. */
  | { type: 'listed'; name: string; bytes?: number; md5?: string; link: string }
  | { type: 'diagnosis'; environment: string; siteUrl: string; parts: readonly Diagnosis[] }
  | { type: 'drift'; environment: string; siteUrl: string; changed: readonly Compared[] }
  /** `auxflow check`: one product against a task table, and all of them. */
  | { type: 'checked-level0'; checked: CheckedLevel0 }
  | { type: 'checked-table'; checked: CheckedTable }
  /** `auxflow impact`: a lock that was read. */
  | ({ type: 'impact'; lock: string } & LockUsers)
  | ({ type: 'difference'; old: string; new: string } & CampaignDifference)
  | CampaignStatus
  | { type: 'downloads-started'; files: number; target: string }
  | ({ type: 'file' } & FileResult)
  | { type: 'retry'; name: string; campaign?: string; reason: string; seconds: number }
  | { type: 'progress'; totals: Totals }
  | DownloadsFinished
  | { type: 'finding'; error: AuxflowError }
  | { type: 'run-finished'; exitCode: number; sentence: string; places: readonly Place[] };

/** A case of the contract suite, before it is sent. */
export interface ListedCase {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly costs: readonly Cost[];
  /** Whether a real service is asked only with `--intrusive`. */
  readonly intrusive: boolean;
}

/** `auxflow status`: a campaign of several workers, and the queue that it is in. */
export interface CampaignStatus {
  readonly type: 'campaign-status';
  readonly campaign: string;
  readonly files: number;
  readonly bytes: number;
  readonly verified: number;
  readonly verifiedBytes: number;
  readonly failed: number;
  /** Verified archives that could not be unpacked. */
  readonly notUnpacked: number;
  /** Where workers ask for the baselines: calls, those that were answered, and answered with an error. */
  readonly baselines?: { readonly calls: number; readonly answered: number; readonly failed: number };
  /** What the baselines lack: `code` as of findings, LongName of the ADF type, Level-0 products that it concerns. */
  readonly findings: readonly { readonly code: string; readonly type?: string; readonly level0: number }[];
  /** Of all campaigns. */
  readonly queue: {
    readonly waiting: number;
    readonly active: number;
    readonly delayed: number;
    readonly workers: number;
  };
}

/** Of files that were told one by one: there may be tens of thousands. */
export interface DownloadsFinished {
  readonly type: 'downloads-finished';
  readonly verified: Sum;
  readonly alreadyHere: Sum;
  readonly failed: number;
  /** Files that the run ended before: not begun, or stopped on the way. */
  readonly notFetched: number;
  readonly seconds: number;
}

interface Sum {
  readonly files: number;
  readonly bytes: number;
}

export interface FileResult {
  readonly name: string;
  /** Where a worker takes files of several. */
  readonly campaign?: string;
  readonly status: FileStatus;
  /** Of the whole file; absent when it is not here. */
  readonly bytes?: number;
  /** Bytes that came over the wire in this run; absent when none had to. */
  readonly received?: number;
  readonly seconds: number;
  /** Why it failed, or was not fetched. */
  readonly error?: AuxflowError;
}

/** Where something lies, for the last lines of a run. */
export interface Place {
  readonly what: string;
  readonly where: string;
}

/** A line of `--json`: without what is under way, which only people are told. */
export type EventLine = Exclude<RunEvent, { type: 'step-started' | 'activity' | 'suite-started' }> & {
  /** When it was written: ISO 8601, UTC. */
  time: string;
  /** Of the form of these lines; raised when a field changes its meaning. */
  version: 1;
};

export type Listener = (event: RunEvent) => void;
