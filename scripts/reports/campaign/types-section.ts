import { html, type Html } from '../page/html';
import type { CompletenessMatrix, MatrixType } from '../../matrix/matrix';
import { countColours, type CellColour } from './campaign-picture';
import { durationWords } from './words';

const COLUMNS: readonly (readonly [colour: CellColour, heading: string])[] = [
  ['present', 'Present'],
  ['missing', 'Missing'],
  ['wrong', 'Wrong'],
  ['duplicate', 'Listed twice'],
  ['unexpected', 'Unexpected'],
  ['unknown', 'Cannot tell'],
  ['allowed', 'Allowed'],
];
const FINE: readonly CellColour[] = ['present', 'allowed'];

/** A row per type: its rule, and how many Level-0 products are in which state. Types with problems first. */
export function typesSection({ types }: CompletenessMatrix): Html {
  if (types.length === 0) return html``;
  const rows = types
    .map((type) => ({ type, counts: countColours(type) }))
    .sort((a, b) => problems(b.counts) - problems(a.counts));
  return html`<section aria-labelledby="types">
    <h2 id="types">ADF types</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of ADF types">
      <table data-list="ADF types">
        <thead>
          <tr>
            <th scope="col">ADF type</th>
            <th scope="col">Rule</th>
            <th scope="col" class="number">Widened by</th>
            ${COLUMNS.map(([, heading]) => html`<th scope="col" class="number">${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(typeRow)}
        </tbody>
      </table>
    </div>
  </section> `;
}

type Counts = Readonly<Record<CellColour, number>>;

function typeRow({ type, counts }: { type: MatrixType; counts: Counts }): Html {
  return html`<tr>
    <th scope="row" class="name">${type.type}</th>
    <td class="name">${type.rule ?? (type.wanted ? 'not known' : 'not wanted')}</td>
    <td class="number" data-sort="${type.deltas.delta0 + type.deltas.delta1}">${widened(type.deltas)}</td>
    ${COLUMNS.map(([colour]) => html`<td class="number${counts[colour] > 0 && !FINE.includes(colour) ? ' bad' : ''}">${counts[colour]}</td>`)}
  </tr> `;
}

function widened({ delta0, delta1 }: MatrixType['deltas']): string {
  return delta0 === 0 && delta1 === 0 ? '0' : `${durationWords(delta0)}, ${durationWords(delta1)}`;
}

function problems(counts: Counts): number {
  return COLUMNS.reduce((sum, [colour]) => sum + (FINE.includes(colour) ? 0 : counts[colour]), 0);
}
