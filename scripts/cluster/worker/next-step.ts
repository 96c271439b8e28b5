/** What becomes of a job after an attempt, as a pure function. */
import { settledBy } from '../../campaign/campaign-file';
import { errorOf, type Outcome } from '../../download/download-all';
import type { AuxflowError } from '../../errors/errors';
import { EXIT, EXIT_OF } from '../../errors/exit-codes';
import type { EndedFile } from '../queue/campaign-store';
import type { WorkResult } from './work-on-file';

export type NextStep =
  /** `error`: why it failed, or why its archive was not unpacked. */
  | { readonly do: 'settle'; readonly outcome: EndedFile; readonly error?: AuxflowError }
  /**
   * A call for baselines is recorded; `isNews`: by this worker. `errors`: what is wrong with its answer; `problems`: codes of files that
   * cannot be fetched; `notes`: what is good to know, in sentences.
   */
  | {
      readonly do: 'done';
      readonly isNews: boolean;
      readonly errors: readonly AuxflowError[];
      readonly problems: readonly string[];
      readonly notes: readonly string[];
    }
  /** For a while: `isTry` counts against the file. `error`: why. */
  | {
      readonly do: 'delay';
      readonly milliseconds: number;
      readonly isTry: boolean;
      readonly error?: AuxflowError;
    }
  /** This worker can do no more; another may. */
  | { readonly do: 'stop'; readonly error: AuxflowError };

/** What says nothing of the file, but that this worker is of no use. */
export const ENDS_WORKER = new Set<AuxflowError['code']>([
  'DISK_FULL',
  'TARGET_UNWRITABLE',
  'BUCKET_UNUSABLE',
  'TOKEN_REFUSED',
  'LOGIN_PAGE',
  'ROLE_MISSING',
  'INTERRUPTED',
  'QUEUE_LOST',
  'QUEUE_DAMAGED',
  'QUEUE_REFUSED',
  'QUEUE_AUTHENTICATION',
]);

const MAX_TRIES = 6;
/** Before the second try. */
const FIRST_DELAY_MILLISECONDS = 5000;
const MAX_DELAY_MILLISECONDS = 600_000;
/** A budget that others use, too, is looked at again after this time at the latest. */
const MAX_SLEEP_MILLISECONDS = 3_600_000;

/** @param tries before this one */
export function nextStep(result: WorkResult, tries: number): NextStep {
  if ('notYet' in result) {
    const { milliseconds } = result.notYet;
    return { do: 'delay', milliseconds: Math.min(milliseconds, MAX_SLEEP_MILLISECONDS), isTry: false };
  }
  const { outcome } = result;
  const error = errorOf(outcome);
  if (!error) return { do: 'settle', outcome: endedBy(outcome) };
  if (ENDS_WORKER.has(error.code)) return { do: 'stop', error };
  const milliseconds = nextDelayOf(error, tries);
  if (milliseconds !== undefined) return { do: 'delay', milliseconds, isTry: true, error };
  return { do: 'settle', outcome: endedBy(outcome), error };
}

/** No run ends before one file: what is not here has failed. */
function endedBy(outcome: Outcome): EndedFile {
  return { ...settledBy(outcome), state: 'error' in outcome ? 'failed' : 'verified' };
}

/** Milliseconds before the next try; undefined where it would not help or there were enough. @param tries before the one that failed */
export function nextDelayOf({ code }: AuxflowError, tries: number): number | undefined {
  return EXIT_OF[code] === EXIT.temporary && tries + 1 < MAX_TRIES
    ? Math.min(MAX_DELAY_MILLISECONDS, FIRST_DELAY_MILLISECONDS * 4 ** tries)
    : undefined;
}
