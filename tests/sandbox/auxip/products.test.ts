import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductRecord } from '../../../scripts/sandbox/catalogue/catalogue';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import { rawRequest } from '../raw-request';
import { tinyCatalogue } from '../tiny-catalogue';
import { unsignedToken } from '../../../scripts/fidelity/unsigned-token';

const COUNT = 450;
const products = Array.from({ length: COUNT }, (_, index) => product(index));

describe('Products with many rows (auxip.md#query-options, auxip.md#filters)', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({
      gatewayMode: 'off',
      catalogue: tinyCatalogue({ products }),
      facts: {
        attributesOf: ({ name }) => [
          { type: 'String', name: 'productType', value: name.slice(4, 11) },
          { type: 'DateTimeOffset', name: 'processingDate', value: '2020-01-01T00:00:00.5Z' },
        ],
      },
    });
  });
  afterAll(() => sandbox.close());

  const get = (query: string) => {
    const headers = {
      Authorization: `Bearer ${unsignedToken('user', ['download'])}`,
    };
    return rawRequest(sandbox.siteUrl, `/auxip.svc/Products?${query.replaceAll(' ', '%20')}`, { headers });
  };
  const names = async (query: string) => {
    const { status, body } = await get(query);
    expect(status).toBe(200);
    return (JSON.parse(body) as { value: { Name: string }[] }).value.map(({ Name }) => Name);
  };
  const numbers = async (filter: string) =>
    (await names(`$orderby=Id&$filter=${filter}`)).map((name) => Number(name.slice(12, 15)));

  it('cuts every page at 200, without a link to the next', async () => {
    for (const query of ['', '$top=1000', '$top=201']) {
      const { body } = await get(query);
      expect(JSON.parse(body)).not.toHaveProperty(['@odata.nextLink']);
      expect((JSON.parse(body) as { value: unknown[] }).value).toHaveLength(200);
    }
    expect(await names('$skip=400')).toHaveLength(50);
    expect(await names('$skip=450')).toHaveLength(0);
  });

  it('counts all matches, whatever the page', async () => {
    const { body } = await get("$count=true&$top=3&$skip=2&$filter=endswith(Name,'7.EOF')");
    expect(JSON.parse(body)).toMatchObject({ '@odata.count': 45 });
  });

  it.each([
    ["Name eq 'S1A_TYPE_00_007.EOF'", [7]],
    ["startswith(Name,'S1A_TYPE_00_00') and not_", undefined],
    ["startswith(Name,'S1A_TYPE_00_00')", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["contains(Name,'_44')", [440, 441, 442, 443, 444, 445, 446, 447, 448, 449]],
    ["contains(Name,'0%25_44')", [440, 441, 442, 443, 444, 445, 446, 447, 448, 449]],
    ["contains(Name,'s1a')", []],
    ["contains(Name,'00\\4')", [4]],
    ["Name eq 'S1A_TYPE_00''_007.EOF'", [7]],
    ['ContentLength lt 3', [0, 1, 2]],
    ['ContentLength ge 448 or ContentLength eq 3', [3, 448, 449]],
    ['ContentLength ne 0 and ContentLength le 1', [1]],
    ['Id eq 00000000-0000-4000-8000-000000000009', [9]],
    ['Id gt 00000000-0000-4000-8000-000000000447', [448, 449]],
    ['PublicationDate lt 2021-01-01T00:00:00.000002Z', [0, 1]],
    ['PublicationDate eq 2021-01-01T00:00:00.000005%2B05:00', [5]],
    ['PublicationDate eq 2021-01-01T00:00:00.0000051Z', [5]],
    ['ContentDate/Start lt 2020-01-01T00:00Z', []],
    ['Name eq null', []],
    ['(ContentLength eq 1 or ContentLength eq 2) and ContentLength eq 2', [2]],
    ["StringAttributes/any(v:v/Name eq 'productType' and v/Value ne 'TYPE_00') and ContentLength lt 9", []],
    [
      "Attributes/OData.CSC.StringAttribute/any(v:v/Name ne 'productType' and v/OData.CSC.StringAttribute/Value eq 'TYPE_00') and ContentLength lt 1",
      [0],
    ],
    [
      "DateTimeOffsetAttributes/any(v:v/Name eq 'processingDate' and v/Value gt 2020-01-01T00:00:00.4Z) and ContentLength lt 1",
      [0],
    ],
  ])('%s', async (filter, expected) => {
    if (expected === undefined) expect((await get(`$filter=${filter}`)).status).toBe(400);
    else expect(await numbers(filter.replaceAll('\\', '%5C'))).toEqual(expected);
  });

  it.each([
    "not contains(Name,'x')",
    "Name in ('a','b')",
    "tolower(Name) eq 'x'",
    'true',
    "'x' eq Name",
    "contains(Name,'x') eq true",
    "(false or contains(Name,'x'))",
    'ContentLength gt 1.5',
    'PublicationDate gt 2020-02-30T00:00:00Z',
    "Checksum/any(c:c/Algorithm eq 'MD5')",
    "StringAttributes/all(v:v/Name eq 'a' and v/Value eq 'b')",
    'Attributes/$count gt 1',
    'Name eq ContentType',
  ])('500: %s', async (filter) => {
    const { status, body } = await get(`$filter=${filter}`);
    expect(status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ error: { code: null } });
    expect(sandbox.defects).toEqual([]);
  });

  it.each([
    ['$filter=Checksum eq null', 'A collection expression is not allowed.'],
    ['$filter=Name eq 5', "The types 'Edm.String' and 'Edm.SByte' are not compatible."],
    ["$filter=Id eq 'x'", "The types 'Edm.Guid' and 'Edm.String' are not compatible."],
    ["$filter=Name and contains(Name,'x')", "The types 'Edm.String' and '[Boolean]' are not compatible."],
    [
      '$filter=ContentDate/Middle eq null',
      "The property 'Middle', used in a query expression, is not defined in type 'OData.CSC.TimeRange'.",
    ],
    ["$filter=Attributes/OData.CSC.Nothing/any(a:a/Name eq 'x')", 'The URI is malformed.'],
    [
      "$filter=contains(Name, 'x' ) x",
      "The system query option '$filter' has the not-allowed value 'contains(Name, 'x' ) x'.",
    ],
    ['$orderby=Name, Id', 'The URI is malformed.'],
    ['$orderby=Checksum', 'A collection expression is not allowed.'],
    ['$select=Id, Name', 'The URI is malformed.'],
    [
      '$expand=Attributes($filter=Foo eq 1)',
      "The property 'Foo', used in a query expression, is not defined in type 'OData.CSC.Attribute'.",
    ],
    ['$levels=1', "The system query option '$levels' is not allowed here."],
    ['$id=1', "The system query option '$id' is not allowed."],
  ])('400: %s', async (query, message) => {
    const { status, body } = await get(query);
    expect([status, JSON.parse(body)]).toEqual([400, { error: { code: null, message } }]);
  });

  it('sorts by several properties, both ways, and like the database', async () => {
    expect((await names('$orderby=ContentType,ContentLength desc&$top=2')).map((name) => name.slice(12, 15))).toEqual([
      '449',
      '448',
    ]);
    expect((await names('$orderby=Name&$top=2')).map((name) => name.slice(12, 15))).toEqual(['000', '001']);
    expect((await get('$orderby=ContentDate')).status).toBe(500);
    expect((await get('$orderby=length(Name)')).status).toBe(500);
  });

  it('selects parts of complex properties', async () => {
    const { body } = await get('$select=ContentDate/Start&$top=1');
    const answer = JSON.parse(body) as { '@odata.context': string; value: Record<string, unknown>[] };
    expect(answer['@odata.context']).toBe('$metadata#Products(Id,ContentDate/Start)');
    expect(answer.value[0]!.ContentDate).toEqual({ Start: '2020-01-01T00:00:00Z' });
  });

  it('annotates types in full metadata and nothing in none', async () => {
    const full = JSON.parse((await get('$top=1&$format=application/json;odata.metadata=full')).body) as {
      value: Record<string, unknown>[];
    };
    expect(full.value[0]).toMatchObject({
      'ContentLength@odata.type': '#Int64',
      'OriginDate@odata.type': '#DateTimeOffset',
      'Checksum@odata.type': '#Collection(OData.CSC.Checksum)',
      ContentDate: { '@odata.type': '#OData.CSC.TimeRange' },
    });
    const none = await get('$top=1&$expand=Attributes&$format=application/json;odata.metadata=none');
    expect(none.body).not.toContain('@odata');
  });
});

function product(index: number): ProductRecord {
  const number = String(index).padStart(3, '0');
  const micros = String(index).padStart(6, '0').replace(/0+$/, '');
  return {
    id: `00000000-0000-4000-8000-000000000${number}`,
    name: `S1A_TYPE_00_${number}.EOF`,
    contentLength: index,
    originDate: '2020-01-01T00:00:00Z',
    publicationDate: `2021-01-01T00:00:00${micros === '' ? '' : `.${micros}`}Z`,
    contentStart: '2020-01-01T00:00:00Z',
    contentEnd: '2020-01-02T00:00:00Z',
  };
}
