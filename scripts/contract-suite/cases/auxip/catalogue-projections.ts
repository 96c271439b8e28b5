import type { ContractCase, Source } from '../../contract-case';
import { filterText, SAMPLE, type Filter } from '../../filter';
import { CONDITIONS } from '../conditions';
import { MINIMAL_IEEE754, PRODUCTS, query, VERSION, type Query } from './catalogue-case';

const SEED: Filter = { property: 'Id', is: 'eq', value: '{{seed_id}}' };
const SMALL: Filter = { property: 'ContentLength', is: 'le', value: '{{mid_length}}' };

/** What of each row is written, and in which form. */
export function projections(): ContractCase[] {
  return [...selections(), ...expansions(), ...formats(), ...acceptances(), ...atom(), ...ignored()];
}

const SELECT: Source = {
  basis: 'observed',
  cite: 'auxip.md#selected-properties',
  says: '`Id` is always added, `@odata.id` when it was not named; the context lists what was selected.',
};

function selections(): ContractCase[] {
  const selected = (key: string, name: string, select: readonly string[], expand?: true): ContractCase =>
    query({
      key: `select-${key}`,
      name,
      source: SELECT,
      rows: { filter: SMALL, select, ...(expand ? { expand } : {}) },
    });
  const properties = [
    'Name',
    'ContentType',
    'ContentLength',
    'OriginDate',
    'PublicationDate',
    'Checksum',
    'ContentDate',
  ];
  return [
    ...properties.map((property) =>
      selected(property.toLowerCase(), `$select=${property} gives it and the id`, [property]),
    ),
    selected('id', '$select=Id gives the id alone', ['Id']),
    selected('id-name', '$select=Id,Name gives both', ['Id', 'Name']),
    selected('several', '$select of several properties gives them all', [
      'Name',
      'ContentLength',
      'Checksum',
      'ContentDate',
    ]),
    selected('all', '$select=* gives all properties', ['*']),
    selected('expanded', '$select and $expand work together', ['Name'], true),
    selected('id-expanded', '$select=Id with $expand gives id and attributes', ['Id'], true),
  ];
}

function expansions(): ContractCase[] {
  const source: Source = {
    basis: 'observed',
    cite: 'auxip.md#expanded-attributes',
    says: '`$expand=Attributes` appends the attributes at the end of each row.',
  };
  return [
    query({
      key: 'expand-attributes',
      name: '$expand=Attributes appends all attributes',
      source,
      rows: { filter: SMALL, expand: true },
    }),
    query({
      key: 'expand-page',
      name: '$expand works on a page in order',
      source,
      rows: { orderBy: [{ by: 'Id' }], top: 3, skip: 1, expand: true },
    }),
    query({
      key: 'expand-count',
      name: '$expand leaves the count as it is',
      source,
      rows: { orderBy: [{ by: 'Id' }], top: 3, skip: 1, expand: true, count: true },
    }),
    query({
      key: 'expand-one',
      name: '$expand works on a single row of a list',
      source,
      rows: { filter: SEED, expand: true },
    }),
    query(
      {
        key: 'expand-options',
        name: 'Options within $expand are parsed and change nothing',
        source: {
          basis: 'observed',
          cite: 'auxip.md#query-options',
          says: 'Nested ($filter=…) is parsed and ignored.',
        },
        rows: { filter: SEED, expand: true },
        expandText: "Attributes($filter=Name eq 'productType')",
      },
      { profiles: ['adg'] },
    ),
  ];
}

type Form = Pick<Query, 'contentType' | 'headers' | 'options'> & Pick<Query['rows'], 'metadata' | 'ieee754'>;

function formed(
  key: string,
  name: string,
  { metadata, ieee754, ...asked }: Form,
  rows: Query['rows'] = {},
): ContractCase {
  const source: Source = {
    basis: 'observed',
    cite: 'auxip.md#selected-properties',
    says: 'JSON in three levels of annotation; IEEE754Compatible turns 64-bit numbers into texts.',
  };
  const form = { ...(metadata ? { metadata } : {}), ...(ieee754 ? { ieee754 } : {}) };
  return query({ key: `form-${key}`, name, source, ...asked, rows: { filter: SMALL, ...form, ...rows } });
}

