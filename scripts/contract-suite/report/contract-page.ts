import { duration, plural } from '../../lib/format';
import { splitCitations } from '../citations';
import {
  BASES,
  countVerdicts,
  isFinding,
  VERDICTS,
  type CaseResult,
  type CaseVerdict,
  type ContractReport,
  type LinkedSource,
  type Problem,
} from './contract-report';
import { costWords } from './cost-sum';
import { learnedLines, selectionLines } from './selection-facts';
import { reportFindings, type ReportFinding } from './root-causes';
import { historySection } from '../../reports/history/history-section';
import type { HistoryEntry } from '../../reports/history/history';
import { ALL_RUNS } from '../../reports/history/runs-page';
import { linkList } from '../../reports/run/request-section';
import type { ReportLink } from '../../reports/run/run-report';
import { html, type Html } from '../../reports/page/html';
import { page } from '../../reports/page/page';

const LINKS: readonly ReportLink[] = [
  { label: 'JUnit XML', href: 'junit.xml' },
  { label: 'Summary in Markdown', href: 'summary.md' },
  { label: 'This page as data', href: 'contract.json' },
  ALL_RUNS,
];

const TONES: Readonly<Record<CaseVerdict, string>> = {
  kept: 'good',
  broken: 'bad',
  news: 'bad',
  pinned: 'wait',
  untested: 'soft',
};

const MEANINGS: Readonly<Record<CaseVerdict, string>> = {
  broken: 'the service does not behave as recorded or documented',
  news: 'a known deviation is resolved: the service changed',
  kept: 'every check passed',
  pinned: 'a known deviation from the manuals, as recorded',
  untested: 'could not be tested, with the reason',
};

/** The page of a contract run: verdict, findings (those with a common cause as one), all cases. */
export function contractPage(report: ContractReport, earlier: readonly HistoryEntry[] = []): string {
  const { environment, siteUrl, profile, seed, cases, auxflowVersion } = report;
  const findings = reportFindings(cases);
  return page({
    title: `Service contract (${environment})`,
    kind: 'auxflow contract report',
    heading: 'Service contract',
    subject: `${environment} · ${siteUrl} · profile ${profile} · seed ${seed}`,
    auxflowVersion,
    body: html`${banner(report, findings)}${tiles(report)}${findingsSection(findings)}${selectionSection(report)}${latencySection(report)}${historySection(earlier)}${allCases(cases)}`,
  });
}

function banner({ cases, exitCode }: ContractReport, findings: readonly ReportFinding[]): Html {
  const red = cases.filter(isFinding);
  const worst = red.filter(({ severity }) => severity === 'data').length;
  const sentence =
    findings.length === 0
      ? cases.length === 0
        ? 'Nothing was tested.'
        : 'Every case that was tested passed.'
      : `${plural(findings.length, 'finding')}: ${plural(red.length, 'promise')} not as expected${worst > 0 ? `, ${worst} of them about the data themselves` : ''}.`;
  const tone = exitCode === 0 ? 'good' : 'bad';
  return html`<section class="verdict ${tone}" aria-label="Verdict">
    <span class="sign" aria-hidden="true">${exitCode === 0 ? '✓' : '✗'}</span>
    <div>
      <strong>${sentence}</strong>
      <p>Exit code ${exitCode}.</p>
    </div>
  </section> `;
}

function tiles({ cases, costs, seconds, startedAt }: ContractReport): Html {
  const counts = countVerdicts(cases);
  const requests = cases.reduce((sum, item) => sum + item.requests, 0);
  return html`<section aria-labelledby="numbers">
    <h2 id="numbers">In numbers</h2>
    <dl class="numbers">
      ${VERDICTS.map(
        (verdict) =>
          html`<div>
            <dt>${verdict}</dt>
            <dd><b>${counts[verdict]}</b>${MEANINGS[verdict]}</dd>
          </div> `,
      )}
      <div>
        <dt>requests</dt>
        <dd><b>${requests}</b>in ${duration(seconds)}, from ${startedAt.slice(0, 19).replace('T', ' ')} UTC</dd>
      </div>
    </dl>
    <p class="soft">Cost to the services: ${costWords(costs)}.</p>
    ${linkList(LINKS)}
  </section> `;
}

/** A cause that several cases share is told once, with all of them; then the others by resource. */
function findingsSection(findings: readonly ReportFinding[]): Html {
  if (findings.length === 0) return html``;
  const shared = findings.filter(({ cause }) => cause !== undefined);
  const single = findings.filter(({ cause }) => cause === undefined).flatMap(({ cases }) => cases);
  const folders = [...new Set(single.map(({ folder }) => folder))];
  return html`<section aria-labelledby="findings">
    <h2 id="findings">What to look at</h2>
    <ul class="findings">
      ${shared.map(sharedFinding)}
    </ul>
    ${folders.map(
      (folder) =>
        html`<h3>${folder}</h3>
          <ul class="findings">
            ${single.filter((item) => item.folder === folder).map(finding)}
          </ul>`,
    )}
  </section> `;
}

