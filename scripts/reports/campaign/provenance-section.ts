import { factsList } from '../page/facts-list';
import { html, type Html } from '../page/html';
import type { RunReport } from '../run/run-report';

/** From what and by what this page was made, for whoever reads it months later. */
export function provenanceSection(report: RunReport): Html {
  const { completeness } = report;
  const facts: [string, string][] = [
    ['Site', report.siteUrl],
    ['Environment', report.environment],
    ['Started (UTC)', report.startedAt],
    ['Finished (UTC)', report.finishedAt],
    ['auxflow', report.auxflowVersion],
    ['Judged by', judgedBy(completeness)],
    ['Eviction from the catalogue', evictionWords(report.files)],
    ...(report.contents ? [['Contents', 'made up by a sandbox'] as [string, string]] : []),
  ];
  return html`<section aria-labelledby="provenance">
    <h2 id="provenance">Provenance</h2>
    ${factsList(facts)}
  </section> `;
}

function evictionWords(files: RunReport['files']): string {
  const dates = files.flatMap(({ evictionDate }) => evictionDate ?? []).sort();
  return dates[0] === undefined ? 'not told by its answers' : `the first file ${dates[0]}`;
}

function judgedBy(completeness: RunReport['completeness']): string {
  if (!completeness) return 'not judged';
  const { source, reason, judgedAt } = completeness;
  return `${source}, ${judgedAt}${reason === undefined ? '' : `: ${reason}`}`;
}
