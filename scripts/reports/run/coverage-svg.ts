import { html, type Html } from '../page/html';
import type { TypeCoverage } from './coverage';

/**
 * One line of the coverage table as a picture: a column per L0 product, marked where it lacks the type. Neighbours are one
 * rectangle, so that thousands of L0 products stay small; the drawing stretches to whatever width it is given.
 */
export function coverageStrip({ type, counts, covered }: TypeCoverage): Html {
  const title = `${type}: ${covered} of ${counts.length} L0 products have it`;
  const width = counts.length;
  return html`<svg class="strip" viewBox="0 0 ${width} 1" preserveAspectRatio="none" role="img">
    <title>${title}</title>
    <rect class="has" width="${width}" height="1" />
    ${gapsOf(counts).map(([start, end]) => html`<rect class="lacks" x="${start}" width="${end - start}" height="1" />`)}
  </svg>`;
}

/** Columns that a screen can tell apart. */
const RESOLUTION = 500;

/** Stretches of zeros, each from its first column to the one after its last; those too near to be told apart are one. */
function gapsOf(counts: readonly number[]): [start: number, end: number][] {
  const gaps: [start: number, end: number][] = [];
  const nearest = Math.ceil(counts.length / RESOLUTION);
  counts.forEach((count, column) => {
    if (count > 0) return;
    const last = gaps.at(-1);
    if (last && column - last[1] < nearest) last[1] = column + 1;
    else gaps.push([column, column + 1]);
  });
  return gaps;
}
