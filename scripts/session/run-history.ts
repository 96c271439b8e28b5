import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { packageVersion } from '../lib/package-version';
import { appendPlainFile, readPlainFile } from '../lib/plain-file';
import { keepReports, type ReportKeeping } from './report-keeping';
import { writeWhole } from '../lib/write-file-atomic';
import { comparable, historyLine, parseHistory, type HistoryEntry } from '../reports/history/history';
import { RUNS_PAGE, runsPage } from '../reports/history/runs-page';

export const HISTORY_NAME = 'history.jsonl';

/**
 * Runs like `entry`, oldest first, with it at the end. A history that cannot be read is no reason to fail: the run is judged without.
 * @param reports the folder that holds the folders of the runs
 */
export async function runsLike(reports: string, entry: HistoryEntry): Promise<readonly HistoryEntry[]> {
  return comparable(parseHistory(await readHistory(reports).catch(() => '')), entry);
}

/** What was written of a run. */
export interface WrittenReport {
  readonly names: readonly string[];
  readonly entry: HistoryEntry;
}

/**
 * A report with its line of the history and of the page of all runs, and its stable name, once the report is there.
 * @param folder of the report
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE, USAGE (of the name)
 */
export async function recorded(
  folder: string,
  report: Promise<WrittenReport>,
  keeping: ReportKeeping = {},
): Promise<void> {
  const { entry } = await report;
  const reports = path.dirname(folder);
  await remember(reports, entry);
  await keepReports(folder, entry, keeping);
  // As the history, no reason to fail.
  await writeRunsPage(reports).catch(() => undefined);
}

/** Adds one line, in one write: runs side by side do not cut each other's. What keeps it from that costs the line only. */
export async function remember(reports: string, entry: HistoryEntry): Promise<void> {
  await appendPlainFile(path.join(reports, HISTORY_NAME), historyLine(entry)).catch(() => undefined);
}

async function readHistory(reports: string): Promise<string> {
  return (await readPlainFile(path.join(reports, HISTORY_NAME))).toString('utf8');
}

async function writeRunsPage(reports: string): Promise<void> {
  const history = parseHistory(await readHistory(reports));
  const here = new Set(await readdir(reports));
  await writeWhole(path.join(reports, RUNS_PAGE), [runsPage(history, here, packageVersion())]);
}
