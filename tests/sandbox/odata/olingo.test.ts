/** Answers of Olingo 4.8.0 itself, asked with the $metadata of auxip.svc: 200 stands for an address that it could read. */
import { describe, expect, it } from 'vitest';
import { emptyAuxip } from '../empty-auxip';

const types = (left: string, right: string): string => `The types '${left}' and '${right}' are not compatible.`;
const MISSING = 'Missing replacement for place holder in message';
const KEY = 'b373ee07-9c1e-56f7-a0e2-bfac38b31b63';

describe('addresses as Olingo reads them (auxip.md#query-options)', () => {
  const auxip = emptyAuxip();
  const ask = (path: string, headers?: Record<string, string>, method?: string) =>
    auxip.ask(encodeURI(path), headers, method);

  it.each([
    ["Products?$filter=Name in ('a',5)", types('Edm.SByte', 'Edm.String')],
    ['Products?$filter=ContentLength in 5', types('Edm.SByte', '[Int64]')],
    ["Products?$filter=ContentDate in ('a')", 'OData.CSC.TimeRange does not look like an EDM primitive type.'],
    ['Products?$filter=Name add 5 eq 5', types('Edm.String', 'Edm.SByte')],
    ['Products?$filter=ContentLength add 5', types('Edm.Boolean', 'Edm.Decimal')],
    ['Products?$filter=1 add 1', types('Edm.Boolean', 'Edm.Int16')],
    ['Products?$filter=PublicationDate add 5 gt OriginDate', types('Edm.DateTimeOffset', 'Edm.SByte')],
    ['Products?$filter=2020-01-01 sub 2020-01-02', types('Edm.Boolean', 'Edm.Duration')],
    ['Products?$filter=cast(ContentLength,Edm.String) eq 5', types('Edm.String', 'Edm.SByte')],
    [
      'Products?$filter=isof(Name,5)',
      `${MISSING} 'The type filter '%1$s' is incompatible.' for following arguments '[]'!`,
    ],
    [
      'Products?$filter=OData.CSC.Nope() eq 5',
      `${MISSING} 'The function import '%1$s' has no function with parameters '%2$s'.' for following arguments '[OData.CSC.Nope]'!`,
    ],
    ["Products?$filter=ContentLength has 'a'", 'The URI is malformed.'],
    [
      "Products?$filter=Name eq OData.CSC.SubscriptionStatus'running'",
      types('Edm.String', 'OData.CSC.SubscriptionStatus'),
    ],
    [
      'Products?$search= ',
      "Exception during tokenizer creation with message 'Last parsed state 'null=>{}' is not finished.'.",
    ],
    ['Products?$expand=*($levels=0)', "The system query option '$levels' has the not-allowed value '0'."],
    ['Products?$expand=Attributes($top=-1)', "The system query option '$top' has the not-allowed value '-1'."],
    ['Products?$expand=Attributes/$count($top=1)', 'The URI is malformed.'],
    ['Products?$expand=Attributes($top=1;$top=1)', "The system query option '$top' can be specified only once."],
    ['Products?$expand=Attributes/OData.CSC.Product', "The type filter 'Product' is incompatible."],
    ['Products?$select=OData.*', "The part 'OData' is not defined."],
    ['Products(null)', "The key property 'Id' is invalid."],
    [`Products(${KEY})/OData.CSC.Nope()`, "The part 'OData.CSC.Nope' is not defined."],
    [`Products(${KEY})/ContentDate/$value`, "The kind 'ContentDate' is not allowed before '$value'."],
    ['Products/$ref?$apply=identity', "The system query option '$apply' is not allowed."],
    [`$entity?$id=http://x/Products(${KEY})`, '$id with absolute url different from base url is not implemented!'],
  ])('refuses %s', async (path, message) => {
    expect(JSON.parse((await ask(path)).body)).toEqual({
      error: { code: null, message },
    });
  });

  it.each([
    "Products?$filter= Name eq 'a' ",
    'Products?$orderby=Name desc ',
    'Products?$top= 1',
    'Products?$search=a-1 OR b,c',
    'Products?$format= json',
    'Products?$expand=*($levels=max)',
    'Products?$expand=Attributes/OData.CSC.StringAttribute',
  ])('takes %s', async (path) => {
    expect((await ask(path)).status).toBe(200);
  });

  it('writes an error as asked for once the address is read, and as JSON before that where there is a query', async () => {
    const typeOf = async (path: string, headers: Record<string, string>) =>
      (await ask(path, headers)).headers['content-type'];
    const Accept = 'application/xml';
    expect(await typeOf('Nope', { Accept })).toBe('application/xml');
    expect(await typeOf('Products?$filter=x', { Accept })).toContain('application/json');
    expect(await typeOf(`Products(${KEY})?$top=1`, { Accept })).toBe('application/xml');
    expect(await typeOf(`Products(${KEY})/$value?$format=xml`, {})).toBe('application/xml');
  });

  it('knows which methods a reference and a value have', async () => {
    expect((await ask('Products/$ref', {}, 'PUT')).status).toBe(405);
    expect((await ask('Products/$ref', {}, 'DELETE')).status).toBe(501);
    expect((await ask(`Products(${KEY})/Name/$value`, {}, 'PATCH')).status).toBe(405);
  });
});
