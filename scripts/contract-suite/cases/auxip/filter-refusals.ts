import type { ContractCase } from '../../contract-case';
import { refusal, type Refusal } from './catalogue-refusals';

/** `$filter` as the grammar, the types or the database refuse it (auxip.md#filters). */
export function wrongFilters(): ContractCase[] {
  return [...wrongLiterals(), ...malformed(), ...notAllowed(), ...unknownNames(), ...exceptions()].map(refusal);
}

type Wrong = readonly [key: string, name: string, filter: string, official?: string];

function filtered([key, name, filter, official]: Wrong, status: number, message?: string): Refusal {
  return {
    key: `filter-${key}`,
    name,
    path: `/Products?$select=Id&$top=1&$filter=${filter}`,
    status,
    cite: 'auxip.md#filters',
    ...(message === undefined ? {} : { message }),
    ...(official === undefined ? {} : { official }),
  };
}

const DATES = ['OriginDate', 'PublicationDate', 'ContentDate/Start', 'ContentDate/End'];
const NUMBER = 'Edm.SByte';

/** Read as far as the property, which is a text and no condition. */
const NO_CONDITIONS: readonly Wrong[] = [
  ['bare-name', 'A property alone is not a condition', 'Name'],
  ['no-literal', 'An operator without literal is not a condition', 'Name eq'],
  ['capital-operator', 'Operators are lower case', "Name EQ 'x'"],
  ['unknown-operator', 'An unknown operator is refused', "Name like 'x'"],
];

/** Each property with literals of other types: the types are named in the refusal. */
function wrongLiterals(): Refusal[] {
  const incompatible = (property: string, type: string, literal: string, of: string): Refusal =>
    filtered(
      [
        `type-${property}-${of}`.replace(/[/.[\]]/g, '-').toLowerCase(),
        `${property} does not compare with ${literal}`,
        `${property} eq ${literal}`,
      ],
      400,
      `The types '${type}' and '${of}' are not compatible.`,
    );
  const time = '2020-05-15T00:00:00';
  const guid = '7fc282fc-4a00-417f-b77c-4e851440105a';
  return [
    ...DATES.flatMap((date) => [
      incompatible(date, 'Edm.DateTimeOffset', `'${time}Z'`, 'Edm.String'),
      incompatible(date, 'Edm.DateTimeOffset', time, 'Edm.Date'),
      incompatible(date, 'Edm.DateTimeOffset', '5', NUMBER),
      incompatible(date, 'Edm.DateTimeOffset', guid, 'Edm.Guid'),
    ]),
    incompatible('ContentLength', 'Edm.Int64', "'1000'", 'Edm.String'),
    incompatible('ContentLength', 'Edm.Int64', `${time}Z`, 'Edm.DateTimeOffset'),
    incompatible('ContentLength', 'Edm.Int64', guid, 'Edm.Guid'),
    incompatible('ContentLength', 'Edm.Int64', 'true', 'Edm.Boolean'),
    incompatible('Id', 'Edm.Guid', `'${guid}'`, 'Edm.String'),
    incompatible('Id', 'Edm.Guid', '5', NUMBER),
    incompatible('Id', 'Edm.Guid', `${time}Z`, 'Edm.DateTimeOffset'),
    incompatible('Name', 'Edm.String', '5', NUMBER),
    incompatible('Name', 'Edm.String', `${time}Z`, 'Edm.DateTimeOffset'),
    incompatible('Name', 'Edm.String', guid, 'Edm.Guid'),
    incompatible('ContentType', 'Edm.String', 'true', 'Edm.Boolean'),
    filtered(
      ['contains-number', 'contains does not take a number', "contains(ContentLength,'oct')"],
      400,
      "The types 'Edm.Int64' and '[String]' are not compatible.",
    ),
    filtered(
      ['startswith-date', 'startswith does not take a date', "startswith(PublicationDate,'2020')"],
      400,
      "The types 'Edm.DateTimeOffset' and '[String]' are not compatible.",
    ),
    filtered(
      ['endswith-id', 'endswith does not take an id', "endswith(Id,'5a')"],
      400,
      "The types 'Edm.Guid' and '[String]' are not compatible.",
    ),
    ...NO_CONDITIONS.map((item) => filtered(item, 400, "The types 'Edm.Boolean' and 'Edm.String' are not compatible.")),
  ];
}

