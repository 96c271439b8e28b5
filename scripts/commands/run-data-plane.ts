import { problemsOf } from '../contract/validators';
import type { Manifest } from '../campaign/manifest';
import { downloadAll, type DownloadEvent, type Outcome } from '../download/download-all';
import { toError, type AuxflowError } from '../errors';
import type { Redactor } from '../newman/redact';
import { createAuxip } from '../services/auxip';
import type { Site } from '../services/site';
import { createTokenSource } from '../services/token';
import { createTransport } from '../services/transport';
import type { Listener } from '../terminal/run-events';
import { shown } from './run';
import type { Account } from './with-site';

export interface DataPlane {
  readonly site: Site;
  readonly account: Account;
  readonly redactor: Redactor;
  readonly manifest: Manifest;
  readonly target: string;
  readonly limit: number;
  readonly parallel: number;
  readonly allowInsecure?: boolean;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

export interface DataPlaneResult {
  readonly outcomes: readonly Outcome[];
  readonly errors: readonly AuxflowError[];
  /** When each transfer began, by id: milliseconds on the process's monotonic clock. */
  readonly startedAt: ReadonlyMap<string, number>;
}

/** Downloads the distinct files of the manifest as streams, each verified before it gets its name. */
export async function dataPlane(plane: DataPlane): Promise<DataPlaneResult> {
  const { site, account, manifest, listener, signal } = plane;
  const files = manifest.files.slice(0, plane.limit);
  const beganAt = performance.now();
  const startedAt = new Map<string, number>();
  if (files.length === 0) return { outcomes: [], errors: [], startedAt };
  const { allowInsecure } = plane;
  const apiRoots = [site.siteUrl, site.rdbRoot, site.auxipRoot];
  const transport = createTransport({ tokenUrl: site.tokenUrl, apiRoots, allowInsecure });
  const tokens = createTokenSource({
    transport,
    ...account,
    tokenUrl: site.tokenUrl,
    clientId: site.clientId,
    scope: site.scope,
  });
  const auxip = createAuxip({ root: site.auxipRoot, allowInsecure, transport, tokens, validate: problemsOf });
  const options = { target: plane.target, parallel: plane.parallel, source: auxip, store: transport, signal };
  listener({ type: 'downloads-started', files: files.length, target: shown(plane.target) });
  try {
    const outcomes = await downloadAll(files, { ...options, onEvent: tell(listener, startedAt) });
    const seconds = (performance.now() - beganAt) / 1000;
    listener({ type: 'downloads-finished', outcomes: outcomes.map(fileOf), seconds });
    return { outcomes, errors: distinctErrors(outcomes), startedAt };
  } catch (error) {
    // The folder itself: nothing was begun, and the report says why.
    return { outcomes: [], errors: [toError(error)], startedAt };
  } finally {
    for (const secret of tokens.known()) plane.redactor.add(secret);
    await transport.close();
  }
}

/** The engine's events in the words of a run. */
function tell(listener: Listener, startedAt: Map<string, number>): (event: DownloadEvent) => void {
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
        startedAt.set(event.outcome.id, performance.now() - event.outcome.seconds * 1000);
        listener({ type: 'file', ...fileOf(event.outcome) });
    }
  };
}

function fileOf(outcome: Outcome): { name: string; status: Outcome['status']; seconds: number; bytes?: number } {
  const { name, status, seconds } = outcome;
  return 'bytes' in outcome ? { name, status, seconds, bytes: outcome.bytes } : { name, status, seconds };
}

/** One error that ended many files (a full disk, a lost account) is told once. */
function distinctErrors(outcomes: readonly Outcome[]): AuxflowError[] {
  const errors = outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}
