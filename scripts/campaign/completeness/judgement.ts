/** What a campaign's baselines lack, as data. */
import type { AuxflowError } from '../../errors/errors';
import type { ReportedCompleteness, ReportedType } from '../../reports/run/run-report';

export const FINDING_CODES = [
  'ADF_TYPE_MISSING',
  'ADF_FILES_MISSING',
  'ADF_SUPERSEDED',
  'ADF_WRONG_FILE',
  'ADF_UNEXPECTED',
  'ADF_ANSWERS_DIFFER',
  'ADF_VALIDITY_SHIFTED',
  'BASELINE_WITHOUT_FILES',
  'L0_LEFT_OUT',
] as const;

export type CompletenessError = Extract<AuxflowError, { readonly code: (typeof FINDING_CODES)[number] }>;

/** What could not be judged, and is no finding. */
export interface Doubt {
  /** Type or, where it is absent, products. */
  readonly type?: string;
  readonly level0: number;
  /** `catalogue`: nothing of the type is listed, and the catalogue did not answer. */
  readonly reason: DoubtReason | 'catalogue';
}

export type DoubtReason = 'instrument-configuration' | 'maximal-age' | 'mode' | 'beyond' | 'name' | 'rule';

export interface Judgement {
  /** Level-0 products that could be judged, of all. */
  readonly level0: { readonly judged: number; readonly all: number };
  readonly types: readonly ReportedType[];
  readonly errors: readonly CompletenessError[];
  readonly doubts: readonly Doubt[];
  /** Names of Sentinel-1 files whose instrument configuration would settle some of them. */
  readonly configurationsWanted: readonly string[];
}

/** What is kept of a judgement: in run.json, and in the lock. */
export interface Completeness extends ReportedCompleteness {
  readonly errors: readonly CompletenessError[];
  readonly doubts: readonly Doubt[];
  /** Why it could not be asked whether an interval leaves Level-0 products out; absent in reports of earlier versions. */
  readonly unanswered?: readonly string[];
  /** LongNames of types that reprocessing.svc lists otherwise than the published table, by which they were judged; absent where there are none. */
  readonly otherwise?: { readonly added: readonly string[]; readonly rules: readonly OtherRule[] };
}

export interface OtherRule {
  readonly type: string;
  readonly listed: string;
  readonly published: string;
}
