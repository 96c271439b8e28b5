import { EXIT } from '../../errors/exit-codes';
import { Failure } from '../../errors/errors';
import { createBreath } from '../../lib/breathe';
import { isLoopback } from '../../services/service-url';
import { readSite } from '../../services/site';
import { readLockOf } from '../lock/lock-of-objects';
import { lockAt } from '../lock/find-lock';
import { openS3 } from '../../target/open-s3';
import { isS3Address, s3Text } from '../../target/s3-address';
import type { S3Options } from '../../target/s3-client';
import { exported, type ExportedLock, type ExportFormat } from './export-formats';

export interface ExportOptions extends S3Options {
  readonly format: ExportFormat;
  /** Whose links: an environment that the user names; default: the lock's own site, if it is this machine or production. */
  readonly env?: string;
  readonly siteUrl?: string;
}

/**
 * Writes a lock in the form of another tool.
 * @param place folder, lock, or `s3://bucket/prefix`: the links of STAC items then lead to the objects
 * @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN, URL_REFUSED for links to a site that is not configured; BUCKET_UNUSABLE,
 * STORE_UNREACHABLE
 */
export async function exportLock(place: string, options: ExportOptions, out: NodeJS.WritableStream): Promise<number> {
  const lock = isS3Address(place) ? await lockOfObjects(place, options) : (await lockAt(place)).lock;
  const site = { ...lock.site, auxipRoot: auxipRootOf(lock, options) };
  const breathe = createBreath();
  for (const text of exported({ ...lock, site }, options.format)) {
    out.write(text);
    await breathe();
  }
  return EXIT.ok;
}

async function lockOfObjects(place: string, options: S3Options): Promise<ExportedLock> {
  const target = await openS3(place, options, false);
  return { ...(await readLockOf(target)), objects: s3Text(target.address) };
}

/** Whoever follows a link sends a token with it, and anybody can write a lock: its own root counts only where it is known. */
function auxipRootOf({ site }: ExportedLock, { env, siteUrl }: ExportOptions): string {
  if (env !== undefined || siteUrl !== undefined) return readSite(env ?? 'sandbox', { siteUrl }).auxipRoot;
  const { auxipRoot } = site;
  if (isLoopback(auxipRoot) || auxipRoot === readSite('production').auxipRoot) return auxipRoot;
  const reason = 'the lock names a site that is not configured here; name its environment with --env';
  throw new Failure({ code: 'URL_REFUSED', url: auxipRoot, reason });
}
