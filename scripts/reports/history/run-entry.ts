import { createHash } from 'node:crypto';
import { quantile } from '../../lib/quantile';
import { requestLine } from '../run/request-section';
import { numbersOf, type ReportedRequest, type RunReport } from '../run/run-report';
import { HISTORY_VERSION, type HistoryEntry } from './history';

/** A run or a campaign as a line of the history. @param folder name of its report folder */
export function entryOfRun(report: RunReport, folder: string): HistoryEntry {
  const { checksPassed, checksFailed } = numbersOf(report);
  const failed = report.steps.flatMap(({ assertions }) => assertions.filter(({ ok }) => !ok).map(({ name }) => name));
  const errors = report.findings.flatMap(({ code }) => (code && code !== 'CHECKS_FAILED' ? [code] : []));
  return {
    version: HISTORY_VERSION,
    at: report.startedAt,
    command: report.command,
    environment: report.environment,
    siteUrl: report.siteUrl,
    subject: subjectOf(report.request),
    exitCode: report.exitCode,
    kept: checksPassed,
    broken: checksFailed,
    seconds: Math.max((Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000, 0),
    latency: quantile(
      report.steps.flatMap(({ skipped, milliseconds }) => (skipped ? [] : [milliseconds])),
      0.5,
    ),
    findings: [...new Set([...errors, ...failed])],
    report: folder,
  };
}

function subjectOf(request: ReportedRequest): string {
  const { level0Names, start = '', stop = '' } = request;
  if (!level0Names) return `${requestLine(request)}, ${start} to ${stop}`;
  const digest = createHash('sha256').update(level0Names.toSorted().join('\n')).digest('hex').slice(0, 16);
  return `${requestLine(request)}, ${level0Names.length} names ${digest}`;
}
