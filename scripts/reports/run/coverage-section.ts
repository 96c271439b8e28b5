import { plural } from '../../lib/format';
import { coverageOf, type Coverage, type TypeCoverage } from './coverage';
import { coverageStrip } from './coverage-svg';
import { html, type Html } from '../page/html';
import { truncationNote } from '../page/truncation-note';
import type { ReportedBaseline } from './run-report';

/** Which L0 product has auxiliary files of which type: a line per type, a picture column with a cell per L0 product. */
export function coverageSection(baselines: readonly ReportedBaseline[]): Html {
  if (baselines.length === 0) return html``;
  const coverage = coverageOf(baselines);
  const types = typesTable(coverage);
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">Level-0 products and ADF types</h2>
    <p class="lead">${summary(coverage)}</p>
    ${
      coverage.gaps.length > 0
        ? html`${KEY}${types}`
        : html`<details>
            <summary>Files per type</summary>
            ${types}
          </details>`
    }${gaps(coverage)}${unknown(coverage)}${allLevel0(baselines)}
  </section> `;
}

const KEY = html`<p class="soft"><span class="key has"></span>has it <span class="key lacks"></span>lacks it</p>`;

function summary({ level0, gaps: lacking, types }: Coverage): string {
  const incomplete = lacking.reduce((sum, gap) => sum + gap.level0.length, 0);
  const having = `${plural(types.length, 'ADF type')} for ${plural(level0.length, 'L0 product')}`;
  if (types.length === 0) return `No auxiliary file is named for ${plural(level0.length, 'L0 product')}.`;
  if (level0.length < 2) return `${having}.`;
  if (incomplete === 0) return `${having}: none lacks a type that another one has.`;
  return `${having}: ${level0.length - incomplete} have every type, ${incomplete} lack at least one that others have.`;
}

function typesTable({ types, level0 }: Coverage): Html | undefined {
  if (types.length === 0) return undefined;
  return html`<table class="coverage">
    <thead>
      <tr>
        <th scope="col">ADF type</th>
        <th scope="col" class="number">Files</th>
        <th scope="col" class="number">L0 products</th>
        <th scope="col">In the order of their names</th>
      </tr>
    </thead>
    <tbody>
      ${types.map((type) => typeRow(type, level0.length))}
    </tbody>
  </table>`;
}

function typeRow(type: TypeCoverage, all: number): Html {
  return html`<tr>
    <th scope="row" class="name type">${type.type}</th>
    <td class="number">${type.distinct}</td>
    <td class="number${type.covered < all ? ' bad' : ''}">${type.covered}/${all}</td>
    <td class="picture">${coverageStrip(type)}</td>
  </tr> `;
}

function gaps({ gaps: lacking }: Coverage): Html | undefined {
  if (lacking.length === 0) return undefined;
  return html`<h3>Which lack what</h3>
    ${lacking.map(
      ({ missing, level0 }) =>
        html`<details>
          <summary>${plural(level0.length, 'L0 product')} without ${missing.join(', ')}</summary>
          ${names(level0)}
        </details>`,
    )}`;
}

function unknown({ unknown: level0 }: Coverage): Html | undefined {
  if (level0.length === 0) return undefined;
  return html`<details>
    <summary>${plural(level0.length, 'L0 product')} unknown to the service</summary>
    ${names(level0)}
  </details>`;
}

function allLevel0(baselines: readonly ReportedBaseline[]): Html {
  const lines = baselines.map(({ level0, adfs }) => `${level0}, ${plural(adfs.length, 'ADF')}`);
  return html`<details>
    <summary>All ${plural(baselines.length, 'L0 product')}</summary>
    ${names(lines)}
  </details>`;
}

const MAX_NAMES = 1000;

function names(list: readonly string[]): Html {
  return html`<ul>
      ${list.slice(0, MAX_NAMES).map((name) => html`<li class="name">${name}</li>`)}
    </ul>
    ${truncationNote(list.length, MAX_NAMES)}`;
}
