/** auxip.svc, reading only: catalogue entries and where a product's bytes lie (auxip.md#lists, auxip.md#redirect). */
import { asked, Failure, redirected } from '../errors/errors';
import { createApi, type ApiOptions, type AroundAttempt } from './api';
import { readEntry, type CatalogueEntry } from './catalogue-entry';
import { underRoot } from './service-url';
import { urlRefusal, type UrlRules } from './url-rules';
import { withoutQuery } from '../lib/without-query';
import { stemOf } from '../sentinel/adf-name';

export interface AuxipOptions extends ApiOptions, UrlRules {
  /** OData root, e.g. https://auxiliary.copernicus.eu/auxip.svc */
  root: string;
}

/** All methods throw Failure: NOT_FOUND, ROLE_MISSING, LOGIN_PAGE, TOKEN_REFUSED, SERVICE_BUSY, NETWORK, or a broken answer. */
export interface Auxip {
  /** @throws also Failure CATALOGUE_INCOMPLETE, CATALOGUE_DISAGREES */
  catalogueEntry(id: string, signal?: AbortSignal): Promise<CatalogueEntry>;
  /**
   * Entries of that name with or without its extension, latest publication first. Several are possible while one
   * replaces another (auxip.md#names-and-replacements); none is an empty list.
   */
  entriesByName(name: string, signal?: AbortSignal): Promise<CatalogueEntry[]>;
  /** @param options query options of Products, in plain text. Rows without a name are left out. */
  names(options: string, signal?: AbortSignal): Promise<string[]>;
  /** The smallest file of Sentinel-1, -2 or -3 that is not empty; undefined when the catalogue has none. */
  smallestEntry(signal?: AbortSignal): Promise<CatalogueEntry | undefined>;
  /**
   * The presigned store URL of a product's bytes: a credential for 600 s, and each one costs quota (auxip.md#redirect).
   * @param around each attempt, for any of them may have been granted
   * @throws also Failure QUOTA_EXHAUSTED, LOCATION_REFUSED, REDIRECTED
   */
  productLocation(id: string, signal?: AbortSignal, around?: AroundAttempt): Promise<string>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Characters that `startswith` takes literally: no quote, `%` or backslash (auxip.md#filters). */
const PLAIN_NAME = /^[A-Za-z0-9_.-]+$/;
const REDIRECT_BODY_BYTES = 64 * 1024;
/** A page of few rows. */
const PAGE_BYTES = 4 * 1024 * 1024;

export function createAuxip({ root, allowInsecure, ...options }: AuxipOptions): Auxip {
  const api = createApi(options);
  const productUrl = (id: string): string => {
    const url = underRoot(root, `Products(${id})`);
    if (!UUID.test(id)) throw new Failure({ code: 'URL_REFUSED', url, reason: 'the product id is not a UUID' });
    return url;
  };

  return {
    async catalogueEntry(id, signal) {
      const url = productUrl(id);
      const body = await api.getJson({ url, schema: 'auxip.product', what: `product ${id}`, signal });
      const entry = entryOf(body, url);
      if (entry.id === id.toLowerCase()) return entry;
      throw new Failure({ code: 'CATALOGUE_DISAGREES', ...asked('GET', url), expected: id, came: entry.id });
    },

    async entriesByName(name, signal) {
      if (!PLAIN_NAME.test(name)) throw new Failure({ code: 'NAME_UNSAFE', name });
      const stem = stemOf(name);
      const query = `$filter=startswith(Name,'${stem}')&$orderby=PublicationDate desc,Id`;
      // auxip.md#query-options: a blank is %20; `+` is not one.
      const url = underRoot(root, `Products?${query.replaceAll(' ', '%20')}`);
      const body = await api.getJson({ url, schema: 'auxip.products', what: name, signal });
      return rowsOf(body)
        .map((row) => entryOf(row, url))
        .filter((entry) => stemOf(entry.name) === stem);
    },

    async names(options, signal) {
      const url = underRoot(root, `Products?${options.replaceAll(' ', '%20')}`);
      const body = await api.getJson({ url, schema: 'auxip.products', what: 'files', maxBytes: PAGE_BYTES, signal });
      return rowsOf(body).flatMap((row) => nameOf(row) ?? []);
    },

    async smallestEntry(signal) {
      // auxip.md#quota: the quota cannot book a name that begins otherwise.
      const sentinels = ['S1', 'S2', 'S3'].map((prefix) => `startswith(Name,'${prefix}')`).join(' or ');
      const query = `$filter=ContentLength gt 0 and (${sentinels})&$orderby=ContentLength,Id&$top=1`;
      const url = underRoot(root, `Products?${query.replaceAll(' ', '%20')}`);
      const body = await api.getJson({ url, schema: 'auxip.products', what: 'a file', maxBytes: PAGE_BYTES, signal });
      return rowsOf(body).map((row) => entryOf(row, url))[0];
    },

    async productLocation(id, signal, around) {
      const url = `${productUrl(id)}/$value`;
      const what = `product ${id}`;
      const answer = await api.get({ url, accept: '*/*', what, maxBytes: REDIRECT_BODY_BYTES, signal, around });
      const location = answer.header('location');
      if (answer.status >= 300 && location !== undefined)
        return storeAddress({ url, status: answer.status, location }, { allowInsecure });
      const { status } = answer;
      throw new Failure({ code: 'STATUS_UNEXPECTED', ...asked('GET', url), status, expected: '302', excerpt: '' });
    },
  };
}

function entryOf(body: unknown, url: string): CatalogueEntry {
  const read = readEntry(body);
  if ('entry' in read) return read.entry;
  throw new Failure({ code: 'CATALOGUE_INCOMPLETE', ...asked('GET', url), ...read });
}

function nameOf(row: unknown): string | undefined {
  const name: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, 'Name') : undefined;
  return typeof name === 'string' ? name.trim() : undefined;
}

function rowsOf(body: unknown): unknown[] {
  const rows: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'value') : undefined;
  return Array.isArray(rows) ? rows : [];
}

/**
 * Where `$value` redirects to, as long as that may be the store: another place than the service itself, where only a maintenance page
 * could be, and one that may be requested.
 */
function storeAddress(answer: { url: string; status: number; location: string }, rules: UrlRules): string {
  const { url, status, location } = answer;
  const refused = (reason: string): Failure =>
    new Failure({ code: 'LOCATION_REFUSED', ...asked('GET', url), location: withoutQuery(location), reason });
  if (!URL.canParse(location, url)) throw refused('it is not a URL');
  const target = new URL(location, url);
  if (target.origin === new URL(url).origin) throw redirected('GET', url, status, location);
  const reason = urlRefusal(location, rules);
  if (reason !== undefined) throw refused(reason);
  return target.href;
}
