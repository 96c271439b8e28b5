import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { findingHistories, type FindingHistory, type HistoryEntry } from './history';

const WIDTH = 1000;
const HEIGHT = 90;
const MAX_BARS = 1000;
const MAX_RUNS = 30;
const MAX_FINDINGS = 100;

/** How runs like this one went: kept and broken, how fast the service was, since when each finding is there. */
export function historySection(runs: readonly HistoryEntry[]): Html {
  if (runs.length < 2) return html``;
  const shown = runs.slice(-MAX_BARS);
  return html`<section aria-labelledby="history">
    <h2 id="history">Earlier runs</h2>
    <p class="lead">
      ${plural(runs.length, 'run')} of the same request since ${runs[0]?.at.slice(0, 10)}. A bar per run, oldest first:
      height by checks, hatched part broken; the line is the median answer time.
    </p>
    ${trend(shown)}${findingsTable(findingHistories(runs))}
    <details>
      <summary>The last ${Math.min(runs.length, MAX_RUNS)} runs</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Table of earlier runs">
        <table>
          <thead>
            <tr>
              <th scope="col">When (UTC)</th>
              <th scope="col" class="number">Kept</th>
              <th scope="col" class="number">Broken</th>
              <th scope="col" class="number">Exit code</th>
              <th scope="col" class="number">Median answer</th>
              <th scope="col" class="number">Took</th>
            </tr>
          </thead>
          <tbody>
            ${runs.slice(-MAX_RUNS).toReversed().map(runRow)}
          </tbody>
        </table>
      </div>
    </details>
  </section> `;
}

function trend(runs: readonly HistoryEntry[]): Html {
  const most = Math.max(1, ...runs.map(({ kept, broken }) => kept + broken));
  const slowest = Math.max(1, ...runs.map(({ latency = 0 }) => latency));
  const step = WIDTH / runs.length;
  const at = (place: number): string => (place * step).toFixed(1);
  const bars = runs.map(({ kept, broken }, place) => {
    const [all, bad] = [((kept + broken) / most) * HEIGHT, broken === 0 ? 0 : Math.max((broken / most) * HEIGHT, 3)];
    return html`<rect
        class="has"
        x="${at(place)}"
        y="${(HEIGHT - all).toFixed(1)}"
        width="${(step * 0.9).toFixed(1)}"
        height="${all.toFixed(1)}"
      />${bad > 0 ? html`<rect class="lacks" x="${at(place)}" y="${(HEIGHT - bad).toFixed(1)}" width="${(step * 0.9).toFixed(1)}" height="${bad.toFixed(1)}" />` : undefined}`;
  });
  const line = runs.flatMap(({ latency }, place) =>
    latency === undefined
      ? []
      : [`${((place + 0.5) * step).toFixed(1)},${(HEIGHT - (latency / slowest) * HEIGHT).toFixed(1)}`],
  );
  const broken = runs.filter((run) => run.broken > 0).length;
  return html`<svg
    class="trend"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    role="img"
    aria-label="${plural(runs.length, 'run')}, ${broken} with broken checks; slowest median answer ${slowest} ms"
  >
    ${bars}
    <polyline points="${line.join(' ')}" />
  </svg>`;
}

function findingsTable(findings: readonly FindingHistory[]): Html | undefined {
  if (findings.length === 0) return undefined;
  return html`<ul>
    ${findings
      .slice(0, MAX_FINDINGS)
      .map(
        ({ finding, firstSeen, times, runs, isFlaky }) =>
          html`<li>
            ${`${finding}: first seen ${firstSeen.slice(0, 16).replace('T', ' ')} UTC, in ${times} of ${plural(runs, 'run')}`}
            ${isFlaky ? html`<span class="tag wait">flaky</span>` : undefined}
          </li>`,
      )}
  </ul>`;
}

function runRow({ at, kept, broken, exitCode, latency, seconds }: HistoryEntry): Html {
  return html`<tr>
    <td>${at.slice(0, 19).replace('T', ' ')}</td>
    <td class="number">${kept}</td>
    <td class="number${broken > 0 ? ' bad' : ''}">${broken}</td>
    <td class="number">${exitCode}</td>
    <td class="number">${latency === undefined ? undefined : `${latency} ms`}</td>
    <td class="number">${duration(seconds)}</td>
  </tr> `;
}
