import type { CampaignFile } from '../../campaign/campaign-file';
import type { CampaignLock } from '../../campaign/lock/campaign-lock';
import { bytes, plural } from '../../lib/format';
import { groupBy } from '../../lib/group-by';
import { packageVersion } from '../../lib/package-version';
import { factsList } from '../../reports/page/facts-list';
import { html, type Html } from '../../reports/page/html';
import { page } from '../../reports/page/page';

export const PROGRESS_PAGE = 'progress.html';

/** Longest list of files that a page has; the manifest has all. */
const MAX_ROWS = 1000;
/** Between two looks of a browser, while files are wanted. */
const REFRESH_SECONDS = 10;

/** Where a campaign of several workers has got to, as its lock says; a browser reads it again until nothing is wanted any more. */
export function progressPage(lock: CampaignLock): string {
  const { campaign, updatedAt, files, level0, unpack } = lock;
  const { verified, failed, wanted } = statesOf(files);
  const notUnpacked = verified.filter(({ problem }) => problem !== undefined);
  const unpacked = verified.flatMap((file) => file.unpacked ?? []);
  return page({
    title: `${percentOf(files)} % ${campaign}`,
    kind: 'Campaign of several workers',
    heading: `${verified.length} of ${plural(files.length, 'file')} verified`,
    subject: campaign,
    auxflowVersion: packageVersion(),
    refreshSeconds: wanted.length > 0 ? REFRESH_SECONDS : undefined,
    body: html`${factsList([
      ['verified', `${verified.length} (${volume(verified)} of ${volume(files)})`],
      ['failed', String(failed.length)],
      ['wanted', String(wanted.length)],
      ...(unpack ? [['unpacked', unpackedWords(unpacked.length, notUnpacked.length)] as const] : []),
      ['Level-0 products', String(level0.length)],
      ['as of', updatedAt],
    ])}${problemsTable([...failed, ...notUnpacked])}${typesTable(files)}`,
  });
}

function unpackedWords(inside: number, refused: number): string {
  return `${plural(inside, 'file')}${refused > 0 ? `; ${plural(refused, 'archive')} not unpacked` : ''}`;
}

const STATES = ['verified', 'failed', 'wanted'] as const;

function statesOf(files: readonly CampaignFile[]): Record<CampaignFile['state'], readonly CampaignFile[]> {
  const [verified = [], failed = [], wanted = []] = STATES.map((state) => files.filter((file) => file.state === state));
  return { verified, failed, wanted };
}

const volume = (list: readonly { readonly bytes?: number }[]): string =>
  bytes(list.reduce((sum, file) => sum + (file.bytes ?? 0), 0));

function percentOf(files: readonly CampaignFile[]): number {
  return files.length === 0 ? 100 : Math.floor((100 * statesOf(files).verified.length) / files.length);
}

function problemsTable(files: readonly CampaignFile[]): Html | undefined {
  if (files.length === 0) return undefined;
  const rows = files.slice(0, MAX_ROWS).map(({ name, problem }) => [name, problem] as const);
  return html`<h2>Failed</h2>
    ${table(['file', 'error'], rows)}`;
}

function typesTable(files: readonly CampaignFile[]): Html {
  const rows = [...groupBy(files, ({ type }) => type)].map(([type, list]) => {
    const { verified, failed, wanted } = statesOf(list);
    const counts = [verified, failed, wanted].map(({ length }) => length);
    return [type, `${percentOf(list)} %`, ...counts, `${volume(verified)} of ${volume(list)}`] as const;
  });
  return html`<h2>By ADF type</h2>
    ${table(['type', 'done', ...STATES, 'volume'], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): Html {
  const cells = (row: (typeof rows)[number]): Html[] => row.map((value) => html`<td>${value}</td>`);
  return html`<table>
    <thead>
      <tr>
        ${head.map((name) => html`<th>${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${cells(row)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
