/** Recordings of the bare services on data of a few rows (`tests/fixtures/recorded/*-wire-vectors.json`), as pairs. */
import { readFile } from 'node:fs/promises';
import type { RecordedAnswer, RecordedPair } from '../lib/recorded-pair';
import type { ProductAttribute } from '../sandbox/auxip/product';
import type { Catalogue, Level0Record, ProductRecord } from '../sandbox/catalogue/catalogue';
import { catalogueOf } from '../sandbox/catalogue/tables';
import type { SandboxOptions } from '../sandbox/sandbox';
import type { Recording, Step } from './recordings';
import { unsignedToken } from './unsigned-token';

interface RdbVector {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly request_headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly content_type: string;
  readonly odata_version: string | null;
  readonly body: string;
}

export interface AuxipVector {
  readonly section: string;
  readonly method: string;
  readonly path_and_query: string;
  readonly status: number;
  readonly request_headers?: string;
  readonly request_body?: string;
  readonly content_type?: string | null;
  readonly location?: string;
  readonly 'content-disposition'?: string;
  readonly body?: unknown;
  readonly body_raw?: string;
  readonly caller?: string;
}

/** One Level-0 product, and no types that its product type could want. */
export async function rdbVectors(file: string): Promise<Recording> {
  const { vectors } = JSON.parse(await readFile(file, 'utf8')) as { vectors: readonly RdbVector[] };
  const name = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
  const level0 = { name, start: Date.parse('2020-11-02T20:33:48Z'), stop: Date.parse('2020-11-02T20:34:21Z') };
  return {
    name: 'rdb.svc, one Level-0 product',
    pairs: vectors.map(rdbPair),
    sandbox: { gatewayMode: 'off', catalogue: smallCatalogue([], [level0]) },
  };
}

function rdbPair(vector: RdbVector): RecordedPair {
  const { method, path, request_headers: headers, status, content_type: type, odata_version: version } = vector;
  const isPage = vector.body === '(Tomcat HTML error page)';
  return {
    request: { method, path, headers },
    answer: {
      status,
      headers: { 'content-type': type, ...(version === null ? {} : { 'odata-version': version }) },
      ...(isPage ? {} : { body: vector.body }),
    },
  };
}

const PRODUCT: ProductRecord = {
  id: '7fc282fc-4a00-417f-b77c-4e851440105a',
  name: 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ',
  contentLength: 6177,
  originDate: '2015-06-05T09:47:42Z',
  publicationDate: '2021-03-04T11:44:30.18Z',
  contentStart: '2015-06-22T00:00:00Z',
  contentEnd: '2100-01-01T00:00:00Z',
};
const WITH_MICROSECONDS: ProductRecord = {
  ...PRODUCT,
  id: 'aaaaaaaa-4a00-417f-b77c-4e851440105a',
  name: 'S1A_MICRO.SAFE.zip',
  publicationDate: '2021-03-04T11:44:30.180942Z',
};
const WITHOUT_DATES: ProductRecord = { ...PRODUCT, id: 'bbbbbbbb-4a00-417f-b77c-4e851440105a' };

/** By section of the recordings; everywhere else there is one product. */
const PRODUCTS: Readonly<Record<string, readonly ProductRecord[]>> = {
  'fractional seconds': [PRODUCT, WITH_MICROSECONDS],
  'no datetime attributes': [PRODUCT, WITHOUT_DATES],
};

const ATTRIBUTES: readonly ProductAttribute[] = [
  { type: 'String', name: 'productType', value: 'GIP_R2DENT_B06' },
  { type: 'String', name: 'platformShortName', value: 'S2A' },
  { type: 'Integer', name: 'size', value: 5 },
  { type: 'Double', name: 'dbl', value: 1.5 },
  { type: 'DateTimeOffset', name: 'beginningDateTime', value: '2015-06-22T00:00:00Z' },
  { type: 'DateTimeOffset', name: 'processingDate', value: '2015-06-05T09:47:42.123Z' },
];

const SUBSCRIPTION = '11111111-2222-3333-4444-555555555555';
const SUBSCRIPTION_REQUEST = {
  FilterParam: "$filter=contains(Name,'GIP')",
  NotificationEndpoint: 'http://localhost:8081/',
  NotificationEpUsername: 'u',
  NotificationEpPassword: 'p',
};

