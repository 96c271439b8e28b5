import type { ResponseClass } from '../services/classify-response';

/** One request of a collection run, as reports and the terminal show it. Texts are redacted already. */
/** A request that is being sent. */
export type StepBeginning = Pick<RunStep, 'folder' | 'name'>;

export interface RunStep {
  readonly name: string;
  readonly folder: string;
  /** Of the run's rows, from 0. */
  readonly iteration: number;
  readonly method: string;
  readonly url: string;
  /** Absent when no answer came. */
  readonly status?: number;
  /** Media type of the answer, without its parameters. */
  readonly mediaType?: string;
  /** Where a redirect leads, without its query. */
  readonly location?: string;
  /** What the answer means; absent when none came. */
  readonly kind?: ResponseClass;
  /** The gateway's or identity provider's short reason: OAuth `error`, or empty. */
  readonly reason: string;
  /** Milliseconds on the process's monotonic clock (performance.now). */
  readonly startedAt: number;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly assertions: readonly { readonly name: string; readonly ok: boolean; readonly message?: string }[];
  readonly skipped: boolean;
  /** A connection or script that failed, in words. */
  readonly fault?: string;
}