function formats(): ContractCase[] {
  const format = (metadata: 'none' | 'minimal' | 'full'): Form => ({
    metadata,
    options: [`$format=application/json;odata.metadata=${metadata}`],
    contentType: `application/json;odata.metadata=${metadata}`,
  });
  return [
    formed('json', '$format=json is JSON with few annotations', { options: ['$format=json'] }),
    formed('none', '$format with metadata=none leaves annotations out', format('none')),
    formed('minimal', '$format with metadata=minimal is the default', format('minimal')),
    formed('full', '$format with metadata=full writes all annotations', format('full')),
    formed('none-expanded', 'metadata=none leaves the annotations of attributes out', format('none'), { expand: true }),
    formed('full-expanded', 'metadata=full annotates expanded rows', format('full'), { expand: true }),
    formed('format-wins', '$format comes before Accept', {
      options: ['$format=json'],
      headers: { Accept: 'application/xml' },
    }),
  ];
}

function acceptances(): ContractCase[] {
  const accept = (value: string): Pick<Query, 'headers'> => ({ headers: { Accept: value } });
  const metadata = (level: 'none' | 'full'): Form => ({
    ...accept(`application/json;odata.metadata=${level}`),
    metadata: level,
    contentType: `application/json;odata.metadata=${level}`,
  });
  const ieee754: Form = {
    ...accept('application/json;IEEE754Compatible=true'),
    ieee754: true,
    contentType: MINIMAL_IEEE754,
  };
  return [
    formed('accept-json', 'Accept: application/json is answered in JSON', accept('application/json')),
    formed('accept-any', 'Accept: */* is answered in JSON', accept('*/*')),
    formed('accept-browser', 'A browser is answered in JSON', accept('text/html,application/xhtml+xml,*/*;q=0.8')),
    formed('accept-none', 'Accept with metadata=none leaves annotations out', metadata('none')),
    formed('accept-full', 'Accept with metadata=full writes all annotations', metadata('full')),
    formed('ieee754', 'IEEE754Compatible=true writes long numbers as texts', ieee754),
    formed('ieee754-count', 'IEEE754Compatible=true writes the count as text', ieee754, { count: true }),
    formed('version', 'OData-MaxVersion 4.01 is answered in 4.0', { headers: { 'OData-MaxVersion': '4.01' } }),
    formed('version-own', 'OData-Version 4.01 is taken', { headers: { 'OData-Version': '4.01' } }),
    formed('page-size', 'Neither Prefer: odata.maxpagesize nor a condition changes anything', {
      headers: { Prefer: 'odata.maxpagesize=1', ...CONDITIONS },
    }),
  ];
}

/** For readers of OData 4.0 in XML. */
function atom(): ContractCase[] {
  const written = (
    key: string,
    name: string,
    option: string,
    headers: Readonly<Record<string, string>>,
  ): ContractCase => ({
    key: `form-${key}`,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'auxip.md#query-options', says: '`$format` and Accept may ask for Atom.' },
    profiles: ['adg'],
    needs: ['catalogue_sample'],
    request: { url: `${PRODUCTS}?$filter=${filterText(SAMPLE)}&$orderby=Id${option}`, headers },
    expect: {
      status: 200,
      headers: { ...VERSION, 'Content-Type': '^application/(?:atom[+])?xml' },
      checks: [{ is: 'catalogue-atom' }],
    },
  });
  return [
    written('atom', '$format=atom writes the rows as a feed', '&$format=atom', {}),
    written('accept-atom', 'Accept: application/atom+xml is answered with a feed', '', {
      Accept: 'application/atom+xml',
    }),
  ];
}

/** Options that are taken and not followed. */
function ignored(): ContractCase[] {
  const options = [
    ['search', '$search=none'],
    ['skiptoken', '$skiptoken=abc'],
    ['deltatoken', '$deltatoken=abc'],
    ['plain', 'select=Name'],
    ['foreign', 'foo=bar'],
  ] as const;
  return options.map(([key, option]) =>
    query({
      key: `ignored-${key}`,
      name: `The option ${option} changes nothing`,
      source: { basis: 'observed', cite: 'auxip.md#query-options', says: 'Accepted and ignored.' },
      rows: { filter: SMALL },
      options: [option],
    }),
  );
}
