/** The lists beside the files of a campaign, as lines of text. Pure. */
import { csvLine } from '../../lib/csv';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock } from './campaign-lock';
import { neededByIn, type WhoNeeds } from './needed-by';

/** A list by its name, in pieces of text. */
export interface FileList<Pieces = Iterable<string>> {
  readonly name: string;
  readonly pieces: Pieces;
}

/** Of those beside a lock, wherever it is. */
export const LIST_NAMES = ['MD5SUMS', 'manifest.jsonl', 'manifest.csv'] as const;

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
export function md5Sums(files: readonly CampaignFile[]): Iterable<string> {
  return sumLines(files.flatMap(summedParts));
}

/** A file with its MD5. */
export interface SummedPart {
  readonly path: string;
  readonly md5: string;
}

export function summedParts({ state, md5, path, unpacked = [] }: CampaignFile): readonly SummedPart[] {
  return state === 'verified' && md5 && path ? [{ md5, path }, ...unpacked] : [];
}

/** By their paths. */
export function* sumLines(parts: readonly SummedPart[]): Iterable<string> {
  const sorted = parts.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { md5, path } of sorted) yield `${md5}  ${path}\n`;
}

/** A line of `manifest.jsonl`: a file as the lock has it, and who needs it. */
export interface ManifestLine extends CampaignFile, WhoNeeds {
  /** From a sandbox. */
  readonly contents?: 'made-up';
  /** `$value`, which needs a token. */
  readonly link: string;
}

/** One JSON object per file and line, with the Level-0 products that need it. */
export function* manifestLines(lock: CampaignLock): Iterable<string> {
  const neededBy = neededByIn(lock.level0);
  for (const [place, file] of lock.files.entries()) yield manifestLine(file, lock, neededBy.who(place));
}

/** What lists say of all files. */
type Origin = Pick<CampaignLock, 'site' | 'contents'>;

export function manifestLine(file: CampaignFile, { site, contents }: Origin, who: WhoNeeds): string {
  const line: ManifestLine = { ...file, contents, link: linkOf(file, site), ...who };
  return `${JSON.stringify(line)}\n`;
}

const COLUMNS = ['id', 'name', 'type', 'path', 'bytes', 'md5', 'publicationDate', 'state', 'problem'] as const;

export function* manifestCsv(lock: CampaignLock): Iterable<string> {
  const neededBy = neededByIn(lock.level0);
  yield csvHead();
  for (const [place, file] of lock.files.entries()) yield csvRow(file, lock, neededBy.count(place));
}

export const csvHead = (): string => csvLine([...COLUMNS, 'neededBy', 'link', 'contents', 'unpackedFiles']);

/** @param neededBy how many Level-0 products */
export function csvRow(file: CampaignFile, { site, contents }: Origin, neededBy: number): string {
  const values = COLUMNS.map((column) => file[column] ?? '');
  return csvLine([...values, neededBy, linkOf(file, site), contents ?? '', file.unpacked?.length ?? '']);
}

/** What lives on, where a presigned address dies after ten minutes. */
export function linkOf(
  { id }: Pick<CampaignFile, 'id'>,
  { auxipRoot }: Pick<CampaignLock['site'], 'auxipRoot'>,
): string {
  return `${auxipRoot}/Products(${id})/$value`;
}

/** Per file, in the order of files: names of the Level-0 products. */
export function level0OfFiles({ level0, files }: Pick<CampaignLock, 'level0' | 'files'>): string[][] {
  const names: string[][] = files.map(() => []);
  for (const { name, files: places } of level0) for (const place of places) names[place]?.push(name);
  return names;
}
