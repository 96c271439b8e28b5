/** The two planes of `auxflow run`: what Newman asks for, and what is downloaded, with one `$value` for each file. */
import { createGrantBooker } from '../download/grant-booker';
import type { Quota } from '../download/quota-settings';
import type { AskedValue } from '../newman/value-recorder';
import type { CatalogueEntry } from '../services/catalogue-entry';
import type { BaselineRequest } from '../services/rdb';
import type { Account, Site } from '../services/site';
import type { CommandContext } from '../session/context';
import type { RunFolders } from '../session/run-folders';
import type { UrlRules } from '../services/url-rules';
import type { Services } from '../session/service-clients';
import { collectBaselines, controlPlane, type Asked } from './control-plane';
import { dataPlane, type DataPlaneResult } from './data-plane';
import { locationsOf, withAsked } from './locations';
import type { Manifest } from './manifest';
import { batchesOf } from './request/batches';
import { roomForSample } from './sample';

export interface Campaign {
  readonly site: Site;
  readonly account: Account;
  readonly request: BaselineRequest;
  readonly folders: RunFolders;
  readonly quota: Quota | undefined;
  /** Files to download. */
  readonly limit: number;
  readonly context: CommandContext;
}

interface AskedSample extends Asked {
  /** What Newman was granted: the download goes on with it. */
  readonly asked: readonly AskedValue[];
}

/** Newman's part: baselines, and of the first files the entry, the location and the first KiB. */
export async function askSample(campaign: Campaign): Promise<AskedSample> {
  const { site, request, quota, limit, context } = campaign;
  const sample = await roomForSample(Math.min(limit, sampleOf(site)), quota, context);
  // Folder 2 looks at its files once, not once per batch: each look is charged to the quota.
  const rows = batchesOf(request, site.rdbRoot).map((row, index) => ({
    ...row,
    download_limit: index === 0 ? String(sample) : '0',
  }));
  const [asked, booker] = [[] as AskedValue[], createGrantBooker(quota?.ledger)];
  const onValue = (value: AskedValue): void => {
    asked.push(value);
    booker.book(value);
  };
  const { control, manifest } = await collectBaselines(campaign, (plane) => controlPlane({ ...plane, rows, onValue }));
  await booker.done();
  return { control, manifest, asked };
}

/** The other plane: all files as streams. */
export async function fetchRest(
  files: Manifest['files'],
  asked: readonly AskedValue[],
  { folders, quota, context }: Campaign,
  { services, parallel, allowInsecure }: UrlRules & { readonly services: Services; readonly parallel: number },
): Promise<DataPlaneResult> {
  const { auxip, transport } = services;
  const { listener, redactor, signal } = context;
  const sizes = new Map<string, number>();
  const catalogueEntry = async (id: string): Promise<CatalogueEntry> => {
    const entry = await auxip.catalogueEntry(id, signal);
    sizes.set(id, entry.contentLength);
    return entry;
  };
  const locate = locationsOf({ auxip, quota, bytesOf: (id) => sizes.get(id) ?? 0, context });
  return dataPlane({
    files,
    target: folders.downloads,
    parallel,
    store: transport,
    redactor,
    listener,
    signal,
    source: { catalogueEntry, productLocation: withAsked(asked, locate, { allowInsecure }) },
  });
}

/** Files that folder 2 looks at, as the environment says. */
export function sampleOf({ variables }: Site): number {
  const { download_limit: limit = '' } = variables;
  return /^\d+$/.test(limit) ? Number(limit) : 1;
}
