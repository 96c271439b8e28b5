import type { CampaignLock, LockedFile } from '../../campaign/lock/campaign-lock';
import { bytes, plural } from '../../lib/format';
import { packageVersion } from '../../lib/package-version';
import { factsList } from '../../reports/page/facts-list';
import { html } from '../../reports/page/html';
import { page } from '../../reports/page/page';

export const PROGRESS_PAGE = 'progress.html';

/** Longest list of files that a page has; the manifest has all. */
const MAX_ROWS = 1000;

/** Where a campaign of several workers has got to, as its lock says. */
export function progressPage({ campaign, updatedAt, files, level0 }: CampaignLock): string {
  const inState = (state: LockedFile['state']): LockedFile[] => files.filter((file) => file.state === state);
  const [verified, failed] = [inState('verified'), inState('failed')];
  const volume = (list: readonly LockedFile[]): string => bytes(list.reduce((sum, file) => sum + (file.bytes ?? 0), 0));
  const open = files.length - verified.length - failed.length;
  const share = files.length === 0 ? 100 : Math.floor((100 * verified.length) / files.length);
  const failures = html`<h2>Failed</h2>
    <table>
      <thead>
        <tr>
          <th>file</th>
          <th>error</th>
        </tr>
      </thead>
      <tbody>
        ${failed.slice(0, MAX_ROWS).map(
          ({ name, problem }) =>
            html`<tr>
              <td>${name}</td>
              <td>${problem}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  return page({
    title: `${share} % ${campaign}`,
    kind: 'Campaign of several workers',
    heading: `${verified.length} of ${plural(files.length, 'file')} verified`,
    subject: campaign,
    auxflowVersion: packageVersion(),
    body: html`${factsList([
      ['verified', `${verified.length} (${volume(verified)} of ${volume(files)})`],
      ['failed', String(failed.length)],
      ['wanted', String(open)],
      ['Level-0 products', String(level0.length)],
      ['as of', updatedAt],
    ])}${failed.length > 0 ? failures : undefined}`,
  });
}
