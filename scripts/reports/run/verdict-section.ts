import { html, type Html } from '../page/html';
import { truncationNote } from '../page/truncation-note';
import type { Finding, RunReport } from './run-report';
import { verdictOf } from './verdict';

const SIGNS = { good: '✓', wait: '!', bad: '✗' } as const;

/** The run in one sentence, and what its exit code means. */
export function verdictBanner(report: RunReport): Html {
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

/** What to look at, gravest first as the run gave them; nothing where there is nothing. */
export function findingsSection(found: readonly Finding[]): Html {
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
    ${truncationNote(found.length, MAX_FINDINGS)}
  </section> `;
}
