import type { Redactor } from '../lib/redact/redact';
import type { ReportKeeping } from './report-keeping';
import type { RetryPolicy } from '../services/retry';
import type { Listener } from './run-events';

/** What a command gets from whoever calls it: everything that is not an option of its own. */
export interface CommandContext {
  readonly environment: NodeJS.ProcessEnv;
  /** Is told nothing secret: `redactor` stands before it. */
  readonly listener: Listener;
  /** The one of this process. A command teaches it each secret as soon as it has it. */
  readonly redactor: Redactor;
  readonly signal: AbortSignal;
  /** Of reports, by name and number. */
  readonly keeping?: ReportKeeping;
  /** When to ask again; tests are less patient. */
  readonly patience?: RetryPolicy;
  /** Nobody is at the terminal to be asked for an account. */
  readonly unattended?: boolean;
  /** Wall clock, for the run's name and its reports. */
  readonly now: () => Date;
}
