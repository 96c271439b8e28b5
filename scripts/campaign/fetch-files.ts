import type { Plan } from './plan/plan';
import type { ResolvedFile } from './resolve-files';
import type { Destination } from '../download/destination';
import type { DownloadOptions, WantedFile } from '../download/download-all';
import type { LeastRate } from '../lib/streams/least-rate';
import type { Auxip } from '../services/auxip';
import type { Transport } from '../services/transport';
import type { CampaignFolder } from './campaign-folder';
import type { Quota } from '../download/quota-settings';
import { locationsOf } from './locations';
import { dataPlane, distinctErrors, fileOf, type DataPlaneResult } from './data-plane';
import type { CommandContext } from '../session/context';
import type { Span } from '../session/telemetry/telemetry';
import { tracedFiles } from './traced-files';

export interface FetchFilesOptions {
  readonly folder: CampaignFolder;
  /** Path of that folder, which this process has locked. */
  readonly target: string;
  /** In the place of that folder, which then holds the lists only. */
  readonly destination?: Destination;
  readonly plan: Plan;
  readonly services: {
    readonly auxip: Pick<Auxip, 'catalogueEntry' | 'productLocation'>;
    readonly transport: Pick<Transport, 'openStore'>;
  };
  /** Absent where the site has none. */
  readonly quota: Quota | undefined;
  /** See DataPlane. */
  readonly stopping?: string;
  /** Files at once. */
  readonly parallel: number;
  /** Absent: archives stay as they are. */
  readonly unpack?: DownloadOptions['unpack'];
  /** Absent: transfers may be as slow as they are. */
  readonly leastRate?: LeastRate;
  /** Of the campaign: files are below it. */
  readonly span: Span;
  readonly context: CommandContext;
}

/** The transfers of a campaign, within its quota. What the catalogue has no entry for is an outcome as well. */
export async function fetchFiles(
  resolved: readonly ResolvedFile[],
  options: FetchFilesOptions,
): Promise<DataPlaneResult> {
  const { folder, target, destination, plan, services, quota, parallel, span, context } = options;
  const { auxip, transport } = services;
  const { listener, redactor, signal, patience } = context;
  const entries = new Map(resolved.flatMap((found) => ('entry' in found ? [[found.entry.id, found.entry]] : [])));
  const lost = unresolved(resolved);
  for (const outcome of lost) {
    folder.settle(outcome);
    listener({ type: 'file', ...fileOf(outcome) });
  }
  const bytesOf = (id: string): number => entries.get(id)?.contentLength ?? 0;
  const data = await dataPlane({
    files: resolved.flatMap((found) => ('entry' in found ? [wantedOf(found, plan)] : [])),
    source: {
      catalogueEntry: async (id) => entries.get(id) ?? auxip.catalogueEntry(id, signal),
      productLocation: locationsOf({ auxip, quota, bytesOf, context }),
    },
    store: transport,
    parallel,
    patience,
    leastRate: options.leastRate,
    unpack: options.unpack,
    stopping: options.stopping,
    watch: tracedFiles(span),
    redactor,
    listener,
    signal,
    target,
    destination,
    layout: folder.layout,
    isLocked: true,
    onOutcome: (outcome) => folder.settle(outcome),
  });
  const outcomes = [...data.outcomes, ...lost];
  return { ...data, outcomes, errors: distinctErrors(outcomes) };
}

/** With its size, for the time left; where the budget ends this run before its last file, no time is estimated. */
function wantedOf({ file, entry }: Extract<ResolvedFile, { entry: unknown }>, { quota }: Plan): WantedFile {
  const { id, name } = file;
  return quota && quota.windows > 1 ? { id, name } : { id, name, bytes: entry.contentLength };
}

/** What comes of a plan: files whose entry cannot be read are lost in it as well. */
export function plannedOnly(resolved: readonly ResolvedFile[]): DataPlaneResult {
  const outcomes = unresolved(resolved);
  return { outcomes, errors: distinctErrors(outcomes), evictions: new Map() };
}

function unresolved(resolved: readonly ResolvedFile[]) {
  return resolved.flatMap((found) => {
    if (!('error' in found)) return [];
    const { id, name } = found.file;
    return [{ status: 'failed' as const, id, name, seconds: 0, error: found.error }];
  });
}
