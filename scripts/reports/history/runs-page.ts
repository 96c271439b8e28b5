import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { page } from '../page/page';
import type { ReportLink } from '../run/run-report';
import type { HistoryEntry } from './history';

/** Next to the folders of the reports. */
export const RUNS_PAGE = 'index.html';

/** Of every report. */
export const ALL_RUNS: ReportLink = { label: 'All runs', href: `../${RUNS_PAGE}` };

const MAX_ROWS = 1000;

/** First page of a report, by what made it. */
const FIRST_PAGE = { run: 'campaign.html', fetch: 'campaign.html', contract: 'contract.html' } as const;

/**
 * All runs of a reports folder, the latest first, each with a link to its report.
 * @param here names of the folders that are still there
 */
export function runsPage(history: readonly HistoryEntry[], here: ReadonlySet<string>, auxflowVersion: string): string {
  const runs = history.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const red = runs.filter(({ exitCode }) => exitCode !== 0).length;
  return page({
    title: 'auxflow: all runs',
    kind: 'auxflow reports',
    heading: 'All runs',
    subject: `${plural(runs.length, 'run')}, ${red} with an exit code other than 0`,
    auxflowVersion,
    body: html`<section aria-labelledby="runs">
      <h2 id="runs">Runs, the latest first</h2>
      ${runs.length > MAX_ROWS ? html`<p class="lead">The latest ${MAX_ROWS}; all are in history.jsonl.</p>` : undefined}
      <div class="scroll" tabindex="0" role="region" aria-label="Table of runs">
        <table data-list="runs">
          <thead>
            <tr>
              <th scope="col">When (UTC)</th>
              <th scope="col">Command</th>
              <th scope="col">What</th>
              <th scope="col">Environment</th>
              <th scope="col" class="number">Kept</th>
              <th scope="col" class="number">Broken</th>
              <th scope="col" class="number">Exit code</th>
              <th scope="col" class="number">Took</th>
            </tr>
          </thead>
          <tbody>
            ${runs.slice(0, MAX_ROWS).map((run) => runRow(run, here.has(run.report)))}
          </tbody>
        </table>
      </div>
    </section> `,
  });
}

function runRow(run: HistoryEntry, isHere: boolean): Html {
  const { at, command, subject, environment, kept, broken, exitCode, seconds, report } = run;
  const when = at.slice(0, 19).replace('T', ' ');
  const address = `${encodeURIComponent(report)}/${FIRST_PAGE[command]}`;
  return html`<tr>
    <th scope="row" class="nowrap">${isHere ? html`<a href="${address}">${when}</a>` : when}</th>
    <td>${command}</td>
    <td>${subject}</td>
    <td>${environment}</td>
    <td class="number">${kept}</td>
    <td class="number${broken > 0 ? ' bad' : ''}">${broken}</td>
    <td class="number${exitCode === 0 ? '' : ' bad'}">${exitCode}</td>
    <td class="number" data-sort="${seconds}">${duration(seconds)}</td>
  </tr> `;
}
