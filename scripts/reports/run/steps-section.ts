import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { truncationNote } from '../page/truncation-note';
import type { ReportedStep, RunReport } from './run-report';
import { sizeOf } from '../page/size';
import { axisOf, type Axis } from '../page/time-axis';

/** More rows than this are folded away, except those with failures. */
const MAX_UNFOLDED = 40;
/** A request of many names has an address of 2000 characters. */
const MAX_ROWS = 300;

/** The requests of the collection with their checks, in the order they were sent, each with its place on the time axis. */
export function stepsSection({ steps }: Pick<RunReport, 'steps'>): Html {
  if (steps.length === 0) return html``;
  const axis = axisOf(steps.reduce((end, step) => Math.max(end, step.startMilliseconds + step.milliseconds), 0));
  const checks = steps.reduce((sum, { assertions }) => sum + assertions.length, 0);
  const sent = steps.filter(({ skipped }) => !skipped).length;
  const folded = steps.length > MAX_UNFOLDED;
  const first = folded ? steps.filter(isFailed) : steps;
  return html`<section aria-labelledby="steps">
    <h2 id="steps">Requests and checks</h2>
    <p class="lead">${plural(sent, 'request')} sent, ${steps.length - sent} skipped; ${plural(checks, 'check')}.</p>
    ${first.length > 0 ? table(first, axis) : undefined}${
      folded
        ? html`<details>
            <summary>All ${steps.length} requests</summary>
            ${table(steps, axis)}
          </details>`
        : undefined
    }
  </section> `;
}

function isFailed({ status, skipped, assertions }: ReportedStep): boolean {
  return !skipped && (status === undefined || assertions.some(({ ok }) => !ok));
}

function table(steps: readonly ReportedStep[], axis: Axis): Html {
  let folder = '';
  const rows = steps.slice(0, MAX_ROWS);
  return html`<table class="stacked">
      <thead>
        <tr>
          <th scope="col">Request</th>
          <th scope="col">Answer</th>
          <th scope="col">Checks</th>
          <th scope="col" class="number">Time</th>
          <th scope="col" class="number">Size</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((step) => {
          const heading =
            step.folder === folder
              ? undefined
              : html`<tr class="folder">
                  <th colspan="6" scope="rowgroup">${step.folder}</th>
                </tr> `;
          folder = step.folder;
          return html`${heading}${step.skipped ? skippedRow(step) : stepRow(step, axis)}`;
        })}
      </tbody>
    </table>
    ${truncationNote(steps.length, MAX_ROWS)}`;
}

function skippedRow({ name }: ReportedStep): Html {
  return html`<tr class="soft">
    <th scope="row">${name}</th>
    <td colspan="5">skipped</td>
  </tr> `;
}

function stepRow(step: ReportedStep, axis: Axis): Html {
  const failed = step.assertions.filter(({ ok }) => !ok);
  const passed = step.assertions.length - failed.length;
  const tone = failed.length > 0 ? 'bad' : 'good';
  const answered = step.status === undefined ? 'bad' : 'soft';
  return html`<tr>
    <th scope="row">
      ${step.name} <span class="soft name address">${step.method} ${step.url}</span>${failed.map(
        ({ name, message }) => html`<span class="failed-check">✗ ${name}${message && `: ${message}`}</span>`,
      )}
    </th>
    <td><span class="tag ${answered}">${step.status ?? 'no answer'}</span></td>
    <td class="${tone}">${passed}/${step.assertions.length}</td>
    <td class="number">${duration(step.milliseconds / 1000)}</td>
    <td class="number">${sizeOf(step.bytes)}</td>
    <td class="picture">${trackOf(step, axis)}</td>
  </tr> `;
}

function trackOf(step: ReportedStep, { percent }: Axis): Html {
  const title = `from ${duration(step.startMilliseconds / 1000)} for ${duration(step.milliseconds / 1000)}`;
  return html`<svg class="track" role="img">
    <title>${title}</title>
    <line class="tick" x1="0" x2="100%" y1="5" y2="5" />
    <rect
      class="bar ${isFailed(step) ? 'failed' : 'request'}"
      x="${percent(step.startMilliseconds)}%"
      width="${Math.max(percent(step.milliseconds), 0.5)}%"
      height="10"
    />
  </svg>`;
}
