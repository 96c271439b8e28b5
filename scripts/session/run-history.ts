import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageVersion } from '../lib/package-version';
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
  const text = await readFile(path.join(reports, HISTORY_NAME), 'utf8').catch(() => '');
  return comparable(parseHistory(text), entry);
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

/**
 * Adds one line, in one write: runs side by side do not cut each other's. A full disk costs the line only: what was written of it is
 * taken back.
 */
export async function remember(reports: string, entry: HistoryEntry): Promise<void> {
  const handle = await open(path.join(reports, HISTORY_NAME), 'a').catch(() => undefined);
  if (!handle) return;
  const { size } = await handle.stat();
  await handle.writeFile(historyLine(entry)).catch(() => handle.truncate(size).catch(() => undefined));
  await handle.close();
}

async function writeRunsPage(reports: string): Promise<void> {
  const history = parseHistory(await readFile(path.join(reports, HISTORY_NAME), 'utf8'));
  const here = new Set(await readdir(reports));
  await writeWhole(path.join(reports, RUNS_PAGE), [runsPage(history, here, packageVersion())]);
}