function sharedFinding({ cause, severity, cases }: ReportFinding): Html {
  return html`<li class="${severity === 'shape' ? 'warning' : 'error'}">
    <span class="tag ${severity === 'shape' ? 'wait' : 'bad'}">${plural(cases.length, 'case')}</span>
    <strong>${linked(cause ?? '')}</strong>
    <details>
      <summary>${plural(cases.length, 'promise')} for this cause</summary>
      <ul class="findings">
        ${cases.map((item) => finding({ ...item, problems: item.problems.map(withoutCause) }))}
      </ul>
    </details>
  </li>`;
}

const withoutCause = ({ promise, got }: Problem): Problem => ({ promise, got });

function finding(item: CaseResult): Html {
  const { severity, verdict, name, problems, source, curl } = item;
  return html`<li class="${severity === 'shape' ? 'warning' : 'error'}">
    <span class="tag ${severity === 'shape' ? 'wait' : 'bad'}">${verdict === 'news' ? 'news' : severity}</span>
    <strong>${name}</strong>${problems.map(
      ({ promise, got, cause }) =>
        html`<span class="failed-check">✗ ${promise}: ${linked(got)}</span>${cause && html`<p>${linked(cause)}</p>`}`,
    )}
    <p class="soft">Rests on ${BASES[source.basis]}, ${cited(source)}: ${source.says}</p>
    <code class="address">${curl}</code>
  </li>`;
}

/** A text whose citations are links. */
function linked(text: string): Html {
  return html`${splitCitations(text).map((part) =>
    typeof part === 'string' ? part : html`<a href="${part.url}">${part.title}</a>`,
  )}`;
}

function cited({ basis, cite, url }: LinkedSource): Html {
  if (basis !== 'own') return linked(cite);
  return url === undefined ? html`${cite}` : html`<a href="${url}">${cite}</a>`;
}

/** What the answers tell of the tables behind the selection. */
function selectionSection({ selection }: ContractReport): Html {
  if (!selection) return html``;
  const learned = learnedLines(selection);
  return html`<section aria-labelledby="selection">
    <h2 id="selection">Selection of files</h2>
    ${selectionLines(selection).map((line) => html`<p>${line}</p>`)}
    ${
      learned.length === 0
        ? ''
        : html`<details>
            <summary>${plural(learned.length, 'type')} with deltas of their own</summary>
            <ul>
              ${learned.map((line) => html`<li>${line}</li>`)}
            </ul>
          </details>`
    }
  </section> `;
}

function allCases(cases: readonly CaseResult[]): Html {
  const folders = [...new Set(cases.map(({ folder }) => folder))];
  return html`<section aria-labelledby="cases">
    <h2 id="cases">All cases</h2>
    ${folders.map((folder) => {
      const own = cases.filter((item) => item.folder === folder);
      const counts = countVerdicts(own);
      const summary = VERDICTS.filter((verdict) => counts[verdict] > 0).map(
        (verdict) => `${counts[verdict]} ${verdict}`,
      );
      return html`<details>
        <summary>${folder}: ${summary.join(', ')}</summary>
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">Promise</th>
              <th scope="col">Verdict</th>
              <th scope="col">Answer</th>
              <th scope="col" class="number">Checks</th>
              <th scope="col" class="number">Time</th>
              <th scope="col">Rests on</th>
            </tr>
          </thead>
          <tbody>
            ${own.map(row)}
          </tbody>
        </table>
      </details>`;
    })}
  </section> `;
}

function row(item: CaseResult): Html {
  const { name, verdict, status, held, problems, milliseconds, source, deviation, reason, curl } = item;
  const aside = deviation ? html`${linked(deviation.cite)} promises otherwise: ${deviation.says}` : reason;
  return html`<tr>
    <th scope="row" class="case">
      ${name}${aside && html` <span class="soft address">${aside}</span>`}
      <span class="soft name address">${curl}</span>
    </th>
    <td><span class="tag ${TONES[verdict]}">${verdict}</span></td>
    <td>${status}</td>
    <td class="number">${held}/${held + problems.length}</td>
    <td class="number">${duration(milliseconds / 1000)}</td>
    <td class="soft">${cited(source)}</td>
  </tr>`;
}

function latencySection({ latency }: ContractReport): Html {
  if (latency.length === 0) return html``;
  return html`<section aria-labelledby="latency">
    <h2 id="latency">How long answers took</h2>
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">Kind</th>
          ${['Answers', 'Least', 'Median', '90 % within', 'Slowest', 'Earlier runs'].map(
            (title) => html`<th scope="col" class="number">${title}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${latency.map(
          ({ kind, count, min, median, p90, max, earlier }) =>
            html`<tr>
              <th scope="row">${kind}</th>
              <td class="number">${count}</td>
              ${[min, median, p90, max].map((seconds) => html`<td class="number">${duration(seconds)}</td>`)}
              <td class="number">${earlier ? `median ${duration(earlier.median)} of ${earlier.runs}` : '–'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section> `;
}