function malformed(): Refusal[] {
  const wrong: readonly Wrong[] = [
    ['empty', 'An empty filter is malformed', ''],
    ['unclosed-quote', 'A literal that is not closed is malformed', "Name eq 'x"],
    ['double-quotes', 'Double quotes are malformed', 'Name eq "x"'],
    ['unclosed', 'A parenthesis that is not closed is malformed', "(Name eq 'x'"],
    ['unclosed-call', 'A call that is not closed is malformed', "contains(Name,'x'"],
    ['invalid-escape', 'A percent sign with no hex digits is malformed', "contains(Name,'a_b%c')"],
    ['no-argument', 'A call without its second argument is malformed', 'contains(Name)'],
    ['unknown-cast', 'A cast to no known type is malformed', "Attributes/OData.CSC.NoAttribute/any(v:v/Name eq 'x')"],
  ];
  return wrong.map((item) => filtered(item, 400, 'The URI is malformed.'));
}

function notAllowed(): Refusal[] {
  const wrong: readonly Wrong[] = [
    ['no-blank', 'A missing blank is refused', "contains(Name,'a')and Name eq 'b'"],
    ['plus', 'A plus is not a space', "contains(Name,'a')+and+startswith(Name,'S')"],
    ['closed-twice', 'A parenthesis too many is refused', "Name eq 'x')"],
  ];
  return wrong.map((item) =>
    filtered(item, 400, `The system query option '$filter' has the not-allowed value '${item[2]}'.`),
  );
}

function unknownNames(): Refusal[] {
  const unknown = (property: string, filter: string, type = 'Product', official?: string): Refusal =>
    filtered(
      [`unknown-${property}-${type}`.toLowerCase(), `${type} has no property ${property}`, filter, official],
      400,
      `The property '${property}', used in a query expression, is not defined in type 'OData.CSC.${type}'.`,
    );
  return [
    unknown('name', "name eq 'x'"),
    unknown('Foo', 'Foo eq 5'),
    unknown('EvictionDate', 'EvictionDate gt 2000-01-01T00:00:00Z', 'Product', 'EvictionDate is a property.'),
    unknown('Stop', 'ContentDate/Stop gt 2020-01-01T00:00:00Z', 'TimeRange'),
    unknown(
      'Value',
      "Attributes/OData.CSC.StringAttribute/any(v:v/Name eq 'productType' and v/Value eq 'x')",
      'Attribute',
    ),
  ];
}

/** Taken by the grammar, not by what makes a database query of it. */
function exceptions(): Refusal[] {
  const cast = 'Attributes/OData.CSC.StringAttribute';
  const term = "v/Name eq 'productType' and v/OData.CSC.StringAttribute/Value eq 'x'";
  const wrong: readonly Wrong[] = [
    ['not', 'not is not carried out', "not contains(Name,'x')", '`not` is part of the query language.'],
    ['in', 'in is not carried out', "Name in ('a','b')", '`in` is part of the query language.'],
    ['true', 'true alone is not carried out', 'true', '`true` is a condition.'],
    ['false-or', 'false or a condition is not carried out', "(false or contains(Name,'x'))", '`false` is a condition.'],
    ['literal-first', 'A literal on the left is not supported', "'x' eq Name", 'Literals may be on either side.'],
    ['tolower', 'tolower is not carried out', "tolower(Name) eq 'x'"],
    ['toupper', 'toupper is not carried out', "toupper(Name) eq 'X'"],
    ['length', 'length is not carried out', 'length(Name) gt 10'],
    ['indexof', 'indexof is not carried out', "indexof(Name,'x') eq 0"],
    ['year', 'year is not carried out', 'year(PublicationDate) eq 2020'],
    ['nested-call', 'A call within a call is not carried out', "contains(tolower(Name),'x')"],
    ['substringof', 'substringof is not carried out', "substringof('x',Name)"],
    ['call-eq-true', 'A call compared with true is not carried out', "contains(Name,'x') eq true"],
    ['exponent', 'A number with an exponent is not compared with ContentLength', 'ContentLength gt 1e3'],
    ['fraction', 'A broken number is not compared with ContentLength', 'ContentLength gt 1000.5'],
    ['all', 'all is not carried out', `${cast}/all(v:${term})`],
    ['any-empty', 'any without a condition is not carried out', `${cast}/any()`],
    ['any-name', 'any with only the name is not carried out', `${cast}/any(v:v/Name eq 'productType')`],
    [
      'any-reversed',
      'any with the value first is not carried out',
      `${cast}/any(v:v/OData.CSC.StringAttribute/Value eq 'x' and v/Name eq 'productType')`,
    ],
    ['any-uncast', 'any on Attributes without a cast is not carried out', `Attributes/any(v:${term})`],
    ['any-checksum', 'any on Checksum is not carried out', "Checksum/any(c:c/Algorithm eq 'MD5')"],
  ];
  return wrong.map((item) => filtered(item, 500));
}
