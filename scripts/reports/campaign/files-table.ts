import { plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { sizeOf } from '../page/size';
import type { MatrixFile } from '../../matrix/matrix';
import type { CampaignPicture, FileFacts } from './campaign-picture';

/** Without scripts, and on paper; browser/files-table.ts shows them all. */
const FIRST_ROWS = 100;

const HEADINGS = ['Name', 'Valid (UTC)', 'Made', 'Size', 'MD5', 'State', 'Level-0 products'] as const;
const NUMBERS: readonly string[] = ['Size', 'Level-0 products'];

export function filesTable({ matrix: { files }, facts }: CampaignPicture): Html {
  if (files.length === 0) return html``;
  const rows = files
    .map((file, place) => ({ file, known: facts[place] ?? { neededBy: 0 } }))
    .sort((a, b) => Number(a.known.neededBy === 0) - Number(b.known.neededBy === 0));
  return html`<section aria-labelledby="files">
    <h2 id="files">Files</h2>
    <p class="lead">${plural(files.length, 'file')}, with the candidates that no baseline names.</p>
    <p class="search">
      <label>Search <input type="search" id="files-search" placeholder="name, MD5, date, state" /></label>
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of files">
      <table id="files-table">
        <thead>
          <tr>
            ${HEADINGS.map((text) => html`<th scope="col" class="${NUMBERS.includes(text) ? 'number' : ''}">${text}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, FIRST_ROWS).map(({ file, known }) => fileRow(file, known))}
        </tbody>
      </table>
    </div>
    <div id="files-pager">
      <span id="files-status" role="status"
        >The first ${Math.min(files.length, FIRST_ROWS)} of ${plural(files.length, 'file')}.</span
      >
    </div>
  </section> `;
}

function fileRow({ name, start, stop, creation }: MatrixFile, { bytes, md5, status, neededBy }: FileFacts): Html {
  return html`<tr>
    <th scope="row" class="name">${name}</th>
    <td>${time(start)} to ${time(stop)}</td>
    <td>${time(creation)}</td>
    <td class="number">${bytes === undefined ? undefined : sizeOf(bytes)}</td>
    <td class="name">${md5}</td>
    <td>${status?.replace('-', ' ') ?? 'not named'}</td>
    <td class="number">${neededBy}</td>
  </tr> `;
}

function time(milliseconds: number | undefined): string {
  return milliseconds === undefined ? 'unknown' : new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}
