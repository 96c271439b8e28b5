import { duration } from '../../lib/format';
import { html, type Html } from '../page/html';
import { CELL_STATES, pairs, type CampaignPicture, type CellState, type PictureType } from './campaign-picture';

const PROBLEMS = ['missing', 'wrong', 'duplicate', 'unexpected', 'unknown', 'allowed'] as const;

/** A row per type: its rule, and how many Level-0 products are in which state. Types with problems first. */
export function typesSection(picture: CampaignPicture): Html {
  const { types } = picture;
  if (types.length === 0) return html``;
  const rows = types
    .map((type, place) => ({ type, counts: countsOf(picture, place) }))
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
            <th scope="col" class="number">Present</th>
            <th scope="col" class="number">Missing</th>
            <th scope="col" class="number">Wrong</th>
            <th scope="col" class="number">Listed twice</th>
            <th scope="col" class="number">Unexpected</th>
            <th scope="col" class="number">Cannot tell</th>
            <th scope="col" class="number">Allowed</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(typeRow)}
        </tbody>
      </table>
    </div>
  </section> `;
}

type Counts = Readonly<Record<CellState, number>>;

function typeRow({ type, counts }: { type: PictureType; counts: Counts }): Html {
  return html`<tr>
    <th scope="row" class="name">${type.name}</th>
    <td class="name">${type.rule ?? 'not expected'}</td>
    <td class="number" data-sort="${type.delta0 + type.delta1}">${widened(type)}</td>
    <td class="number">${counts.present}</td>
    ${PROBLEMS.map((state) => html`<td class="number${counts[state] > 0 && state !== 'allowed' ? ' bad' : ''}">${counts[state]}</td>`)}
  </tr> `;
}

function widened({ delta0, delta1 }: PictureType): string {
  return delta0 === 0 && delta1 === 0 ? '0' : `${duration(delta0)}, ${duration(delta1)}`;
}

function countsOf({ cells, runs }: CampaignPicture, row: number): Counts {
  const counts = Object.fromEntries(CELL_STATES.map((state) => [state, 0])) as Record<CellState, number>;
  for (const [count, cell] of pairs(runs[row] ?? [])) counts[cells[cell]?.state ?? 'unknown'] += count;
  return counts;
}

function problems(counts: Counts): number {
  return PROBLEMS.reduce((sum, state) => sum + (state === 'allowed' ? 0 : counts[state]), 0);
}
