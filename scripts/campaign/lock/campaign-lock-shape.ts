import { LAYOUTS } from '../../download/layout';
import { ADF_NAME_PATTERN } from '../../sentinel/adf-name';
import type { CampaignLock } from './campaign-lock';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MD5 = /^[0-9a-f]{32}$/;
const ADF_NAME = new RegExp(ADF_NAME_PATTERN);

/**
 * Whether a value read from a file can be used as a lock: its paths stay inside its folder and its ids are ids, whoever wrote it.
 */
export function isLockContent(value: object): value is CampaignLock {
  const { lockVersion, campaign, request, layout, site, answers, level0, files } = value as Partial<
    Record<keyof CampaignLock, unknown>
  >;
  return (
    lockVersion === 1 &&
    typeof campaign === 'string' &&
    isRecord(site) &&
    isRequest(request) &&
    (layout === undefined || LAYOUTS.some((known) => known === layout)) &&
    isListOf(answers, isAnswer) &&
    isListOf(files, isFile) &&
    isListOf(level0, (row) => typeof row.name === 'string' && Array.isArray(row.files))
  );
}

type Row = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isRow: (row: Row) => boolean): boolean {
  return Array.isArray(value) && value.every((row) => isRecord(row) && isRow(row));
}

function isRequest(value: unknown): boolean {
  return isRecord(value) && ['mission', 'unit', 'productType'].every((key) => typeof value[key] === 'string');
}

function isAnswer({ path, sha256 }: Row): boolean {
  return typeof path === 'string' && /^answers\/[\w.-]+$/.test(path) && typeof sha256 === 'string';
}

function isFile({ id, name, path, bytes, md5, state }: Row): boolean {
  const isKnown = path !== undefined;
  return (
    typeof id === 'string' &&
    UUID.test(id) &&
    typeof name === 'string' &&
    ['verified', 'wanted', 'failed'].includes(String(state)) &&
    (!isKnown || (typeof path === 'string' && isInside(path))) &&
    (bytes === undefined || Number.isSafeInteger(bytes)) &&
    (md5 === undefined || (typeof md5 === 'string' && MD5.test(md5)))
  );
}

/** Folders of plain words, then the name of an auxiliary file. */
function isInside(path: string): boolean {
  const folders = path.split('/');
  const name = folders.pop() ?? '';
  return ADF_NAME.test(name) && folders.every((folder) => /^[A-Za-z0-9_-]+$/.test(folder));
}
