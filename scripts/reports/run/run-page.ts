import { coverageSection } from './coverage-section';
import { filesSection } from './files-section';
import { historySection } from '../history/history-section';
import type { HistoryEntry } from '../history/history';
import { html, type Html } from '../page/html';
import { page } from '../page/page';
import { madeUpBanner } from './made-up-banner';
import { numbersTiles } from './run-numbers';
import { requestLine, requestSection } from './request-section';
import type { RunReport } from './run-report';
import { stepsSection } from './steps-section';
import { findingsSection, verdictBanner } from './verdict-section';
import { waterfallSvg } from './waterfall-svg';

/** The page of a run: one self-contained file that says first how it went and what to do, then shows why. */
export function runPage(report: RunReport, earlier: readonly HistoryEntry[] = []): string {
  const { title, environment, auxflowVersion } = report;
  const subject = requestLine(report.request);
  return page({
    title: `${title}: ${subject} (${environment})`,
    kind: 'auxflow run report',
    heading: title,
    subject: `${subject} · ${environment}`,
    auxflowVersion,
    body: html`${madeUpBanner(report)}${verdictBanner(report)}${requestSection(report)}${numbersTiles(report)}${findingsSection(report.findings)}${coverageSection(report.baselines)}${filesSection(report.files)}${timeline(report)}${stepsSection(report)}${historySection(earlier)}`,
  });
}

function timeline(report: RunReport): Html {
  const drawing = waterfallSvg(report);
  if (!drawing) return html``;
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    <p class="lead">
      From the start of the run. Newman sends one request after the other; files come in parallel. Hatched: failed.
    </p>
    ${drawing}
  </section> `;
}
