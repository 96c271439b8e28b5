import { html, type Html } from './html';

/**
 * Says how many rows of a list a page leaves out. The page of a campaign with tens of thousands of files would be tens of
 * megabytes otherwise, which no browser shows gladly, and which is one text in memory while it is written.
 * @param also where else they stand
 * @returns nothing when all are shown
 */
export function leftOut(all: number, most: number, also = ''): Html | undefined {
  if (all <= most) return undefined;
  return html`<p class="soft">
    The first ${most} of ${all} are shown. All stand in <a href="run.json">run.json</a>${also}.
  </p> `;
}
