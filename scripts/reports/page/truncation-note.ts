import { html, type Html } from './html';

/**
 * Says how many rows of a list are shown. A page of tens of thousands of files would be tens of megabytes, in memory while it is written.
 * @param also further places with all rows
 * @returns undefined if all rows are shown
 */
export function truncationNote(all: number, max: number, also = ''): Html | undefined {
  if (all <= max) return undefined;
  return html`<p class="soft">
    The first ${max} of ${all} are shown; all are in <a href="run.json">run.json</a>${also}.
  </p> `;
}
