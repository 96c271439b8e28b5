import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { truncationNote } from '../page/truncation-note';
import type { FileStatus } from '../../download/file-status';
import type { ReportedFile } from './run-report';
import { sizeOf } from '../page/size';

const STATES: Readonly<Record<FileStatus, { words: string; tone: string }>> = {
  verified: { words: 'verified', tone: 'good' },
  'already-here': { words: 'already here', tone: 'good' },
  failed: { words: 'failed', tone: 'bad' },
  'not-fetched': { words: 'not fetched', tone: 'soft' },
};

const MAX_ROWS = 2000;
const MANIFEST = ' and, of a fetch, in manifest.csv beside the files';

/** The distinct files of the run: what went wrong first, then in the order of the manifest. */
export function filesSection(files: readonly ReportedFile[]): Html {
  if (files.length === 0) return html``;
  const rows = [...files].sort((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'));
  return html`<section aria-labelledby="files">
    <h2 id="files">Auxiliary files</h2>
    <p class="lead">${plural(files.length, 'distinct file')}. Verified: size and MD5 are those of the catalogue.</p>
    <table class="stacked" data-list="auxiliary files">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col" class="number">Size</th>
          <th scope="col">MD5</th>
          <th scope="col">State</th>
          <th scope="col" class="number">Time</th>
          <th scope="col" class="number">Needed by</th>
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, MAX_ROWS).map(fileRow)}
      </tbody>
    </table>
    ${truncationNote(rows.length, MAX_ROWS, MANIFEST)}
  </section> `;
}

function fileRow({ name, type, bytes, md5, status, seconds, neededBy, error }: ReportedFile): Html {
  const { words, tone } = STATES[status];
  const here = status === 'verified' || status === 'already-here';
  return html`<tr>
    <th scope="row" class="name">
      ${name}${error === undefined ? undefined : html`<span class="failed-check">${error}</span>`}
    </th>
    <td class="name type">${type}</td>
    <td class="number" data-sort="${bytes}">${here || bytes > 0 ? sizeOf(bytes) : undefined}</td>
    <td class="name md5">${md5}</td>
    <td><span class="tag ${tone}">${words}</span></td>
    <td class="number" data-sort="${seconds ?? 0}">${seconds === undefined ? undefined : duration(seconds)}</td>
    <td class="number" data-sort="${neededBy}">${neededBy} L0</td>
  </tr> `;
}
