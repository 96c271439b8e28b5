import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdfRecord } from '../../../scripts/sandbox/catalogue/catalogue';
import { javaTimeText } from '../../../scripts/sandbox/reprocessing/java-time';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import type { AdfType } from '../../../scripts/sentinel/adf-types';
import { rawRequest } from '../raw-request';
import { tinyCatalogue } from '../tiny-catalogue';

const ORBIT = type('AUX_POEORB_S1', 'S1SAR', ['L1SLC']);
const PHOTOMETRY = type('OL_2_PPP_AX', 'S3OLCI', ['L2LFR']);
const TIDES = type('AX___OOM_AX', 'S3ALL', ['L2']);
const UNUSED = type('OL_0_XXX_AX', 'S3OLCI', []);
const FILES = [
  file(1, 'S3A_OL_2_PPP_AX_a.SEN3', PHOTOMETRY, '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'),
  file(2, 'S3B_OL_2_PPP_AX_b.SEN3', PHOTOMETRY, '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'),
  file(3, 'S3__AX___OOM_AX_c.SEN3', TIDES, '2020-01-01T00:00:00Z', '2099-12-31T23:59:59Z'),
  file(4, 'S1A_OPER_AUX_POEORB_d.EOF', ORBIT, '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'),
  file(5, 'S3A_OL_0_XXX_AX_e.SEN3', UNUSED, '2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'),
];

