import type { Cost } from '../services/request-costs';
import type { ToldCause } from './assertion-protocol';
import type { RequestKind } from './request-kind';

/** One request of the contract suite, as Newman ran it. Texts are redacted already. */
export interface CaseStep {
  readonly folder: string;
  readonly name: string;
  /** The request as a line for a shell, secrets masked. */
  readonly curl: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly milliseconds: number;
  /** What was asked for; absent when nothing was sent, and for addresses of no service. */
  readonly kind?: RequestKind;
  /** What it took from the service; absent when that is nothing. */
  readonly costs?: readonly Cost[];
  readonly assertions: readonly CaseAssertion[];
  /** Left out by its own script, which says why in a skipped assertion; or it does not belong to the profile. */
  readonly sent: boolean;
  /** What its scripts told for the report. */
  readonly facts?: readonly unknown[];
  /** A connection or script that failed, in words. */
  readonly fault?: string;
  /** The fault is that of the connection: no whole answer came. */
  readonly isUnanswered?: boolean;
}

/** A line of the console that a script begins with this is meant for the report: facts as JSON follow. */
export const FACTS = 'auxflow facts';

export interface CaseAssertion {
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  /** What came in place of what was promised. */
  readonly message?: string;
  /** Why, where the scripts can tell. */
  readonly cause?: ToldCause;
}
