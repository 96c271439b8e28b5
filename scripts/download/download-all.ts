/** Many files at once, each an outcome of its own: verified, already here, failed, or not fetched yet. */
import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { Failure, toError, type AuxflowError } from '../errors/errors';
import type { Auxip } from '../services/auxip';
import type { CatalogueEntry } from '../services/catalogue-entry';
import { isNamed } from '../sentinel/is-named';
import { interruption, throwIfInterrupted } from '../services/interruption';
import type { RetryPolicy } from '../services/retry';
import type { Transport } from '../services/transport';
import { folderDestination, type Destination } from './destination';
import { placeOf, type Layout } from './layout';
import { createPartNames } from './part-names';
import { createProgress, type Progress, type Totals } from './progress';
import { acquireFolderLock } from './folder-lock/folder-lock';
import type { LeastRate } from '../lib/streams/least-rate';
import { transfer, type Retry } from './transfer';
import { createConcurrencyLimit, type Period, type Turn } from './concurrency-limit';
import { archiveKind, type UnpackedFile } from '../unpack/archive';

export interface WantedFile {
  /** Catalogue id: a UUID. */
  id: string;
  /** As the baseline names it, trimmed; the catalogue may add an extension. */
  name: string;
  /** Where it is known beforehand: for the time left. */
  bytes?: number;
}

interface Timed {
  id: string;
  name: string;
  /** Milliseconds on the process's monotonic clock; absent when it was never begun. */
  startedAt?: number;
  /** From the first question about the file to its end. */
  seconds: number;
}

/** Of a file that is here, where archives are unpacked. */
interface Staged {
  unpacked?: readonly UnpackedFile[];
  /** Why it was not unpacked: it is here all the same. */
  unpackError?: AuxflowError;
}

export type Outcome = Timed &
  /** `place`: relative to the target, with slashes; `received`: bytes of this run, in all attempts; `network`: of the last one. */
  (
    | ({ status: 'verified'; place: string; bytes: number; md5: string; received: number; network?: Period } & Staged)
    | ({ status: 'already-here'; place: string; bytes: number; md5: string } & Staged)
    /** `not-fetched`: the run ended before it came to the file, or was stopped while it fetched it: its part stays. */
    | { status: 'failed' | 'not-fetched'; error: AuxflowError }
  );

export type DownloadEvent =
  | { type: 'started'; id: string; name: string; bytes: number }
  /** `received` is in the part and not proven yet; it falls when a transfer starts again. */
  | { type: 'received'; id: string; name: string; received: number; bytes: number; totals: Totals }
  | ({ type: 'retry'; id: string; name: string } & Retry)
  | { type: 'finished'; outcome: Outcome; totals: Totals };

export interface DownloadOptions {
  /** Folder; made if it is missing. */
  target: string;
  /** Where files go in its place. */
  destination?: Destination;
  /** Where files stand below it. Default flat. */
  layout?: Layout;
  /** Files at once over the network, while others are proven already. Default 5; 1: strictly one after the other. */
  parallel?: number;
  source: Pick<Auxip, 'catalogueEntry' | 'productLocation'>;
  store: Pick<Transport, 'openStore'>;
  onEvent?: (event: DownloadEvent) => void;
  patience?: RetryPolicy;
  leastRate?: LeastRate;
  /** Archives are unpacked when they are here. `known`: what an earlier run unpacked of the file with an id. */
  unpack?: { known(id: string): readonly UnpackedFile[] | undefined };
  /** Looks on at each file: gives the means by which it is fetched, and is told when it has ended. */
  watch?: (file: WantedFile, means: Means) => Means & { ended(outcome: Outcome): void };
  /** Abort with a Failure INTERRUPTED as reason. Parts stay, nothing gets a final name any more. */
  signal?: AbortSignal;
}

/** By which a file is fetched. */
export interface Means {
  source: DownloadOptions['source'];
  destination: Destination;
}