describe('reprocessing.svc (reprocessing.md)', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    const catalogue = {
      ...tinyCatalogue({ types: [ORBIT, PHOTOMETRY, TIDES, UNUSED], adfs: FILES }),
      adfs: () => FILES,
    };
    sandbox = await startSandbox({ gatewayMode: 'off', catalogue });
  });
  afterAll(() => sandbox.close());
  const get = (target: string, headers: Record<string, string> = {}) =>
    rawRequest(sandbox.siteUrl, `/reprocessing.svc/${target}`, { headers });
  const names = async (parameters: string) => {
    const { status, body } = await get(`GetReproBaselineNamesForPeriod(${parameters})`);
    expect(status).toBe(200);
    return (JSON.parse(body) as { value: string[] }).value.map((name) => name.charAt(name.indexOf('.') - 1));
  };

  it('refuses an address in the words of the parser of the library', async () => {
    const { status, body } = await get('AuxTypes?$top=1&');
    expect([status, body]).toEqual([400, expect.stringContaining('expected but end of source found')]);
  });

  it('writes a file with its keys in order and its dates in its own form', async () => {
    const { body, headers } = await get(`AuxFiles(${FILES[0]!.id})`);
    expect(headers['odata-version']).toBe('4.0');
    expect(body).toBe(
      `{"@odata.context":"http://reprobase:8080/reprocessing.svc/$metadata#AuxFiles/$entity","@odata.id":"AuxFiles(${FILES[0]!.id})","Id":"${FILES[0]!.id}","FullName":"S3A_OL_2_PPP_AX_a.SEN3","Baseline":"","IpfVersion":null,"ValidityStart":"2020-01-01T00:00Z[GMT]","ValidityStop":"2020-01-02T00:00Z[GMT]","SensingTimeApplicationStart":"2020-01-01T00:00Z[GMT]","SensingTimeApplicationStop":"2020-01-02T00:00Z[GMT]","CreationDate":"2019-06-01T12:00:05Z[GMT]","Band":"BXX","Unit":"A"}`,
    );
  });

  it.each([
    ["Mission='S3OLCI'", 'abc'],
    ["Mission='S3OLCI',Unit='A'", 'ac'],
    ["Mission='S3OLCI',Unit='A',ProductType='L2LFR'", 'a'],
    ["Mission='S3OLCI',Unit='A',ProductType='L2'", 'c'],
    ["Mission='S3OLCI',Unit='A',ProductType='L1EFR'", ''],
    ["Mission='S3ALL'", 'c'],
    ["Mission='S1SAR',Colour='green'", 'd'],
    ['', 'abcd'],
    ["Mission='S3OLCI',SensingTimeStart='2020-01-02T00:00:00Z',SensingTimeStop='2020-01-03T00:00:00Z'", 'c'],
    ["Mission='S3OLCI',SensingTimeStart='2020-01-01T00:00:00Z'", 'abc'],
    ["Mission='S3OLCI',SensingTimeStart='2020-01-02T00:00:00Z'", 'c'],
    ["Mission='S3OLCI',SensingTimeStop='1990-01-01T00:00:00Z'", 'abc'],
  ])('names for (%s) are %s', async (parameters, expected) => {
    expect((await names(parameters)).join('')).toBe(expected);
  });

  it('applies Top, Skip and OrderBy of the list to the mission only, not to its common types', async () => {
    const { body } = await get(
      "GetReproBaselineListForPeriod(Mission='S3OLCI',OrderBy='FullName',OrderByDirection='DESC',Top='1')",
    );
    const list = JSON.parse(body) as { '@odata.context': string; value: { FullName: string }[] };
    expect(list['@odata.context']).toBe('http://reprobase:8080/reprocessing.svc/$metadata#OData.RBA.AuxFile');
    expect(list.value.map(({ FullName }) => FullName)).toEqual(['S3B_OL_2_PPP_AX_b.SEN3', 'S3__AX___OOM_AX_c.SEN3']);
  });

  it('counts the rows of the page, not all, and in JSON', async () => {
    expect(JSON.parse((await get('AuxFiles?$top=2&$count=true')).body)).toMatchObject({ '@odata.count': 2 });
    expect(JSON.parse((await get('AuxFiles/$count?$top=3')).body)).toMatchObject({ value: 3 });
    expect((JSON.parse((await get('AuxFiles')).body) as { value: unknown[] }).value).toHaveLength(5);
  });

  it('expands types and filters, with + for a blank', async () => {
    const types = await get("AuxTypes?$expand=ProductTypes&$filter=Mission+eq+'S3ALL'");
    expect(JSON.parse(types.body)).toMatchObject({
      value: [{ LongName: 'AX___OOM_AX', ProductTypes: [{ Type: 'L2' }] }],
    });
    const files = await get("AuxFiles?$expand=AuxType&$filter=startswith(FullName,'S3A')+and+contains(FullName,'PPP')");
    expect(JSON.parse(files.body)).toMatchObject({ value: [{ AuxType: { '@odata.type': '#OData.RBA.AuxType' } }] });
  });

  it('leads from a file to its type, and from a type to its lists', async () => {
    const body = async (target: string) => JSON.parse((await get(target)).body) as Record<string, unknown>;
    const type = await body(`AuxFiles(${FILES[0]!.id})/AuxType`);
    expect(type).toEqual({
      ...(await body("AuxTypes('OL_2_PPP_AX')")),
      '@odata.context': 'http://reprobase:8080/reprocessing.svc/$metadata#AuxTypes/$entity',
    });
    expect(await body("AuxTypes('AX___OOM_AX')/ProductTypes")).toMatchObject({ value: [{ Type: 'L2' }] });
    expect(await body("AuxTypes('OL_2_PPP_AX')/ProductLevels")).toMatchObject({ value: [{ Level: 'L2' }] });
  });

  it.each([
    ["AuxTypes?$filter=not contains(LongName,'x')", 500, '1800'],
    ['AuxFiles?$filter=CreationDate gt 2020-01-01T00:00:00.5Z', 400, '1000'],
    ['AuxFiles?$select=Id', 500, '9000'],
    ["AuxFiles?$filter=contains(FullName,'a''b')", 500, '9000'],
    ['Nothing', 400, '1000'],
    ["AuxTypes('no such')", 404, '3500'],
    ["GetReproBaselineNamesForSensing(Mission='S1SAR')", 400, '1000'],
    ["GetReproBaselineNamesForPeriod(Variability='Odd')", 500, '9000'],
    ["GetReproBaselineNamesForPeriod(SensingTimeStart='soon')", 500, '9000'],
    ['GetReproBaselineNamesForPeriod(Mission=S1SAR)', 400, '1000'],
    ['AuxTypes?$expand=ProductLevels,ProductTypes', 500, '9000'],
    ["AuxTypes('OL_2_PPP_AX')?$expand=*", 500, '9000'],
    ["AuxTypes?$filter=Variability eq 'Static'", 400, '1000'],
    ["AuxTypes?$filter=InProduction eq 'true'", 400, '1000'],
    ["AuxFiles('no id')", 500, '9000'],
    ["AuxTypes('OL_2_PPP_AX')/Validity", 400, '1000'],
    ['AuxFiles/$value', 400, '1000'],
    ['AuxTypes?$format=yaml', 400, '1000'],
    ["GetReproBaselineListForPeriod(Mission='S3OLCI',Skip='-1')", 400, '2000'],
  ])('%s → %i %s', async (target, status, code) => {
    const answer = await get(target.replaceAll(' ', '%20'));
    expect([answer.status, (JSON.parse(answer.body) as { error: { code: string } }).error.code]).toEqual([
      status,
      code,
    ]);
    expect(answer.headers['content-language']).toBe('en');
    expect(sandbox.defects).toEqual([]);
  });

  it.each<[target: string, accept: string | undefined, status: number, type: string]>([
    ['AuxTypes', 'text/html', 415, 'application/json'],
    ['', 'text/xml', 415, 'application/json'],
    ['AuxTypes', undefined, 200, 'application/json'],
    ['AuxTypes', '', 200, 'application/json'],
    ['AuxTypes', 'application/*', 200, 'application/json'],
    ['AuxTypes', 'application/xml', 200, 'application/atom+xml'],
    [`AuxFiles(${FILES[0]!.id})`, 'application/atom+xml', 200, 'application/atom+xml'],
    ['AuxFiles?$format=xml', 'application/json', 200, 'application/atom+xml'],
    ['ProductTypes?$format=atom', undefined, 200, 'application/atom+xml'],
    ['ProductLevels?$format=json', 'application/xml', 200, 'application/json'],
    ['', undefined, 200, 'application/xml'],
    ['', '*/*', 200, 'application/xml'],
    ['', 'application/json', 200, 'application/json'],
    ["AuxTypes('OL_2_PPP_AX')/$value", undefined, 200, 'application/json'],
  ])('GET %s, Accept %s → %i %s', async (target, accept, status, mediaType) => {
    const answer = await get(target, accept === undefined ? {} : { Accept: accept });
    expect([answer.status, answer.headers['content-type']?.split(';')[0]]).toEqual([status, mediaType]);
  });

  it.each(['AuxTypes', "AuxTypes('OL_2_PPP_AX')", 'AuxFiles/$count', '$metadata', ''])(
    'HEAD %s is 500',
    async (target) => {
      const { status, body } = await rawRequest(sandbox.siteUrl, `/reprocessing.svc/${target}`, { method: 'HEAD' });
      expect([status, body]).toEqual([500, '']);
    },
  );

  it('looks for a quote where texts are equal, and counts under a context of its own', async () => {
    const { body } = await get("AuxTypes?$filter=LongName%20eq%20'O''Brien'");
    expect(JSON.parse(body)).toMatchObject({ value: [] });
    const count = await get('ProductTypes/$count');
    expect(JSON.parse(count.body)).toMatchObject({
      '@odata.context': 'http://reprobase:8080/reprocessing.svc/$metadata#',
    });
  });
});

it.each([
  ['2015-06-22T00:00:00Z', '2015-06-22T00:00Z[GMT]'],
  ['2015-06-22T00:00:07Z', '2015-06-22T00:00:07Z[GMT]'],
  ['2015-06-22T00:00:00.05Z', '2015-06-22T00:00:00.050Z[GMT]'],
])('javaTimeText: %s → %s', (time, text) => expect(javaTimeText(Date.parse(time))).toBe(text));

function type(longName: string, mission: string, productTypes: readonly string[]): AdfType {
  return {
    longName,
    shortName: longName,
    mission,
    productTypes,
    rule: 'LatestValCover',
    variability: 'Static',
    validity: 'ValidityPeriod',
    format: 'SEN3',
  };
}

function file(number: number, name: string, of: AdfType, start: string, stop: string): AdfRecord {
  return {
    id: `00000000-0000-4000-8000-00000000000${number}`,
    name,
    type: of,
    start: Date.parse(start),
    stop: Date.parse(stop),
    creation: Date.parse('2019-06-01T12:00:05Z'),
  };
}
