import { plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { truncationNote } from '../page/truncation-note';
import type { ReportedStep } from '../run/run-report';

const MAX_ROWS = 300;

/** Every check that failed, with the request it belongs to. */
export function failedChecksSection(steps: readonly ReportedStep[]): Html {
  const failed = steps.flatMap((step) =>
    step.assertions.filter(({ ok }) => !ok).map(({ name, message }) => ({ step, name, message })),
  );
  if (failed.length === 0) return html``;
  return html`<section aria-labelledby="failed-checks">
    <h2 id="failed-checks">Failed checks</h2>
    <p class="lead">${plural(failed.length, 'check')} of the answers did not hold.</p>
    <ul class="findings">
      ${failed.slice(0, MAX_ROWS).map(
        ({ step, name, message }) =>
          html`<li class="error">
            <strong>${name}</strong>
            <p>${message}</p>
            <p class="soft">
              <code class="address">${step.method} ${step.url}</code
              >${step.status === undefined ? 'no answer' : `status ${step.status}`}
            </p>
          </li>`,
      )}
    </ul>
    ${truncationNote(failed.length, MAX_ROWS)}
  </section> `;
}