/** After these no other file can fare better. */
const ENDS_ALL = new Set([
  'DISK_FULL',
  'TARGET_UNWRITABLE',
  'INTERRUPTED',
  'TOKEN_REFUSED',
  'LOGIN_PAGE',
  'ROLE_MISSING',
  'QUOTA_EXHAUSTED',
  'BUDGET_REACHED',
]);

/** What ends a run though nothing is wrong: the file that met it can be fetched another time. */
const SAYS_NOTHING_OF_FILE = new Set(['INTERRUPTED', 'BUDGET_REACHED']);

/**
 * Downloads `files` into one folder; outcomes stand in the order of `files`. A file that fails does not stop the others,
 * unless what failed is the folder, the disk or the account.
 * @throws Failure TARGET_IN_USE, TARGET_UNWRITABLE or DISK_FULL, all of the folder, before anything is asked for
 */
export async function downloadAll(files: readonly WantedFile[], options: DownloadOptions): Promise<Outcome[]> {
  const unlock = await acquireFolderLock(options.target);
  try {
    return await downloadIntoLocked(files, options);
  } finally {
    await unlock();
  }
}

/** The same for a caller that holds the lock of the folder already. */
export async function downloadIntoLocked(files: readonly WantedFile[], options: DownloadOptions): Promise<Outcome[]> {
  const { parallel = 5, onEvent, signal } = options;
  // Every transfer listens to it, however many there are: Node would take more than ten for a leak and say so.
  if (signal) setMaxListeners(0, signal);
  const { destination = folderDestination(options.target, createPartNames()) } = options;
  const run: Run = { ...options, progress: createProgress(files), destination, claimed: new Map() };
  const outcomes: Outcome[] = [];
  const queue = files.entries();
  const newTurn = createConcurrencyLimit(parallel);
  let stop: AuxflowError | undefined;

  async function lane(): Promise<void> {
    for (const [index, file] of queue) {
      const turn = newTurn();
      await turn.begin();
      // Those that fail pass their turns on before anyone can say so here.
      stop ??= signal?.aborted ? interruption(signal).detail : undefined;
      const outcome: Outcome = stop
        ? { status: 'not-fetched', id: file.id, name: file.name, seconds: 0, error: stop }
        : await watchedOutcome(file, run, turn);
      const error = errorOf(outcome);
      if (error && ENDS_ALL.has(error.code)) stop = error;
      turn.end();
      outcomes[index] = outcome;
      onEvent?.({ type: 'finished', outcome, totals: run.progress.totals() });
    }
  }

  // More than have a turn: while one file is hashed and synced, the network goes on with the next.
  const lanes = Math.min(2 * parallel - 1, files.length);
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
}

/** Of a file that is not here, or could not be unpacked. */
export function errorOf(outcome: Outcome): AuxflowError | undefined {
  return 'error' in outcome ? outcome.error : outcome.unpackError;
}

interface Run extends DownloadOptions {
  progress: Progress;
  destination: Destination;
  /** Catalogue name → id of the file that has it in this run. */
  claimed: Map<string, string>;
}

async function watchedOutcome(file: WantedFile, run: Run, turn: Turn): Promise<Outcome> {
  const watched = run.watch?.(file, run);
  if (!watched) return outcomeOf(file, run, turn);
  const { source, destination } = watched;
  const outcome = await outcomeOf(file, { ...run, source, destination }, turn);
  watched.ended(outcome);
  return outcome;
}

