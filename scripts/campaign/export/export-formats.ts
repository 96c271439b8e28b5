/** A lock in the forms that other tools read, as lines of text. Links are those of `$value`: presigned ones die in ten minutes. */
import { escapeXml } from '../../lib/xml-tree';
import { parseAdfName } from '../../sentinel/adf-name';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock } from '../lock/campaign-lock';
import { linkOf } from '../lock/file-lists';
import type { UnpackedFile } from '../../unpack/archive';

export type ExportFormat = 'metalink' | 'aria2' | 'urls' | 'stac';

/** A file that can be asked for and proven. */
type Provable = CampaignFile & Required<Pick<CampaignFile, 'path' | 'bytes' | 'md5' | 'publicationDate'>>;

/** A lock, and where its verified files are objects: `s3://bucket/prefix`. */
export type ExportedLock = CampaignLock & { readonly objects?: string };

const FORMATS: Readonly<Record<ExportFormat, (lock: ExportedLock, files: readonly Provable[]) => Iterable<string>>> = {
  metalink,
  aria2,
  urls,
  stac,
};

export const EXPORT_FORMATS = Object.keys(FORMATS) as ExportFormat[];

export function exported(lock: ExportedLock, format: ExportFormat): Iterable<string> {
  return FORMATS[format](lock, lock.files.filter(isProvable));
}

function isProvable(file: CampaignFile): file is Provable {
  const { path, bytes, md5, publicationDate } = file;
  return [path, bytes, md5, publicationDate].every((value) => value !== undefined);
}

/** Metalink 4 (RFC 5854). */
function* metalink(lock: CampaignLock, files: readonly Provable[]): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<metalink xmlns="urn:ietf:params:xml:ns:metalink">\n';
  yield `  <generator>auxflow/${escapeXml(lock.auxflow)}</generator>\n  <updated>${escapeXml(lock.updatedAt)}</updated>\n`;
  for (const file of files) {
    yield `  <file name="${escapeXml(file.path)}">\n    <size>${file.bytes}</size>\n`;
    yield `    <hash type="md5">${file.md5}</hash>\n    <url>${escapeXml(linkOf(file, lock.site))}</url>\n  </file>\n`;
  }
  yield '</metalink>\n';
}

/** For `aria2c --input-file`; the token goes in with `--header`. */
function* aria2(lock: CampaignLock, files: readonly Provable[]): Iterable<string> {
  for (const file of files) yield `${linkOf(file, lock.site)}\n  out=${file.path}\n  checksum=md5=${file.md5}\n`;
}

function* urls(lock: CampaignLock, files: readonly Provable[]): Iterable<string> {
  for (const file of files) yield `${linkOf(file, lock.site)}\n`;
}

/** One for each prefix that an item uses; `published` is that of timestamps. */
const STAC_EXTENSIONS = [
  'https://home.rs-python.eu/auxip-stac-extension/v1.1.0/schema.json',
  'https://stac-extensions.github.io/file/v2.1.0/schema.json',
  'https://stac-extensions.github.io/product/v1.0.0/schema.json',
  'https://stac-extensions.github.io/timestamps/v1.1.0/schema.json',
];

/** An ItemCollection, an item per line. */
function* stac(lock: ExportedLock, files: readonly Provable[]): Iterable<string> {
  yield '{"type":"FeatureCollection","features":[\n';
  for (const [index, file] of files.entries())
    yield `${JSON.stringify(stacItem(file, lock))}${index + 1 < files.length ? ',' : ''}\n`;
  yield ']}\n';
}

function stacItem(file: Provable, lock: ExportedLock): object {
  const { id, name, type, path, publicationDate, unpacked = [] } = file;
  const isObject = lock.objects !== undefined && file.state === 'verified';
  const hrefOf = (place: string): string => `${lock.objects ?? ''}/${place}`;
  return {
    type: 'Feature',
    stac_version: '1.1.0',
    stac_extensions: STAC_EXTENSIONS,
    id: path.split('/').at(-1),
    geometry: null,
    properties: {
      ...timesOf(name, publicationDate),
      published: publicationDate,
      'auxip:id': id,
      'product:type': type,
    },
    links: [],
    assets: {
      file: assetOf(file, isObject ? hrefOf(path) : linkOf(file, lock.site)),
      ...(isObject
        ? Object.fromEntries(unpacked.map((inner) => [inner.path, assetOf(inner, hrefOf(inner.path))]))
        : {}),
    },
  };
}

function assetOf({ path, bytes, md5 }: UnpackedFile, href: string): object {
  return {
    href,
    roles: ['data'],
    'file:size': bytes,
    'file:checksum': `${MD5_MULTIHASH}${md5}`,
    'file:local_path': path,
  };
}

/** An item needs an instant, or null and an interval: here the validity. A name without one leaves the publication. */
function timesOf(name: string, publicationDate: string): object {
  const adf = parseAdfName(name);
  if (!adf) return { datetime: publicationDate };
  const [start, stop, creation] = [adf.start, adf.stop, adf.creation].map((time) => new Date(time).toISOString());
  return { datetime: null, start_datetime: start, end_datetime: stop, created: creation };
}

/** The file extension wants multihashes: code of MD5 (0xd5, as a varint) and length, then the digest. */
const MD5_MULTIHASH = 'd50110';
