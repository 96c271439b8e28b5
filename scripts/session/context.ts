import type { Patience } from '../services/retry';
import type { Listener } from './run-events';

/** What a command gets from whoever calls it: everything that is not an option of its own. */
export interface CommandContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly listener: Listener;
  readonly signal: AbortSignal;
  /** When to ask again; tests are less patient. */
  readonly patience?: Patience;
  /** Wall clock, for the run's name and its reports. */
  readonly now: () => Date;
}
