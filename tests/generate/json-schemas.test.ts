import Ajv6 from 'ajv6';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { answers, schemaDocument } from '../../scripts/services/schema/answers';
import type { JsonSchema } from '../../scripts/services/schema/json-schema';
import { ROOT } from '../../scripts/lib/package-root';
import { problemsOf, strictAjv } from '../../scripts/services/schema/validators';

interface Recorded {
  id?: string;
  method: string;
  path?: string;
  path_and_query?: string;
  status: number;
  body?: unknown;
}

function recorded(file: string): Recorded[] {
  const text = readFileSync(path.join(ROOT, 'tests', 'fixtures', 'recorded', file), 'utf8');
  return (JSON.parse(text) as { vectors: Recorded[] }).vectors;
}

describe('every schema', () => {
  test.each(answers().map((answer) => [answer.name, schemaDocument(answer)] as const))(
    '%s compiles in Ajv 8 strict and in Ajv 6',
    (_name, schema) => {
      expect(() => strictAjv({ checksSchemas: true }).compile(schema)).not.toThrow();
      expect(() => new Ajv6({ allErrors: true }).compile(schema)).not.toThrow();
    },
  );

  test('says something about every type it defines', () => {
    const silent = answers().flatMap(({ name, schema }) => {
      const all = Object.entries({ root: schema, ...((schema.definitions as JsonSchema | undefined) ?? {}) });
      return all.filter(([, definition]) => !constrains(definition)).map(([type]) => `${name} ${type}`);
    });
    expect(silent).toEqual([]);
  });
});

function constrains(schema: JsonSchema): boolean {
  if (schema.type === 'object') return Object.keys(schema.properties ?? {}).length > 0;
  return schema.enum !== undefined || schema.pattern !== undefined || schema.$ref !== undefined;
}

describe('recorded answers keep the contract', () => {
  const baselines = recorded('rdb-wire-vectors.json').filter(
    ({ status, path: url = '' }) => status === 200 && url.includes('/getReprocessingDataBaseline'),
  );
  const json = baselines
    .map(({ id, body }) => [id ?? '', body] as const)
    .filter(([, body]) => String(body).startsWith('{"@odata.context"'));

  test.each(json)('rdb.svc %s', (_id, body) => {
    expect(problemsOf('rdb.baseline', JSON.parse(String(body)))).toEqual([]);
  });

  const errors = [...recorded('rdb-wire-vectors.json'), ...recorded('auxip-wire-vectors.json')].filter(
    ({ status, body }) => status >= 400 && body && !(typeof body === 'string' && body.startsWith('(')),
  );
  test(`${errors.length} recorded errors`, () => {
    const broken = errors.filter(
      ({ body }) => problemsOf('error.odata', typeof body === 'string' ? JSON.parse(body) : body).length > 0,
    );
    expect(broken).toEqual([]);
    expect(errors.length).toBeGreaterThan(60);
  });

  const entries = recorded('auxip-wire-vectors.json').filter(
    ({ method, body }) =>
      method === 'GET' &&
      (body as { '@odata.context'?: string } | undefined)?.['@odata.context'] === '$metadata#Products/$entity',
  );
  test(`${entries.length} recorded catalogue entries`, () => {
    expect(entries.length).toBeGreaterThan(3);
    expect(entries.flatMap(({ body }) => problemsOf('auxip.product', body))).toEqual([]);
  });
});

describe('a broken answer is noticed', () => {
  const id = 'cca2209c-cc89-483f-9346-08aa624c602d';
  const name =
    'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip';
  const entry = {
    '@odata.context': '$metadata#Products/$entity',
    Id: id,
    Name: name,
    ContentType: 'application/octet-stream',
    ContentLength: 9_380_000,
    OriginDate: '2017-06-09T12:00:00Z',
    PublicationDate: '2021-03-04T11:44:30.180942Z',
    Checksum: [
      { ChecksumDate: '2021-03-04T11:44:30.18Z', Algorithm: 'MD5', Value: '3f4f57e7e1680b9f461ff4e96eff4e74' },
    ],
    ContentDate: { Start: '2016-02-16T00:00:00Z', End: '9999-12-31T23:59:59Z' },
  };
  const baseline = (file: object): object => ({
    '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)',
    value: [
      {
        Level0:
          'S3A_OL_0_EFR____20240301T013410_20240301T013610_20240301T025532_0119_109_302______PS1_O_NR_002.SEN3.zip',
        Message:
          'The L0 product name entered in the request was found in the data base. So, the ADF selection rule has been applied using the sensing start of the corresponding data take.',
        AuxDataFiles: [
          { Name: name, AuxipLink: `https://auxiliary.copernicus.eu/auxip.svc/Products(${id})/$value`, ...file },
        ],
      },
    ],
  });

  test('the right ones pass', () => {
    expect(problemsOf('auxip.product', entry)).toEqual([]);
    expect(problemsOf('auxip.product', { ...entry, ContentLength: '9380000', ContentDate: null })).toEqual([]);
    expect(problemsOf('rdb.baseline', baseline({}))).toEqual([]);
    expect(problemsOf('rdb.baseline', baseline({ Name: `${name}\n` }))).toEqual([]);
  });

  test.each([
    ['Id that is no UUID', { Id: '7' }],
    ['size with a fraction', { ContentLength: 1.5 }],
    ['negative size', { ContentLength: -1 }],
    ['size as words', { ContentLength: 'many' }],
    ['date without a zone', { PublicationDate: '2021-03-04T11:44:30' }],
    ['checksum that is no hex', { Checksum: [{ Algorithm: 'MD5', Value: 'xyz', ChecksumDate: null }] }],
    ['half a validity', { ContentDate: { Start: '2016-02-16T00:00:00Z' } }],
    ['name that is a path', { Name: '../../etc/passwd' }],
    ['no name', { Name: undefined }],
    ['a name of null, which $metadata allows', { Name: null }],
    ['an id of null', { Id: null }],
    ['a size of null', { ContentLength: null }],
    ['a publication of null', { PublicationDate: null }],
  ])('entry: %s', (_case, change) => {
    expect(problemsOf('auxip.product', JSON.parse(JSON.stringify({ ...entry, ...change })))).not.toEqual([]);
  });

  test.each([
    ['link without an id', { AuxipLink: 'https://auxiliary.copernicus.eu/auxip.svc/Products/$value' }],
    ['link that is no link', { AuxipLink: 'Products' }],
    ['no link', { AuxipLink: null }],
    ['name that is a path', { Name: '../readme.txt' }],
    ['no name', { Name: '' }],
  ])('baseline: %s', (_case, change) => {
    expect(problemsOf('rdb.baseline', baseline(change))).not.toEqual([]);
  });

  test('a request names a mission with a product type of its own', () => {
    const request = {
      mission: 'S3OLCI',
      unit: 'A',
      product_type: 'L2LFR',
      start: '2024-03-01T00:00:00Z',
      stop: '2024-03-02T00:00:00Z',
    };
    expect(problemsOf('baseline-request', request)).toEqual([]);
    expect(problemsOf('baseline-request', { ...request, product_type: 'L1SLC' })).not.toEqual([]);
    expect(problemsOf('baseline-request', { ...request, l0_names: ['x'] })).not.toEqual([]);
    expect(problemsOf('baseline-request', { mission: 'S3OLCI', unit: 'A', product_type: 'L2LFR' })).not.toEqual([]);
  });
});
