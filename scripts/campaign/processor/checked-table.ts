/** What `auxflow check` says of a task table, as data. */
import type { Difference } from '../../processor/differences';
import type { InputState } from '../../processor/judge-inputs';
import type { InputSummary, TimeSpan } from '../../processor/summary';

export interface CheckedTable {
  readonly file: string;
  /** `S3A_OL1 06.17` */
  readonly processor: string;
  readonly modes: readonly string[];
  /** The modes whose missing inputs are findings. */
  readonly decidingModes: readonly string[];
  readonly level0: number;
  readonly inputs: readonly InputSummary[];
  readonly differences: readonly Difference[];
  /** ADF types of the baselines that no input asks for. */
  readonly unused: readonly string[];
}

/** One Level-0 product against a task table. */
export interface CheckedLevel0 {
  readonly processor: string;
  readonly level0: string;
  readonly inputs: readonly CheckedInput[];
}

export interface CheckedInput {
  readonly task: string;
  readonly mode: string;
  readonly mandatory: boolean;
  readonly types: readonly string[];
  readonly state: InputState;
  /** The alternative that fills it: its file type and order. */
  readonly type?: string;
  readonly order?: number;
  /** Names. */
  readonly files?: readonly string[];
  /** The time that the files have to be valid for: sensing time, T0 and T1. */
  readonly interval?: TimeSpan;
  /** Parts of it without a file. */
  readonly gaps?: readonly TimeSpan[];
  /** Why the alternatives before it, or all, do not fill it. */
  readonly why?: readonly string[];
}
