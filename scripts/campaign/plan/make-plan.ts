import { readdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../manifest';
import { planOf, type Plan, type Unreadable } from './plan';
import { unpackingRoom, type PlannedArchive } from './unpacking-room';
import type { ResolvedFile } from '../resolve-files';
import { pathInTarget } from '../../download/file-name';
import { createPartNames, leftBytes, type PartNames } from '../../download/part-names';
import { groupBy } from '../../lib/group-by';
import { sizeOfFile } from '../../lib/plain-file';
import type { Layout } from '../../download/layout';
import { Failure } from '../../errors/errors';
import type { CatalogueEntry } from '../../services/catalogue-entry';
import type { Quota } from '../../download/quota-settings';

export interface PlanOptions {
  readonly manifest: Manifest;
  readonly resolved: readonly ResolvedFile[];
  /** Where the files go; it is there. */
  readonly folder: string;
  readonly layout: Layout;
  readonly quota: Quota | undefined;
  /** Archives are unpacked. @param id of a file. Returns what it was unpacked to */
  readonly unpack?: { readonly known: (id: string) => PlannedArchive['unpacked'] };
  readonly signal: AbortSignal;
}

/** Counts what is asked, what is here, and what it takes. */
export async function makePlan(options: PlanOptions): Promise<Plan> {
  const { manifest, resolved, folder, layout, quota, unpack, signal } = options;
  const entries = resolved.flatMap((found) => ('entry' in found ? [found.entry] : []));
  const files: { bytes: number; present: number }[] = [];
  const place = { folder, layout, sizeOf: sizesBelow(), parts: createPartNames() };
  for (const entry of entries) files.push({ bytes: entry.contentLength, present: await presentBytes(entry, place) });
  const { bavail, bsize } = await statfs(folder);
  const grants = await quota?.ledger.exclusively((granted) => Promise.resolve(granted), signal);
  return planOf({
    level0: manifest.level0.length,
    references: manifest.references,
    unresolved: resolved.length - entries.length,
    unreadable: unreadableOf(resolved),
    files,
    free: bavail * bsize,
    ...(unpack ? { unpacking: unpackingRoom(entries.map((entry) => archiveOf(entry, unpack))) } : {}),
    ...(quota && grants ? { quota: { rules: quota.rules, grants, now: Date.now() } } : {}),
  });
}

/** A lock says FILE_MISSING of what had no entry. */
const GONE = new Set(['NOT_FOUND', 'FILE_MISSING']);

function unreadableOf(resolved: readonly ResolvedFile[]): Unreadable[] {
  const codes = resolved.flatMap((found) =>
    'error' in found && !GONE.has(found.error.code) ? [found.error.code] : [],
  );
  return Array.from(
    groupBy(codes, (code) => code),
    ([code, own]) => ({ code, files: own.length }),
  );
}

function archiveOf(
  { id, name, contentLength }: CatalogueEntry,
  { known }: Required<PlanOptions>['unpack'],
): PlannedArchive {
  return { name, bytes: contentLength, unpacked: known(id) };
}

/** By what is certain; what archives hold is an estimate. @throws Failure DISK_TOO_SMALL */
export function refuseSmallDisk({ disk: { needed, free } }: Plan, folder: string): void {
  if (needed > free) throw new Failure({ code: 'DISK_TOO_SMALL', path: folder, needed, free });
}

/** All of them under the final name, or those of a part; a file of another size is in the way and counts for nothing. */
async function presentBytes(
  { name, contentLength }: CatalogueEntry,
  { folder, layout, sizeOf, parts }: Pick<PlanOptions, 'folder' | 'layout'> & { sizeOf: SizeOf; parts: PartNames },
): Promise<number> {
  try {
    const finalPath = pathInTarget(folder, name, layout);
    if ((await sizeOf(finalPath)) === contentLength) return contentLength;
    return Math.min(await leftBytes(finalPath, parts), Math.max(0, contentLength - 1));
  } catch (error) {
    if (error instanceof Failure && error.detail.code === 'NAME_UNSAFE') return 0;
    throw error;
  }
}

/** bytes; undefined where there is no such file */
type SizeOf = (file: string) => Promise<number | undefined>;

/** Each folder is read once: most files of a campaign are not here yet, and need not be looked for one by one. */
function sizesBelow(): SizeOf {
  const folders = new Map<string, Promise<ReadonlySet<string>>>();
  return async (file) => {
    const { dir, base } = path.parse(file);
    const names = folders.get(dir) ?? namesIn(dir);
    folders.set(dir, names);
    return (await names).has(base) ? sizeOfFile(file) : undefined;
  };
}

async function namesIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(await readdir(folder).catch(() => []));
}
