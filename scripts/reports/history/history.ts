/** What earlier runs came to, a line of `reports/history.jsonl` each. Pure: data in, data out. */

export const HISTORY_VERSION = 1;

/** One run. Times are UTC, durations seconds. */
export interface HistoryEntry {
  readonly version: typeof HISTORY_VERSION;
  readonly at: string;
  readonly command: 'run' | 'fetch' | 'contract';
  readonly environment: string;
  readonly siteUrl: string;
  /** What was asked: runs of the same subject are compared with each other. */
  readonly subject: string;
  readonly exitCode: number;
  readonly kept: number;
  readonly broken: number;
  readonly seconds: number;
  /** Median of the answers, milliseconds. */
  readonly latency?: number;
  /** What was wrong, by names that stay the same from run to run. */
  readonly findings: readonly string[];
  /** Folder of the report, relative to the history. */
  readonly report: string;
}

/** A finding of the current run, seen over time. */
export interface FindingHistory {
  readonly finding: string;
  readonly firstSeen: string;
  /** In how many of the compared runs. */
  readonly times: number;
  readonly runs: number;
  /** It came and went within the last runs. */
  readonly isFlaky: boolean;
}

const RECENT = 10;
const MAX_FINDINGS_IN_LINE = 200;

/** Runs like `entry`, oldest first, `entry` itself at the end. */
export function comparable(history: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  const { command, siteUrl, environment, subject } = entry;
  // A sandbox of one's own has another port each time.
  const isSameSite = (past: HistoryEntry): boolean =>
    past.environment === environment && (environment === 'sandbox' || past.siteUrl === siteUrl);
  const like = history.filter((past) => past.command === command && past.subject === subject && isSameSite(past));
  return [...like.filter(({ at }) => at < entry.at), entry];
}

/** The findings of the last run, and those that the last few runs had and it has not. */
export function findingHistories(runs: readonly HistoryEntry[]): readonly FindingHistory[] {
  const recent = runs.slice(-RECENT);
  const names = new Set(recent.flatMap(({ findings }) => findings));
  return [...names]
    .map((finding) => {
      const seen = runs.filter(({ findings }) => findings.includes(finding));
      return {
        finding,
        firstSeen: seen[0]?.at ?? '',
        times: seen.length,
        runs: runs.length,
        isFlaky: changes(recent, finding) > 1,
      };
    })
    .sort((a, b) => a.firstSeen.localeCompare(b.firstSeen) || a.finding.localeCompare(b.finding));
}

function changes(runs: readonly HistoryEntry[], finding: string): number {
  const seen = runs.map(({ findings }) => findings.includes(finding));
  return seen.filter((has, place) => place > 0 && has !== seen[place - 1]).length;
}

export function historyLine(entry: HistoryEntry): string {
  return `${JSON.stringify({ ...entry, findings: entry.findings.slice(0, MAX_FINDINGS_IN_LINE) })}\n`;
}

/** What can be read of a file; a line that was cut, or is of another version, is left out. */
export function parseHistory(text: string): readonly HistoryEntry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isEntry(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

const NUMBERS = ['exitCode', 'kept', 'broken', 'seconds'] as const;
const TEXTS = ['at', 'command', 'environment', 'siteUrl', 'subject', 'report'] as const;

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return (
    fields['version'] === HISTORY_VERSION &&
    NUMBERS.every((name) => Number.isFinite(fields[name])) &&
    TEXTS.every((name) => typeof fields[name] === 'string') &&
    (fields['latency'] === undefined || Number.isFinite(fields['latency'])) &&
    Array.isArray(fields['findings']) &&
    fields['findings'].every((finding) => typeof finding === 'string')
  );
}
