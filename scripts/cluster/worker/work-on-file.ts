/** One job: the file goes the verified way of every fetch; what came of it is data. */
import {
  downloadIntoLocked,
  type DownloadEvent,
  type DownloadOptions,
  type Outcome,
} from '../../download/download-all';
import type { Destination } from '../../download/destination';
import type { Layout } from '../../download/layout';
import type { QuotaRules } from '../../download/quota';
import { refuseImpossibleBudget } from '../../download/quota-settings';
import type { LeastRate } from '../../lib/streams/least-rate';
import type { RetryPolicy } from '../../services/retry';
import type { Transport } from '../../services/transport';
import { NotYet, type WantedLocation } from '../accounts/pooled-locations';
import type { TransferJob } from '../queue/open-queue';

export interface FileWork {
  readonly destination: Destination;
  /** For messages. */
  readonly target: string;
  readonly layout?: Layout;
  readonly unpack?: DownloadOptions['unpack'];
  readonly locate: (wanted: WantedLocation) => Promise<string>;
  /** Of the quota: a file that alone exceeds the budget is said, and waits for nothing. */
  readonly rules: QuotaRules;
  readonly store: Pick<Transport, 'openStore'>;
  readonly patience?: RetryPolicy;
  readonly leastRate?: LeastRate;
  /** Whether another worker has not taken the file over. */
  readonly isOurs?: () => Promise<boolean>;
  readonly onEvent?: (event: DownloadEvent) => void;
  readonly signal: AbortSignal;
}

/** `not-yet`: no account may ask for it before so many milliseconds have passed. */
export type WorkResult = { readonly outcome: Outcome } | { readonly notYet: NotYet };

export async function workOnFile({ id, name, entry }: TransferJob, work: FileWork): Promise<WorkResult> {
  const { locate, isOurs, rules, ...options } = work;
  let [asked, notYet] = [0, undefined as NotYet | undefined];
  const productLocation = async (): Promise<string> => {
    try {
      return await locate({ id, bytes: entry.contentLength, isAgain: asked++ > 0, isOurs });
    } catch (error) {
      if (error instanceof NotYet && error.milliseconds === Infinity)
        refuseImpossibleBudget([{ name, bytes: entry.contentLength }], rules);
      if (error instanceof NotYet) notYet = error;
      throw error;
    }
  };
  const [outcome] = await downloadIntoLocked([{ id, name, bytes: entry.contentLength }], {
    ...options,
    parallel: 1,
    source: { catalogueEntry: () => Promise.resolve({ ...entry, id }), productLocation },
  });
  if (notYet) return { notYet };
  if (!outcome) throw new Error('no outcome');
  return { outcome };
}
