import { coverageSection } from './coverage-section';
import { filesSection } from './files-section';
import { html, type Html } from '../page/html';
import { leftOut } from '../page/left-out';
import { page } from '../page/page';
import { numbersTiles } from './run-numbers';
import { requestLine, requestSection } from './request-section';
import type { Finding, RunReport } from './run-report';
import { stepsSection } from './steps-section';
import { verdictOf } from './verdict';
import { waterfallSvg } from './waterfall-svg';

/** The page of a run: one self-contained file that says first how it went and what to do, then shows why. */
export function runPage(report: RunReport): string {
  const { title, environment, auxflowVersion } = report;
  const subject = requestLine(report.request);
  return page({
    title: `${title}: ${subject} (${environment})`,
    kind: 'auxflow run report',
    heading: title,
    subject: `${subject} · ${environment}`,
    auxflowVersion,
    body: html`${verdictBanner(report)}${requestSection(report)}${numbersTiles(report)}${findings(report.findings)}${coverageSection(report.baselines)}${filesSection(report.files)}${timeline(report)}${stepsSection(report)}`,
  });
}

const SIGNS = { good: '✓', wait: '!', bad: '✗' } as const;

function verdictBanner(report: RunReport): Html {
  const { tone, sentence, meaning } = verdictOf(report);
  return html`<section class="verdict ${tone}" aria-label="Verdict">
    <span class="sign" aria-hidden="true">${SIGNS[tone]}</span>
    <div>
      <strong>${sentence}</strong>
      <p>Exit code ${report.exitCode}: ${meaning}.</p>
    </div>
  </section> `;
}

const SEVERITIES = { error: 'Error', warning: 'Warning', note: 'Note' } as const;
const MAX_FINDINGS = 200;
const TONES = { error: 'bad', warning: 'wait', note: 'soft' } as const;

function findings(found: readonly Finding[]): Html {
  if (found.length === 0) return html``;
  return html`<section aria-labelledby="findings">
    <h2 id="findings">What to look at</h2>
    <ul class="findings">
      ${found.slice(0, MAX_FINDINGS).map(
        ({ severity, title, text, next }) =>
          html`<li class="${severity}">
            <span class="tag ${TONES[severity]}">${SEVERITIES[severity]}</span>
            <strong>${title}</strong>${text && html`<p>${text}</p>`}${next && html`<p class="next">${next}</p>`}
          </li>`,
      )}
    </ul>
    ${leftOut(found.length, MAX_FINDINGS)}
  </section> `;
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
