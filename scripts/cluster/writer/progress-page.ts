import type { CampaignFile } from '../../campaign/campaign-file';
import type { CampaignLock } from '../../campaign/lock/campaign-lock';
import { bytes, plural } from '../../lib/format';
import { packageVersion } from '../../lib/package-version';
import { factsList } from '../../reports/page/facts-list';
import type { FindingCount } from '../queue/finding-counts';
import { html, type Html } from '../../reports/page/html';
import { page } from '../../reports/page/page';
import { madeUpBanner } from '../../reports/run/made-up-banner';

export const PROGRESS_PAGE = 'progress.html';

/** Longest list of files that a page has; the manifest has all. */
const MAX_ROWS = 1000;
/** Between two looks of a browser, while files are wanted. */
const REFRESH_SECONDS = 10;

/** Files of one ADF type, or all. */
interface Counts {
  readonly files: Record<CampaignFile['state'], number>;
  readonly bytes: Record<CampaignFile['state'], number>;
}

export interface Progress {
  add(file: CampaignFile): void;
  readonly all: Counts;
  readonly types: ReadonlyMap<string, Counts>;
  /** Files that archives were unpacked to. */
  readonly unpacked: number;
  /** Verified archives that were not. */
  readonly notUnpacked: number;
  /** As many as the page shows. */
  readonly problems: readonly Pick<CampaignFile, 'name' | 'problem'>[];
}

/** Counts files as they come: a campaign of a million products has too many to be kept. */
export function countProgress(): Progress {
  const types = new Map<string, Counts>();
  const all = noneYet();
  const [failed, refused]: [CampaignFile[], CampaignFile[]] = [[], []];
  let [unpacked, notUnpacked] = [0, 0];
  return {
    add(file) {
      const { type, state, bytes: size = 0, problem } = file;
      const own = types.get(type) ?? noneYet();
      types.set(type, own);
      for (const counts of [all, own]) {
        counts.files[state] += 1;
        counts.bytes[state] += size;
      }
      if (state === 'verified') unpacked += file.unpacked?.length ?? 0;
      const isRefused = state === 'verified' && problem !== undefined;
      if (isRefused) notUnpacked += 1;
      if (state === 'failed' && failed.length < MAX_ROWS) failed.push(file);
      if (isRefused && refused.length < MAX_ROWS) refused.push(file);
    },
    all,
    types,
    get unpacked() {
      return unpacked;
    },
    get notUnpacked() {
      return notUnpacked;
    },
    get problems() {
      return [...failed, ...refused].slice(0, MAX_ROWS);
    },
  };
}

const noneYet = (): Counts => ({
  files: { verified: 0, failed: 0, wanted: 0 },
  bytes: { verified: 0, failed: 0, wanted: 0 },
});

interface Baselines {
  /** How many Level-0 products. */
  readonly level0: number;
  readonly lacking: readonly FindingCount[];
}

/**
 * Where a campaign of several workers has got to; a browser reads it again until nothing is wanted any more.
 */
export function progressPage(
  { campaign, contents, updatedAt, unpack }: Pick<CampaignLock, 'campaign' | 'contents' | 'updatedAt' | 'unpack'>,
  { all, types, unpacked, notUnpacked, problems }: Progress,
  { level0, lacking }: Baselines,
): string {
  const { verified, failed, wanted } = all.files;
  return page({
    title: `${percentOf(all)} % ${campaign}`,
    kind: 'Campaign of several workers',
    heading: `${verified} of ${plural(sumOf(all.files), 'file')} verified${lacking.length > 0 ? ', baselines incomplete or wrong' : ''}`,
    subject: campaign,
    auxflowVersion: packageVersion(),
    refreshSeconds: wanted > 0 ? REFRESH_SECONDS : undefined,
    body: html`${madeUpBanner({ contents })}
      <section>
        ${factsList([
          ['verified', `${verified} (${volumeWords(all)})`],
          ['failed', String(failed)],
          ['wanted', String(wanted)],
          ...(unpack ? [['unpacked', unpackedWords(unpacked, notUnpacked)] as const] : []),
          ['Level-0 products', String(level0)],
          ['as of', updatedAt],
        ])}
      </section>
      ${lackingTable(lacking)}${problemsTable(problems)}${typesTable(types)}`,
  });
}

function unpackedWords(inside: number, refused: number): string {
  return `${plural(inside, 'file')}${refused > 0 ? `; ${plural(refused, 'archive')} not unpacked` : ''}`;
}

const STATES = ['verified', 'failed', 'wanted'] as const;

const sumOf = (counts: Counts['files']): number => STATES.reduce((sum, state) => sum + counts[state], 0);

const volumeWords = (counts: Counts): string => `${bytes(counts.bytes.verified)} of ${bytes(sumOf(counts.bytes))}`;

function percentOf({ files }: Counts): number {
  const count = sumOf(files);
  return count === 0 ? 100 : Math.floor((100 * files.verified) / count);
}

function lackingTable(lacking: Baselines['lacking']): Html | undefined {
  if (lacking.length === 0) return undefined;
  const rows = lacking.map(({ code, type, level0 }) => [code, type, level0] as const);
  return section('Incomplete or wrong baselines', ['finding', 'ADF type', 'Level-0 products'], rows);
}

function problemsTable(files: Progress['problems']): Html | undefined {
  if (files.length === 0) return undefined;
  const rows = files.map(({ name, problem }) => [name, problem] as const);
  return section('Failed', ['file', 'error'], rows);
}

function typesTable(types: Progress['types']): Html {
  const rows = [...types].map(([type, counts]) => {
    const each = STATES.map((state) => counts.files[state]);
    return [type, `${percentOf(counts)} %`, ...each, volumeWords(counts)] as const;
  });
  return section('By ADF type', ['type', 'done', ...STATES, 'volume'], rows);
}

type Row = readonly (string | number | undefined)[];

function section(heading: string, head: readonly string[], rows: readonly Row[]): Html {
  return html`<section>
    <h2>${heading}</h2>
    ${table(head, rows)}
  </section>`;
}

function table(head: readonly string[], rows: readonly Row[]): Html {
  const cells = (row: Row): Html[] => row.map((value) => html`<td>${value}</td>`);
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