/** Every outcome is written out, not spread together: V8 gives objects of several spreads a layout each, 600 bytes, and there may be 50 000. */
async function outcomeOf(file: WantedFile, run: Run, turn: Turn): Promise<Outcome> {
  const startedAt = performance.now();
  const { id } = file;
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  try {
    const { entry, place, received } = await fetchFile(file, run, turn);
    const { name, contentLength: bytes, md5 } = entry;
    const network = turn.held();
    const { unpacked, unpackError } = await staged(entry, place, run);
    const here = { id, name, startedAt, seconds: seconds(), place, bytes, md5, unpacked, unpackError };
    const outcome: Outcome =
      received === undefined ? { status: 'already-here', ...here } : { status: 'verified', ...here, received, network };
    run.progress.settled(id, outcome.status, bytes);
    return outcome;
  } catch (error) {
    const detail = toError(error);
    const status = SAYS_NOTHING_OF_FILE.has(detail.code) ? 'not-fetched' : 'failed';
    if (status === 'failed') run.progress.failed(id);
    return { status, id, name: file.name, startedAt, seconds: seconds(), error: detail };
  }
}

async function staged(entry: ProvableEntry, place: string, run: Run): Promise<Staged> {
  const { destination, unpack, signal } = run;
  if (!unpack || !archiveKind(place)) return {};
  try {
    return { unpacked: await destination.unpack(place, entry, unpack.known(entry.id), signal) };
  } catch (error) {
    return { unpackError: toError(error) };
  }
}

interface Fetched {
  entry: ProvableEntry;
  place: string;
  /** Bytes over the wire; undefined: the file was here already. */
  received?: number;
}

async function fetchFile(file: WantedFile, run: Run, turn: Turn): Promise<Fetched> {
  const { source, signal, layout, progress, destination } = run;
  throwIfInterrupted(signal);
  const entry = provable(await source.catalogueEntry(file.id, signal));
  claim(file, entry.name, run);
  progress.sized(file.id, entry.contentLength);
  const place = placeOf(entry.name, layout);
  if (await destination.isHere(place, entry, signal)) return { entry, place };
  const received = await transferEntry(entry, place, run, turn);
  return { entry, place, received };
}

/** Returns the bytes that came over the wire: fewer than the file has when a part was here, more when some came twice. */
async function transferEntry(entry: ProvableEntry, place: string, run: Run, turn: Turn): Promise<number> {
  const { source, store, target, destination, progress, onEvent, patience, leastRate, signal } = run;
  const { id, name, contentLength: bytes } = entry;
  let wire = 0;
  onEvent?.({ type: 'started', id, name, bytes });
  await transfer({
    name,
    finalPath: path.join(target, place),
    openPart: () => destination.openPart(place, entry),
    isHere: () => destination.isHere(place, entry, signal),
    size: bytes,
    md5: entry.md5,
    location: () => source.productLocation(id, signal),
    store,
    onBytes(received, added) {
      wire += added;
      progress.received(id, added, received);
      onEvent?.({ type: 'received', id, name, received, bytes, totals: progress.totals() });
    },
    onRetry: (retry) => onEvent?.({ type: 'retry', id, name, ...retry }),
    turn,
    patience,
    leastRate,
    signal,
  });
  return wire;
}

type ProvableEntry = CatalogueEntry & { md5: string };

/** Without an MD5 a file can never be proven, so it is not worth its quota. */
function provable(entry: CatalogueEntry): ProvableEntry {
  const { md5, name, id } = entry;
  if (md5 !== undefined) return { ...entry, md5 };
  throw new Failure({ code: 'CATALOGUE_INCOMPLETE', method: 'GET', url: `Products(${id})`, name, missing: 'MD5' });
}

/** The id must lead to the wanted name, and no two ids to one file (auxip.md#names-and-replacements). */
function claim(file: WantedFile, name: string, { claimed }: Run): void {
  const request = { method: 'GET', url: `Products(${file.id})` };
  if (!isNamed(name, file.name)) {
    throw new Failure({ code: 'CATALOGUE_DISAGREES', ...request, expected: file.name, came: name });
  }
  const another = claimed.get(name);
  if (another !== undefined) {
    throw new Failure({
      code: 'CATALOGUE_DISAGREES',
      ...request,
      expected: `one id for ${name}`,
      came: `also ${another}`,
    });
  }
  claimed.set(name, file.id);
}
