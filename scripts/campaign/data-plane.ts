import {
  downloadAll,
  downloadIntoLocked,
  errorOf,
  type DownloadEvent,
  type DownloadOptions,
  type Outcome,
  type WantedFile,
} from '../download/download-all';
import { toError, type AuxflowError } from '../errors/errors';
import type { Redactor } from '../lib/redact/redact';
import type { DownloadsFinished, FileResult, Listener } from '../session/run-events';
import { displayPath } from '../session/display-path';

export interface DataPlane extends Required<
  Pick<DownloadOptions, 'target' | 'source' | 'store' | 'parallel' | 'signal'>
> {
  readonly files: readonly WantedFile[];
  readonly listener: Listener;
  readonly redactor: Redactor;
  readonly destination?: DownloadOptions['destination'];
  readonly layout?: DownloadOptions['layout'];
  readonly patience?: DownloadOptions['patience'];
  readonly leastRate?: DownloadOptions['leastRate'];
  readonly unpack?: DownloadOptions['unpack'];
  readonly watch?: DownloadOptions['watch'];
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Whether the caller holds the lock of the target. */
  readonly isLocked?: boolean;
  /** The text of the event when it is interrupted. Default: that lists and report are written. */
  readonly stopping?: string;
}

export interface DataPlaneResult {
  readonly outcomes: readonly Outcome[];
  readonly errors: readonly AuxflowError[];
  /** By id of the file, as far as the catalogue tells. UTC texts. */
  readonly evictions: ReadonlyMap<string, string>;
}

/** Downloads the files as streams, each verified before it gets its name. */
export async function dataPlane(plane: DataPlane): Promise<DataPlaneResult> {
  const { files, listener, redactor, onOutcome, isLocked = false, stopping = STOPPING, ...options } = plane;
  const beganAt = performance.now();
  const evictions = new Map<string, string>();
  if (files.length === 0) return { outcomes: [], errors: [], evictions };
  const catalogueEntry: typeof plane.source.catalogueEntry = async (id, signal) => {
    const entry = await plane.source.catalogueEntry(id, signal);
    if (entry.evictionDate !== undefined) evictions.set(id, entry.evictionDate);
    return entry;
  };
  const source = { ...plane.source, catalogueEntry };
  listener({ type: 'downloads-started', files: files.length, target: displayPath(plane.target) });
  const told = tell(listener);
  const ended = tellStop(plane.signal, stopping, listener);
  const download = isLocked ? downloadIntoLocked : downloadAll;
  // When it happens: what a service repeated is known as a secret then, and may be forgotten when the report is written.
  const errors = new Map<string, AuxflowError>();
  const onEvent = (event: DownloadEvent): void => {
    told(event);
    if (event.type !== 'finished') return;
    const { outcome } = event;
    const error = errorOf(outcome);
    if (error) errors.set(outcome.id, redactor.shown(error));
    onOutcome?.(outcome);
  };
  const shown = (outcome: Outcome): Outcome => {
    const error = errorOf(outcome);
    if (!error) return outcome;
    const free = errors.get(outcome.id) ?? redactor.shown(error);
    return 'error' in outcome ? { ...outcome, error: free } : { ...outcome, unpackError: free };
  };
  try {
    const outcomes = (await download(files, { ...options, source, onEvent })).map(shown);
    const seconds = (performance.now() - beganAt) / 1000;
    listener({ type: 'downloads-finished', ...sumsOf(outcomes), seconds });
    return { outcomes, errors: distinctErrors(outcomes), evictions };
  } catch (error) {
    // The folder itself: nothing was begun, and the report says why.
    return { outcomes: [], errors: [toError(error)], evictions };
  } finally {
    ended();
  }
}

/** Who stops a campaign waits for its lists, and hears so at once. Returns what ends this. */
function tellStop(signal: AbortSignal, text: string, listener: Listener): () => void {
  const tell = (): void => listener({ type: 'note', text });
  signal.addEventListener('abort', tell, { once: true });
  return () => signal.removeEventListener('abort', tell);
}

const STOPPING = 'stopping: the lists and the report are written first (a second Ctrl-C ends this at once)';

/** The engine's events in the words of a run. */
function tell(listener: Listener): (event: DownloadEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'started':
        return;
      case 'received':
        listener({ type: 'progress', totals: event.totals });
        return;
      case 'retry':
        listener({ type: 'retry', name: event.name, reason: event.reason, seconds: event.seconds });
        return;
      case 'finished':
        listener({ type: 'file', ...fileOf(event.outcome) });
    }
  };
}

/** An outcome as an event. */
export function fileOf(outcome: Outcome): FileResult {
  const { name, status, seconds } = outcome;
  if ('error' in outcome) return { name, status, seconds, error: outcome.error };
  const { bytes } = outcome;
  return 'received' in outcome
    ? { name, status, seconds, bytes, received: outcome.received }
    : { name, status, seconds, bytes };
}

function sumsOf(outcomes: readonly Outcome[]): Omit<DownloadsFinished, 'type' | 'seconds'> {
  const sums = { verified: { files: 0, bytes: 0 }, alreadyHere: { files: 0, bytes: 0 }, failed: 0, notFetched: 0 };
  for (const outcome of outcomes) {
    if ('error' in outcome) sums[outcome.status === 'failed' ? 'failed' : 'notFetched'] += 1;
    else {
      const sum = outcome.status === 'verified' ? sums.verified : sums.alreadyHere;
      sum.files += 1;
      sum.bytes += outcome.bytes;
    }
  }
  return sums;
}

/** One error that ended many files (a full disk, a lost account) is reported once. */
export function distinctErrors(outcomes: readonly Outcome[]): AuxflowError[] {
  const errors = outcomes.flatMap((outcome) => errorOf(outcome) ?? []);
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}
