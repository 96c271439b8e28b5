import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../errors';
import type { BaselineRequest } from '../services/rdb';
import type { Site } from '../services/site';

export interface RunFolders {
  readonly reports: string;
  readonly answers: string;
  readonly downloads: string;
}

/**
 * Where a run writes: `reports/<time>-<site>-<request>/` with its answers, and one download folder per site and selection, so that
 * the sandbox's made-up files never lie beside real ones and a repeated run finds what it has.
 */
export function runFolders(
  options: { out?: string; reports: string },
  site: Site,
  request: BaselineRequest,
  at: Date,
): RunFolders {
  const place = path.basename(site.name).replace(/\.postman_environment\.json$|\.json$/, '');
  const subject = [place, request.mission, request.unit, request.productType]
    .join('-')
    .replace(/[^A-Za-z0-9._-]/g, '_');
  const time = at
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.(\d{3})/, '$1');
  const reports = path.resolve(options.reports, `${time}-${subject}`);
  const downloads = path.resolve(options.out ?? path.join('downloads', subject));
  return { reports, answers: path.join(reports, 'answers'), downloads };
}

/** @throws Failure TARGET_UNWRITABLE, DISK_FULL */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (reason === 'ENOSPC') throw new Failure({ code: 'DISK_FULL', path: folder }, { cause: error });
    throw new Failure({ code: 'TARGET_UNWRITABLE', path: folder, reason }, { cause: error });
  }
}
