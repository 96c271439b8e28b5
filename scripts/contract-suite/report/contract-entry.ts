import { quantile } from '../../lib/quantile';
import { HISTORY_VERSION, type HistoryEntry } from '../../reports/history/history';
import { countVerdicts, isFinding, type ContractReport } from './contract-report';

/** A contract run as a line of the history. @param folder name of its report folder */
export function entryOfContract(report: ContractReport, folder: string): HistoryEntry {
  const { cases, environment, siteUrl, profile, shard, exitCode, seconds, startedAt } = report;
  const { kept, pinned, broken, news } = countVerdicts(cases);
  const times = cases.flatMap(({ status, milliseconds }) => (status === undefined ? [] : [milliseconds]));
  return {
    version: HISTORY_VERSION,
    at: startedAt,
    command: 'contract',
    environment,
    siteUrl,
    subject: `profile ${profile}${shard ? `, shard ${shard.index}/${shard.of}` : ''}`,
    exitCode,
    kept: kept + pinned,
    broken: broken + news,
    seconds,
    latency: quantile(times, 0.5),
    findings: cases.filter(isFinding).map(({ folder: resource, name }) => `${resource}: ${name}`),
    report: folder,
  };
}
