import { isRecord } from '../lib/read-json';

/** What auxip.svc's catalogue says of one file (auxip.md#lists), read tolerantly: unknown keys pass, order is free. */
export interface CatalogueEntry {
  /** Lower-case UUID. */
  id: string;
  /** Without blanks or newlines around it. */
  name: string;
  /** bytes */
  contentLength: number;
  /** 32 lower-case hex digits; undefined when the catalogue gives none, or several that differ (auxip.md#checksums). */
  md5?: string;
  /** UTC text exactly as sent: fraction of 0 to 6 digits, never to be reformatted (auxip.md#dates). A text of another form: the same instant. */
  publicationDate: string;
  /** When the catalogue will forget the file, UTC text. auxip.svc keeps it to itself; catalogues by the specification tell it. */
  evictionDate?: string;
}

/** The entry in `body`, or the names of the properties that are missing or make no sense. */
export function readEntry(body: unknown): { entry: CatalogueEntry } | { name: string; missing: string } {
  const row = isRecord(body) ? body : {};
  const id = textOf(row.Id).toLowerCase();
  const name = textOf(row.Name).trim();
  const contentLength = bytesOf(row.ContentLength);
  const publicationDate = utcTextOf(textOf(row.PublicationDate));
  const missing = Object.entries({ Id: id, Name: name, ContentLength: contentLength, PublicationDate: publicationDate })
    .filter(([, value]) => value === '' || value === undefined)
    .map(([key]) => key);
  if (missing.length > 0 || contentLength === undefined) return { name, missing: missing.join(', ') };
  const evictionDate = textOf(row.EvictionDate);
  const entry = { id, name, contentLength, md5: md5Of(row.Checksum), publicationDate };
  return { entry: Number.isNaN(Date.parse(evictionDate)) ? entry : { ...entry, evictionDate } };
}

/** As far as locks and lists have it; empty for what is no time. Other catalogues may write offsets. */
function utcTextOf(text: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.]\d{1,9})?Z$/.test(text)) return text;
  const time = /^\d{4}-\d\d-\d\d[Tt\s]\d\d:/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

/** Int64: a number, or with IEEE754Compatible a text (auxip.md#query-options). */
function bytesOf(value: unknown): number | undefined {
  const bytes = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;
}

function md5Of(checksums: unknown): string | undefined {
  const values = (Array.isArray(checksums) ? checksums : [])
    .filter(isRecord)
    .filter((checksum) => textOf(checksum.Algorithm).toUpperCase() === 'MD5')
    .map((checksum) => textOf(checksum.Value).trim().toLowerCase())
    .filter((value) => /^[0-9a-f]{32}$/.test(value));
  const [first, ...others] = new Set(values);
  return others.length === 0 ? first : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
