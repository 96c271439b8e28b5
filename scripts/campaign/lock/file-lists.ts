/** The lists beside the files of a campaign, as lines of text. Pure. */
import { csvLine } from '../../lib/csv';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock } from './campaign-lock';

/** A list by its name, in pieces of text. */
export interface FileList {
  readonly name: string;
  readonly pieces: Iterable<string>;
}

/** Those beside a lock, all made from it. */
export function fileLists(lock: CampaignLock): readonly FileList[] {
  return [
    { name: 'MD5SUMS', pieces: md5Sums(lock.files) },
    { name: 'manifest.jsonl', pieces: manifestLines(lock) },
    { name: 'manifest.csv', pieces: manifestCsv(lock) },
  ];
}

/**
 * GNU coreutils' form, for `md5sum -c MD5SUMS`: only what was verified, and what came out of it. Names need no escaping: they have neither
 * backslashes nor line ends.
 */
export function* md5Sums(files: readonly CampaignFile[]): Iterable<string> {
  const verified = files.flatMap(({ state, md5, path, unpacked = [] }) =>
    state === 'verified' && md5 && path ? [{ md5, path }, ...unpacked] : [],
  );
  verified.sort((a, b) => (a.path < b.path ? -1 : 1));
  for (const { md5, path } of verified) yield `${md5}  ${path}\n`;
}

/** A line of `manifest.jsonl`: a file as the lock has it, and who needs it. */
export interface ManifestLine extends CampaignFile {
  /** From a sandbox. */
  readonly contents?: 'made-up';
  /** `$value`, which needs a token. */
  readonly link: string;
  /** Names of Level-0 products. */
  readonly neededBy: readonly string[];
}

/** One JSON object per file and line, with the Level-0 products that need it. */
export function* manifestLines(lock: CampaignLock): Iterable<string> {
  const neededBy = level0OfFiles(lock);
  for (const [index, file] of lock.files.entries()) {
    const { site, contents } = lock;
    const line: ManifestLine = { ...file, contents, link: linkOf(file, site), neededBy: neededBy[index] ?? [] };
    yield `${JSON.stringify(line)}\n`;
  }
}

const COLUMNS = ['id', 'name', 'type', 'path', 'bytes', 'md5', 'publicationDate', 'state', 'problem'] as const;

export function* manifestCsv(lock: CampaignLock): Iterable<string> {
  const neededBy = countsOfFiles(lock);
  yield csvLine([...COLUMNS, 'neededBy', 'link', 'contents', 'unpackedFiles']);
  for (const [index, file] of lock.files.entries()) {
    const values = COLUMNS.map((column) => file[column] ?? '');
    const [needed, unpacked] = [neededBy[index] ?? 0, file.unpacked?.length ?? ''];
    yield csvLine([...values, needed, linkOf(file, lock.site), lock.contents ?? '', unpacked]);
  }
}

/** What lives on, where a presigned address dies after ten minutes. */
export function linkOf(
  { id }: Pick<CampaignFile, 'id'>,
  { auxipRoot }: Pick<CampaignLock['site'], 'auxipRoot'>,
): string {
  return `${auxipRoot}/Products(${id})/$value`;
}

/** Per file, in the order of files: how many Level-0 products need it. */
function countsOfFiles({ level0, files }: Pick<CampaignLock, 'level0' | 'files'>): Uint32Array {
  const counts = new Uint32Array(files.length);
  for (const { files: places } of level0) for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  return counts;
}

/** Per file, in the order of files: names of the Level-0 products. */
export function level0OfFiles({ level0, files }: Pick<CampaignLock, 'level0' | 'files'>): string[][] {
  const names: string[][] = files.map(() => []);
  for (const { name, files: places } of level0) for (const place of places) names[place]?.push(name);
  return names;
}
