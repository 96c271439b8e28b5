import type { ContractCase } from '../../contract-case';
import { refusal, type Refusal } from './catalogue-refusals';

/** Options, headers and addresses that are refused (auxip.md#resources, auxip.md#query-options, auxip.md#errors). */
export function wrongOptions(): ContractCase[] {
  return [
    ...values(),
    ...repeated(),
    ...undefinedOptions(),
    ...names(),
    ...forms(),
    ...headers(),
    ...addresses(),
    ...keys(),
    ...entities(),
  ].map(refusal);
}

const CITE = 'auxip.md#query-options';

function values(): Refusal[] {
  const wrong = [
    ...['-1', 'abc', '', '1.5', '2147483648', '99999999999'].flatMap((value) => [
      ['top', value],
      ['skip', value],
    ]),
    ...['yes', '', 'TRUE', '1'].map((value) => ['count', value]),
    ...['Name up', 'PublicationDate DESC'].map((value) => ['orderby', value]),
    ['top', '5;$skip=1'],
  ] as [string, string][];
  return wrong.map(([option, value], index) => ({
    key: `value-${option}-${index}`,
    name: `$${option} must not be "${value}"`,
    path: `/Products?$select=Id&$${option}=${value}`,
    status: 400,
    message: `The system query option '$${option}' has the not-allowed value '${value}'.`,
    cite: CITE,
  }));
}

function repeated(): Refusal[] {
  const options = {
    top: '5',
    skip: '5',
    count: 'false',
    select: 'Id',
    orderby: 'Name',
    expand: 'Attributes',
    format: 'json',
    filter: "Name eq 'x'",
  };
  return Object.entries(options).map(([option, value]) => ({
    key: `repeated-${option}`,
    name: `$${option} may occur once`,
    path: `/Products?$${option}=${value}&$${option}=${value}`,
    status: 400,
    message: `The system query option '$${option}' can be specified only once.`,
    cite: CITE,
  }));
}

function undefinedOptions(): Refusal[] {
  return ['foo', 'inlinecount', 'Filter'].map((option) => ({
    key: `undefined-${option.toLowerCase()}`,
    name: `There is no option $${option}`,
    path: `/Products?$${option}=x`,
    status: 400,
    message: `The system query option '$${option}' is not defined.`,
    cite: CITE,
  }));
}

function names(): Refusal[] {
  const unknown = (option: string, property: string, type: string, official?: string): Refusal => ({
    key: `unknown-${option}-${property.toLowerCase()}`,
    name: `$${option} does not know ${property}`,
    path: `/Products?$top=1&$${option}=${property}`,
    status: 400,
    message: `The property '${property}', used in a query expression, is not defined in type '${type}'.`,
    cite: CITE,
    ...(official ? { official } : {}),
  });
  const eviction = 'EvictionDate is a property.';
  return [
    unknown('orderby', 'Foo', 'OData.CSC.Product'),
    unknown('orderby', 'name', 'OData.CSC.Product'),
    unknown('orderby', 'EvictionDate', 'OData.CSC.Product', eviction),
    unknown('select', 'Foo', 'Product'),
    unknown('select', 'EvictionDate', 'Product', eviction),
    unknown('expand', 'Foo', 'Product'),
  ];
}

function forms(): Refusal[] {
  return [
    {
      key: 'expand-typed',
      name: 'A typed set of attributes is not expanded alone',
      path: '/Products?$top=1&$expand=StringAttributes',
      status: 400,
      code: '400',
      message: 'No related entity found',
      cite: CITE,
      official: 'Navigation properties can be expanded.',
    },
    {
      key: 'select-gap',
      name: 'A gap in $select is malformed',
      path: '/Products?$select=Id,,Name',
      status: 400,
      message: 'The URI is malformed.',
      cite: CITE,
    },
    {
      key: 'orderby-complex',
      name: 'Entries are not ordered by a whole ContentDate',
      path: '/Products?$top=1&$orderby=ContentDate',
      status: 500,
      cite: CITE,
    },
    {
      key: 'orderby-function',
      name: 'Entries are not ordered by a function',
      path: '/Products?$top=1&$orderby=length(Name)',
      status: 500,
      cite: CITE,
    },
    {
      key: 'format',
      name: '$format=csv is refused',
      path: '/Products?$top=1&$format=csv',
      status: 406,
      message:
        "The system query option '$format' must be either 'json', 'xml', 'atom', or a valid content type; the value 'csv' is neither.",
      cite: CITE,
    },
  ];
}

