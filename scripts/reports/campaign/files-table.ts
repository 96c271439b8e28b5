import { plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import type { CampaignPicture } from './campaign-picture';
import { FILE_COLUMNS, listedFiles, type ListedFile } from './file-columns';

/** Without scripts, and on paper; browser/files-table.ts shows them all. */
const FIRST_ROWS = 100;

export function filesTable(picture: CampaignPicture): Html {
  const files = listedFiles(picture);
  if (files.length === 0) return html``;
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
            ${FILE_COLUMNS.map(({ heading, kind }) => html`<th scope="col" class="${kind === 'number' ? kind : ''}">${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${files.slice(0, FIRST_ROWS).map(fileRow)}
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

function fileRow(file: ListedFile): Html {
  const [name, ...others] = FILE_COLUMNS;
  return html`<tr>
    <th scope="row" class="name">${name?.words(file)}</th>
    ${others.map(({ kind = '', words }) => html`<td class="${kind}">${words(file)}</td>`)}
  </tr> `;
}
