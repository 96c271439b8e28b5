import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { sizeOf } from '../page/size';
import { truncationNote } from '../page/truncation-note';
import type { ReportedRetry, RunReport } from '../run/run-report';
import { waterfallSvg } from '../run/waterfall-svg';

const MAX_RETRIES = 200;

/** How the files came: bytes, rate, when, what was begun again and where the quota held them up. */
export function transfersSection(report: RunReport): Html {
  const { retries = [], pauses = [] } = report;
  const drawing = waterfallSvg(report);
  const facts = [ratesOf(report), retriesOf(retries), pausesOf(pauses)].filter((fact) => fact !== undefined);
  if (facts.length === 0) return html``;
  return html`<section aria-labelledby="transfers">
    <h2 id="transfers">Transfers</h2>
    ${facts.map((fact) => html`<p class="lead">${fact}</p>`)}${drawing}${retriesTable(retries)}
  </section> `;
}

function ratesOf({ files }: RunReport): Html | undefined {
  const fetched = files.filter(
    ({ status, startMilliseconds }) => status === 'verified' && startMilliseconds !== undefined,
  );
  if (fetched.length === 0) return undefined;
  let [begin, end, bytes] = [Infinity, 0, 0];
  for (const file of fetched) {
    const { startMilliseconds: start = 0, seconds: took = 0 } = file;
    begin = Math.min(begin, start);
    end = Math.max(end, start + took * 1000);
    bytes += file.bytes;
  }
  const seconds = Math.max((end - begin) / 1000, 0.001);
  return html`${plural(fetched.length, 'file')}, ${sizeOf(bytes)} in ${duration(seconds)}: ${sizeOf(bytes / seconds)}/s.`;
}

function retriesOf(retries: readonly ReportedRetry[]): Html | undefined {
  if (retries.length === 0) return undefined;
  const names = new Set(retries.map(({ name }) => name)).size;
  return html`Begun again: ${plural(retries.length, 'time')}, for ${plural(names, 'file or call', 'files or calls')}.`;
}

function pausesOf(pauses: Required<RunReport>['pauses']): Html | undefined {
  if (pauses.length === 0) return undefined;
  const seconds = pauses.reduce((sum, pause) => sum + pause.seconds, 0);
  return html`Held up by the quota: ${plural(pauses.length, 'pause')}, ${duration(seconds)} together, the last one until
  ${pauses.at(-1)?.until.slice(0, 19).replace('T', ' ')} UTC.`;
}

function retriesTable(retries: readonly ReportedRetry[]): Html | undefined {
  if (retries.length === 0) return undefined;
  return html`<details>
    <summary>What was begun again, and why</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of retries">
      <table>
        <thead>
          <tr>
            <th scope="col">After</th>
            <th scope="col">File or call</th>
            <th scope="col">Reason</th>
            <th scope="col" class="number">Waited</th>
          </tr>
        </thead>
        <tbody>
          ${retries.slice(0, MAX_RETRIES).map(
            ({ name, reason, startMilliseconds, seconds }) =>
              html`<tr>
                <td class="nowrap">${duration(startMilliseconds / 1000)}</td>
                <td class="name">${name}</td>
                <td>${reason}</td>
                <td class="number">${duration(seconds)}</td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${truncationNote(retries.length, MAX_RETRIES)}
  </details>`;
}