/** A recording for each section: each has its own data. */
export async function auxipVectors(file: string): Promise<Recording[]> {
  const { vectors } = JSON.parse(await readFile(file, 'utf8')) as { vectors: readonly AuxipVector[] };
  const sections = [...new Set(vectors.map(({ section }) => section))];
  return sections.map((section): Recording => {
    const own = vectors.filter((vector) => vector.section === section);
    const recording = { name: `auxip.svc, ${section}`, pairs: own.map(auxipPair), sandbox: auxipData(section) };
    const [first] = own;
    if (section !== 'subscriptions' || first === undefined) return recording;
    return { ...recording, prepare: subscribed(first) };
  });
}

/** The subscription that the section reads was made before. */
function subscribed(first: AuxipVector): NonNullable<Recording['prepare']> {
  return {
    request: {
      method: 'POST',
      path: '/auxip.svc/Subscriptions',
      headers: { ...headersOf(first), 'Content-Type': 'application/json' },
      body: JSON.stringify(SUBSCRIPTION_REQUEST),
    },
    id: { recorded: SUBSCRIPTION, pattern: /(?<="Id":")[^"]+/ },
  };
}

function auxipData(section: string): SandboxOptions {
  return {
    gatewayMode: 'off',
    catalogue: smallCatalogue(PRODUCTS[section] ?? [PRODUCT], []),
    facts: {
      attributesOf: ({ id }) =>
        id === WITHOUT_DATES.id ? ATTRIBUTES.filter(({ type }) => type !== 'DateTimeOffset') : ATTRIBUTES,
      md5Of: () => Promise.resolve('3f4f57e7e1680b9f461ff4e96eff4e74'),
    },
    metrics: () => [
      { Name: 'Sentinel1.A.count', TimeStamp: '2021-03-04T11:44:30.18Z', MetricType: 'Counter', Gauge: '', Counter: 5 },
    ],
  };
}

function auxipPair(vector: AuxipVector): Step {
  const { method, path_and_query: target, request_body: body, status } = vector;
  const path = `/auxip.svc${target.replaceAll(' ', '%20').replaceAll('"', '%22')}`;
  const pair = { request: { method, path, headers: headersOf(vector), body }, answer: answerOf(vector) };
  if (status !== 304) return pair;
  // Recorded behind a Cancel, which is not among the published pairs.
  return { ...pair, before: { ...pair.request, path: path.replace('.Resume', '.Cancel') } };
}

function answerOf(vector: AuxipVector): RecordedAnswer {
  const { content_type: type = 'application/json;odata.metadata=minimal', location } = vector;
  const disposition = vector['content-disposition'];
  return {
    status: vector.status,
    headers: {
      'odata-version': '4.0',
      ...(type === null ? {} : { 'content-type': type }),
      ...(location === undefined ? {} : { location }),
      ...(disposition === undefined ? {} : { 'content-disposition': disposition }),
    },
    ...bodyOf(vector),
  };
}

function bodyOf({ method, body, body_raw: raw }: AuxipVector): Pick<RecordedAnswer, 'body'> {
  if (raw !== undefined) return { body: raw };
  return body === undefined || method === 'HEAD' ? {} : { body: JSON.stringify(body) };
}

function headersOf({ request_headers: text, caller }: AuxipVector): Record<string, string> {
  const headers: Record<string, string> = {};
  if (caller === 'token with role download') headers.Authorization = `Bearer ${unsignedToken('bob', ['download'])}`;
  else if (caller?.startsWith('garbage')) headers.Authorization = 'Bearer garbage';
  else if (caller !== undefined)
    headers.Authorization = `Bearer ${unsignedToken('bob', [caller.slice(4).split(' ')[0] ?? ''])}`;
  const mark = text?.indexOf('=') ?? -1;
  if (text !== undefined && !text.startsWith('(')) headers[text.slice(0, mark)] = text.slice(mark + 1);
  return headers;
}

function smallCatalogue(products: readonly ProductRecord[], level0s: readonly Level0Record[]): Catalogue {
  return catalogueOf({
    types: [],
    level0s: new Map(level0s.map((record) => [record.name, record])),
    adfs: new Map(),
    products: new Map(products.map((product) => [product.id, product])),
    sizes: 'small',
  });
}
