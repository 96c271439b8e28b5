import { LAYOUTS } from '../../download/layout';
import { isRoot } from '../../services/service-url';
import { outputProblems } from '../../services/schema/validators';
import { isPlainText } from '../../lib/visible-text';
import { isUnpackedPath } from '../../unpack/archive';
import { isSafeFileName } from '../../sentinel/safe-name';
import type { CampaignLock } from './campaign-lock';
import { isRecord } from '../../lib/read-json';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MD5 = /^[0-9a-f]{32}$/;

const DATE = /^\d{4}-\d\d-\d\dT[\d:.]{1,20}Z?$/;

/**
 * Whether a value read from a file can be used as a lock: its paths stay inside its folder, ids are ids, names are names and roots are
 * addresses, whoever wrote it.
 */
export function isLockContent(value: object): value is CampaignLock {
  const { lockVersion, campaign, auxflow, updatedAt, complete, request, layout, site, ...lists } = value as Members;
  const { contents, unpack, answers, completeness, matrix, level0, files } = lists;
  return (
    lockVersion === 1 &&
    [campaign, auxflow, updatedAt].every(isPlain) &&
    typeof complete === 'boolean' &&
    isSite(site) &&
    isRequest(request) &&
    (contents === undefined || contents === 'made-up') &&
    (unpack === undefined || unpack === true) &&
    (layout === undefined || LAYOUTS.some((known) => known === layout)) &&
    isListOf(answers, isAnswer) &&
    (completeness === undefined || outputProblems('completeness', completeness).length === 0) &&
    (matrix === undefined || isMatrix(matrix)) &&
    isListOf(files, isFile) &&
    isListOf(level0, (row) => isLevel0Row(row, Array.isArray(files) ? files.length : 0))
  );
}

/** @param files how many there are for `files` of the row to be places of */
export function isLevel0Row(row: unknown, files: number): row is CampaignLock['level0'][number] {
  return isRecord(row) && isPlain(row.name) && typeof row.known === 'boolean' && isPlaces(row.files, files);
}

type Members = Partial<Record<keyof CampaignLock, unknown>>;
type Row = Readonly<Record<string, unknown>>;

function isListOf(value: unknown, isRow: (row: Row) => boolean): boolean {
  return Array.isArray(value) && value.every((row) => isRecord(row) && isRow(row));
}

/** A text of a lock that others may have written: it reaches terminals, lists and other tools. */
export const isPlain = (value: unknown): value is string => typeof value === 'string' && isPlainText(value);
const isName = (value: unknown): value is string => typeof value === 'string' && isSafeFileName(value);

function isPlaces(value: unknown, count: number): boolean {
  const isPlace = (place: unknown): boolean => Number.isInteger(place) && Number(place) >= 0 && Number(place) < count;
  return Array.isArray(value) && value.every(isPlace);
}

const isRootText = (value: unknown): boolean => typeof value === 'string' && isRoot(value);

function isSite(value: unknown): boolean {
  return isRecord(value) && isPlain(value.environment) && [value.siteUrl, value.auxipRoot].every(isRootText);
}

function isRequest(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { mission, unit, productType, level0Names = [], start = '', stop = '' } = value;
  const isNames = Array.isArray(level0Names) && level0Names.every(isPlain);
  return isNames && [mission, unit, productType, start, stop].every(isPlain);
}

function isAnswer({ path, sha256, url, bytes = 0 }: Row): boolean {
  return (
    (path === undefined || isPlainPath(path)) &&
    isPlain(sha256) &&
    (url === undefined || (typeof url === 'string' && PLAIN_ADDRESS.test(url))) &&
    isSize(bytes)
  );
}

/** As long as the requests of a campaign are, and longer. */
const PLAIN_ADDRESS = /^[^\p{C}\p{Z}]{0,20000}$/u;

const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isPlainPath = (path: unknown): boolean => typeof path === 'string' && /^answers\/[\w-][\w.-]*$/.test(path);

/** A file that a lock may have. */
export function isFile(row: Row): boolean {
  const { id, name, type, path, bytes, md5, state, publicationDate, problem, unpacked } = row;
  const isKnown = path !== undefined;
  return (
    typeof id === 'string' &&
    UUID.test(id) &&
    isName(name) &&
    typeof type === 'string' &&
    /^[\w-]{0,64}$/.test(type) &&
    (problem === undefined || (typeof problem === 'string' && /^\w{1,64}$/.test(problem))) &&
    (publicationDate === undefined || (typeof publicationDate === 'string' && DATE.test(publicationDate))) &&
    ['verified', 'wanted', 'failed'].includes(String(state)) &&
    (!isKnown || (typeof path === 'string' && isInside(path))) &&
    (bytes === undefined || isSize(bytes)) &&
    (md5 === undefined || isMd5(md5)) &&
    (unpacked === undefined || (typeof path === 'string' && isListOf(unpacked, isUnpackedOf(path))))
  );
}

const isMd5 = (value: unknown): boolean => typeof value === 'string' && MD5.test(value);

function isUnpackedOf(archive: string): (row: Row) => boolean {
  return ({ path, bytes, md5 }) =>
    typeof path === 'string' && isUnpackedPath(path, archive) && isSize(bytes) && isMd5(md5);
}

function isMatrix(value: unknown): boolean {
  return isRecord(value) && value.path === 'matrix.json' && isPlain(value.sha256);
}

/** Folders of plain words, then the name of an auxiliary file. */
function isInside(path: string): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  return isSafeFileName(name) && folders.every((folder) => /^[A-Za-z0-9_-]+$/.test(folder));
}
