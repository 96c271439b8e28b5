/** Where CI finds a report, and how many are kept. */
import { lstat, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { temporaryName, writeWhole } from '../lib/write-file-atomic';
import type { HistoryEntry } from '../reports/history/history';

export interface ReportKeeping {
  /** A name in the folder of reports that always leads to the latest one. */
  readonly reportName?: string;
  /** Reports that are kept; all when left out. */
  readonly keepReports?: number;
}

/**
 * Gives a report its stable name, with a badge in it, then removes the oldest reports over the limit.
 * @param folder of the report
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE; USAGE where something else has the name
 */
export async function keepReports(
  folder: string,
  entry: HistoryEntry,
  { reportName, keepReports: limit }: ReportKeeping,
): Promise<void> {
  const reports = path.dirname(folder);
  await inTarget(reports, async () => {
    if (reportName !== undefined) {
      await writeWhole(path.join(folder, 'badge.json'), [`${JSON.stringify(badgeOf(entry), null, 2)}\n`]);
      await nameReport(path.join(reports, reportName), path.basename(folder));
    }
    if (limit !== undefined) await removeOldest(reports, limit);
  });
}

/** A link, since only that can be replaced in one step: whoever reads through the name sees one whole report, the old or the new. */
async function nameReport(link: string, target: string): Promise<void> {
  const there = await lstat(link).catch(() => undefined);
  if (there && !there.isSymbolicLink())
    throw new Failure({
      code: 'USAGE',
      problem: `${link} exists, and was not made by --report-name.`,
      next: 'Remove it, or choose another name.',
    });
  const temporary = temporaryName(link);
  await symlink(target, temporary, 'junction');
  await rename(temporary, link);
}

/** `20240301T102030400Z-sandbox-contract` */
const REPORT = /^\d{8}T\d{9}Z-/;
const DATA = ['run.json', 'contract.json'];

/** The names of reports sort by time. One without data may be that of a run under way, and one that has a stable name is kept. */
async function removeOldest(reports: string, limit: number): Promise<void> {
  const entries = await readdir(reports, { withFileTypes: true });
  const links = entries.filter((entry) => entry.isSymbolicLink());
  const named = new Set(await Promise.all(links.map(({ name }) => readlink(path.join(reports, name)))));
  const old = entries
    .filter((entry) => entry.isDirectory() && REPORT.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .slice(0, -limit);
  for (const name of old) {
    const folder = path.join(reports, name);
    if (!named.has(name) && (await hasData(folder))) await rm(folder, { recursive: true, force: true });
  }
}

async function hasData(folder: string): Promise<boolean> {
  const found = await Promise.all(DATA.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  return found.some((there) => there !== undefined);
}

/** As https://shields.io/badges/endpoint-badge reads it. */
export function badgeOf({ command, exitCode, kept, broken }: HistoryEntry): object {
  const message =
    exitCode === 0 ? `${kept} passed` : broken > 0 ? `${broken} of ${kept + broken} failed` : `exit code ${exitCode}`;
  return { schemaVersion: 1, label: `auxflow ${command}`, message, color: exitCode === 0 ? 'brightgreen' : 'red' };
}
