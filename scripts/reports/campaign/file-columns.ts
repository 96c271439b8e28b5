/** The table of files: the same columns in the markup, which paper has, and in the rows that the page's program makes. */
import { bytes, plural } from '../../lib/format';
import type { MatrixFile } from '../../matrix/matrix';
import type { CampaignPicture, FileFacts } from './campaign-picture';
import { spanWords, timeWords } from './words';

export type ListedFile = MatrixFile & FileFacts;

export interface FileColumn {
  readonly heading: string;
  /** Class of its cells. */
  readonly kind?: 'name' | 'number';
  readonly words: (file: ListedFile) => string;
  /** What it is sorted by. */
  readonly key: (file: ListedFile) => string | number;
}

/** The first one names the row. */
export const FILE_COLUMNS: readonly FileColumn[] = [
  { heading: 'Name', kind: 'name', words: ({ name }) => name, key: ({ name }) => name },
  { heading: 'Valid (UTC)', words: spanWords, key: ({ start = 0 }) => start },
  { heading: 'Made', words: ({ creation }) => timeWords(creation).slice(0, 16), key: ({ creation = 0 }) => creation },
  {
    heading: 'Size',
    kind: 'number',
    words: ({ bytes: size }) => (size === undefined ? '' : bytes(size)),
    key: ({ bytes: size = -1 }) => size,
  },
  { heading: 'Rate', kind: 'number', words: rateWords, key: (file) => rateOf(file) ?? -1 },
  { heading: 'MD5', kind: 'name', words: ({ md5 = '' }) => md5, key: ({ md5 = '' }) => md5 },
  {
    heading: 'State',
    words: stateWords,
    key: ({ status = '~' }) => status,
  },
  {
    heading: 'Level-0 products',
    kind: 'number',
    words: ({ neededBy }) => String(neededBy),
    key: ({ neededBy }) => neededBy,
  },
];

/** Bytes per second; absent where nothing was transferred. */
function rateOf({ bytes: size, seconds }: ListedFile): number | undefined {
  return size === undefined || !seconds ? undefined : size / seconds;
}

function rateWords(file: ListedFile): string {
  const rate = rateOf(file);
  return rate === undefined ? '' : `${bytes(rate)}/s`;
}

function stateWords({ status, error, retries }: ListedFile): string {
  const again = retries === undefined ? '' : `, ${plural(retries, 'retry', 'retries')}`;
  return `${status?.replace('-', ' ') ?? 'not named'}${again}${error ? `: ${error}` : ''}`;
}

/** Files that a baseline names before the candidates that none does. */
export function listedFiles({ matrix, facts }: CampaignPicture): ListedFile[] {
  return matrix.files
    .map((file, place) => ({ ...file, ...(facts[place] ?? { neededBy: 0 }) }))
    .sort((a, b) => Number(a.neededBy === 0) - Number(b.neededBy === 0));
}