function headers(): Refusal[] {
  const sent = (
    key: string,
    name: string,
    sentHeaders: Record<string, string>,
    status: number,
    message: string,
  ): Refusal => ({
    key: `header-${key}`,
    name,
    path: '/Products?$select=Id&$top=1',
    status,
    message,
    cite: CITE,
    headers: sentHeaders,
    ...('Prefer' in sentHeaders ? { recordedOnly: true } : {}),
  });
  const range = (type: string): string =>
    `The content-type range '${type}' is not supported as value of the Accept header.`;
  return [
    sent('html', 'HTML is not served', { Accept: 'text/html' }, 406, range('text/html')),
    sent(
      'octets',
      'Bytes are not served as a list',
      { Accept: 'application/octet-stream' },
      406,
      range('application/octet-stream'),
    ),
    sent('garbage', 'A wrong Accept is refused', { Accept: 'garbage' }, 400, range(' garbage')),
    sent(
      'minimal',
      'Prefer: return=minimal is refused',
      { Prefer: 'return=minimal' },
      400,
      "The Prefer header 'return=minimal' is not supported for this HTTP Method.",
    ),
    sent(
      'representation',
      'Prefer: return=representation is refused',
      { Prefer: 'return=representation' },
      400,
      "The Prefer header 'return=representation' is not supported for this HTTP Method.",
    ),
    sent(
      'max-version',
      'OData 3.0 is refused as greatest version',
      { 'OData-MaxVersion': '3.0' },
      400,
      "OData version '3.0' is not supported.",
    ),
    sent(
      'version',
      'OData 3.0 is refused as version',
      { 'OData-Version': '3.0' },
      400,
      "OData version '3.0' is not supported.",
    ),
  ];
}

function recordedOnly(item: Refusal): Refusal {
  return { ...item, recordedOnly: true };
}

function not(key: string, name: string, path: string, status: number, message: string, method?: string): Refusal {
  return { key, name, path, status, message, cite: 'auxip.md#errors', ...(method ? { method } : {}) };
}

function addresses(): Refusal[] {
  const absent = (name: string): Refusal => ({
    key: `set-${name.toLowerCase()}-${name === name.toLowerCase() ? 'lower' : 'own'}`,
    name: `There is no entity set ${name}`,
    path: `/${name}`,
    status: 404,
    message: `Cannot find EntitySet, Singleton, ActionImport or FunctionImport with name '${name}'.`,
    cite: 'auxip.md#resources',
  });
  const unimplemented = 'The requested functionality has not been implemented (yet).';
  return [
    ...['Users', 'Nope', 'products', 'Product'].map(absent),
    recordedOnly(not('all', '$all is not implemented', '/$all', 501, unimplemented)),
    recordedOnly(not('crossjoin', '$crossjoin is not implemented', '/$crossjoin(Products)', 501, unimplemented)),
    recordedOnly(
      not('batch-get', '$batch cannot be read', '/$batch', 405, "HTTP method 'GET' not allowed for this resource."),
    ),
  ];
}

/** Keys, and what stands behind them. */
function keys(): Refusal[] {
  return [
    not('slash-key', 'A key does not follow a slash', '/Products/{{missing_id}}', 400, 'The URI is malformed.'),
    not('key-text', 'A key is an id', '/Products(abc)', 400, "The key property 'abc' is invalid."),
    not('key-quoted', 'An id has no quotes', "/Products('{{missing_id}}')", 400, "The key value '' is invalid."),
    not('key-name', 'The key is Id', "/Products(Name='x')", 400, "The key property 'Name' is invalid."),
    not('key-empty', 'A key is not empty', '/Products()', 400, 'There are 0 key properties instead of the expected 1.'),
    not('head', 'HEAD is refused for the list', '/Products', 405, '', 'HEAD'),
    not('head-entity', 'HEAD is refused for an entry', '/Products({{missing_id}})', 405, '', 'HEAD'),
    not('head-value', 'HEAD is refused for a file', '/Products({{missing_id}})/$value', 405, '', 'HEAD'),
    not(
      'entity-foo',
      'An entry has no unknown property',
      '/Products({{missing_id}})/Foo',
      404,
      "The type 'OData.CSC.Product' has no property 'Foo'.",
    ),
    recordedOnly(
      not(
        'entity-ref',
        'References are not implemented',
        '/Products({{missing_id}})/$ref',
        501,
        "No processor for interface 'ReferenceProcessor' registered.",
      ),
    ),
    not(
      'entity-count',
      'An entry cannot be counted',
      '/Products({{missing_id}})/$count',
      400,
      "'$count' is only allowed for collections.",
    ),
    recordedOnly(
      not(
        'value-of-name',
        'A property has no raw value',
        '/Products({{missing_id}})/Name/$value',
        501,
        "No processor for interface 'PrimitiveValueProcessor' registered.",
      ),
    ),
  ];
}

/** Options that a single entry does not take. */
function entities(): Refusal[] {
  const options = { filter: "Name eq 'x'", top: '1', skip: '1', orderby: 'Name', count: 'true', search: 'x' };
  return Object.entries(options).map(([option, value]) => ({
    key: `entity-option-${option}`,
    name: `An entry does not take $${option}`,
    path: `/Products({{missing_id}})?$${option}=${value}`,
    status: 400,
    message: `The system query option '$${option}' is not allowed.`,
    cite: CITE,
  }));
}
