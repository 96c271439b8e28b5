import path from 'node:path';
import { targetFailure } from '../errors/target-failure';
import { makePath } from '../lib/ensure-folder';

export interface RunFolders {
  readonly reports: string;
  readonly answers: string;
  readonly downloads: string;
}

/**
 * Where a run writes: `reports/<time>-<site>-<request>/` with its answers, and one download folder per site and request, so that the
 * sandbox's made-up files never lie beside real ones, a repeated run finds what it has, and `run` and `fetch` share it.
 */
export function foldersFor(options: { out?: string; reports: string }, subject: string, at: Date): RunFolders {
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
    await makePath(folder);
  } catch (error) {
    throw targetFailure(error, folder);
  }
}
