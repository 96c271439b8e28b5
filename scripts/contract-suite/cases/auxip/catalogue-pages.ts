import type { Order } from '../../checks';
import type { CaseFolder, ContractCase, Source } from '../../contract-case';
import type { Filter } from '../../filter';
import { JSON_MINIMAL, PRODUCTS, query, sample, VERSION } from './catalogue-case';
import { longPages } from './catalogue-long-pages';
import { projections } from './catalogue-projections';
import { signIn } from '../sign-in';

const KEY = 'catalogue-pages';

/** Order, pages, count and the form of rows, each answer compared with what the sample says it must be. */
export function cataloguePages(): CaseFolder {
  return {
    key: KEY,
    name: 'auxip.svc pages and rows',
    about:
      '`$orderby`, `$top`, `$skip`, `$count`, `$select`, `$expand` and `$format` on `Products`: each answer is computed here as well, from the sample.',
    cases: [
      signIn(KEY),
      sample(KEY),
      namesOnce(),
      ...orders(),
      ...tops(),
      ...skips(),
      ...walks(),
      ...counts(),
      ...encodedDollars(),
      ...longPages(),
      ...projections(),
    ],
  };
}

const SMALL: Filter = { property: 'ContentLength', is: 'le', value: '{{mid_length}}' };
/** Every name has it. */
const NAMED: Filter = { call: 'contains', property: 'Name', text: '_' };
const BY_ID: readonly Order[] = [{ by: 'Id' }];
const SORTABLE = [
  ...['Id', 'Name', 'ContentType', 'ContentLength', 'OriginDate', 'PublicationDate'],
  ...['ContentDate/Start', 'ContentDate/End'],
];
const OPTIONS: Source = {
  basis: 'observed',
  cite: 'auxip.md#query-options',
  says: '`$orderby` by properties, several, asc or desc; `$top` up to 200; `$skip`; `$count`.',
};

/** An entry and the one that replaces it are told apart by no baseline and by no list that goes by names. */
function namesOnce(): ContractCase {
  return {
    key: 'names-once',
    name: 'The whole catalogue has each name of the sample once',
    severity: 'data',
    source: {
      basis: 'observed',
      cite: 'auxip.md#names-and-replacements',
      says: 'Names are not unique while a file is being replaced.',
    },
    needs: ['names_terms'],
    request: { url: `${PRODUCTS}?$select=Id,Name&$filter={{names_terms}}` },
    expect: { status: 200, contentType: JSON_MINIMAL, headers: VERSION, checks: [{ is: 'catalogue-names' }] },
  };
}

function orders(): ContractCase[] {
  const ordered = (key: string, name: string, orderBy: readonly Order[]): ContractCase =>
    query({ key: `order-${key}`, name, source: OPTIONS, rows: { orderBy } });
  const ascending = (by: string): string => by.replace('/', '-').toLowerCase();
  return [
    ...SORTABLE.flatMap((by) => [
      ordered(`${ascending(by)}-asc`, `Entries come by ${by}, the least first`, [{ by }]),
      ordered(`${ascending(by)}-desc`, `Entries come by ${by}, the greatest first`, [{ by, descending: true }]),
    ]),
    ...SORTABLE.filter((by) => by !== 'ContentType').flatMap((by) => [
      ordered(`then-${ascending(by)}-asc`, `${by} decides as the second key`, [{ by: 'ContentType' }, { by }]),
      ordered(`then-${ascending(by)}-desc`, `${by} as the second key runs backwards alone`, [
        { by: 'ContentType' },
        { by, descending: true },
      ]),
    ]),
    ordered('two-keys', 'Entries with the same end come by start', [
      { by: 'ContentDate/End' },
      { by: 'ContentDate/Start' },
    ]),
    ordered('two-keys-desc', 'Each key has a direction of its own', [
      { by: 'ContentDate/End', descending: true },
      { by: 'Id' },
    ]),
    ordered('three-keys', 'Three keys decide one after the other', [
      { by: 'ContentType' },
      { by: 'ContentDate/End', descending: true },
      { by: 'PublicationDate' },
    ]),
    query({
      key: 'order-asc',
      name: 'asc is the order without a word',
      source: OPTIONS,
      rows: { orderBy: [{ by: 'PublicationDate' }, { by: 'Id' }] },
      orderText: 'PublicationDate asc,Id asc',
    }),
    query({
      key: 'order-filtered',
      name: 'Order and filter work together',
      source: OPTIONS,
      rows: {
        filter: { and: [SMALL, NAMED, { call: 'startswith', property: 'Name', text: 'S' }] },
        orderBy: [{ by: 'ContentLength', descending: true }, { by: 'Id' }],
      },
    }),
  ];
}

function tops(): ContractCase[] {
  const most = (top: number | string, name: string): ContractCase =>
    query({
      key: `top-${String(top).replace(/\W/g, '')}`.replaceAll('_', '-'),
      name,
      source: OPTIONS,
      rows: { orderBy: BY_ID, top },
    });
  return [
    most(0, '$top of 0 gives no rows'),
    most(1, '$top of 1 gives the first row'),
    most(2, '$top of 2 gives the first two rows'),
    most('{{third}}', '$top of a third gives the first third'),
    most('{{sample_last}}', '$top of all but one leaves the last out'),
    most('{{sample_size}}', '$top of all gives all'),
    most('{{sample_beyond}}', '$top of more gives all'),
    most(200, '$top of a whole page gives all'),
    most(201, '$top of more than a page gives all that fit'),
    most(1000, '$top of 1000 is taken'),
    most(2147483647, 'The greatest $top is taken'),
    query({
      key: 'top-unordered',
      name: '$top without order gives as many rows',
      source: OPTIONS,
      rows: { top: '{{third}}' },
    }),
  ];
}

function skips(): ContractCase[] {
  const behind = (key: string, skip: number | string, name: string): ContractCase =>
    query({ key: `skip-${key}`, name, source: OPTIONS, rows: { orderBy: BY_ID, skip } });
  return [
    behind('0', 0, '$skip of 0 leaves nothing out'),
    behind('1', 1, '$skip of 1 leaves the first row out'),
    behind('third', '{{third}}', '$skip of a third leaves the first third out'),
    behind('last', '{{sample_last}}', '$skip of all but one leaves the last row'),
    behind('all', '{{sample_size}}', '$skip of all leaves nothing'),
    behind('beyond', '{{sample_beyond}}', '$skip beyond the end leaves nothing'),
    behind('greatest', 2147483647, 'The greatest $skip is taken'),
    query({
      key: 'skip-filtered',
      name: '$skip counts the rows of the filter',
      source: OPTIONS,
      rows: { filter: SMALL, orderBy: [{ by: 'ContentLength' }, { by: 'Id' }], skip: 2, top: 3 },
    }),
    query({
      key: 'skip-unordered',
      name: '$skip without order leaves as many rows out',
      source: OPTIONS,
      rows: { skip: '{{third}}' },
    }),
  ];
}

/** Page by page through the sample: together the pages are the sample, none of them twice. */
function walks(): ContractCase[] {
  const ways: readonly (readonly [key: string, way: string, orderBy: readonly Order[]])[] = [
    ['id', 'by id', BY_ID],
    ['published', 'by publication, latest first', [{ by: 'PublicationDate', descending: true }, { by: 'Id' }]],
  ];
  const pages = [
    ['first', 'first', 0],
    ['second', 'second', '{{third}}'],
    ['last', 'last', '{{two_thirds}}'],
  ] as const;
  return ways.flatMap(([way, words, orderBy]) =>
    pages.map(([key, page, skip]) =>
      query({
        key: `walk-${way}-${key}`,
        name: `The ${page} of three pages ${words} joins the others`,
        source: OPTIONS,
        rows: { orderBy, top: '{{third}}', skip },
      }),
    ),
  );
}

function encodedDollars(): ContractCase[] {
  const encoded = (key: string, name: string, rows: Parameters<typeof query>[0]['rows']): ContractCase => {
    const item = query({ key, name, source: { ...OPTIONS, says: '`%24filter` for `$filter` is fine.' }, rows });
    return { ...item, request: { ...item.request, url: item.request.url.replaceAll(/([?&])[$]/g, '$1%24') } };
  };
  const orderBy: readonly Order[] = [{ by: 'ContentLength', descending: true }, { by: 'Id' }];
  return [
    encoded('page-encoded-dollars', 'Options may have their dollar sign encoded', {
      filter: SMALL,
      orderBy,
      top: 3,
      skip: 1,
    }),
    encoded('count-encoded-dollar', '$count may have its dollar sign encoded', { filter: SMALL, top: 1, count: true }),
  ];
}

function counts(): ContractCase[] {
  const source: Source = {
    basis: 'observed',
    cite: 'auxip.md#query-options',
    says: '`@odata.count` is the total of the filter, whatever `$top` and `$skip` say.',
  };
  const counted = (key: string, name: string, rows: Parameters<typeof query>[0]['rows']): ContractCase =>
    query({ key: `count-${key}`, name, source, rows: { ...rows, count: true } });
  return [
    counted('sample', 'The count of the sample is the number of its rows', {}),
    counted('filtered', 'The count is that of the filter', { filter: SMALL }),
    counted('none', 'The count of nothing is 0', { filter: { property: 'Name', is: 'eq', value: 'none', text: true } }),
    counted('page', 'The count passes over $top and $skip', { orderBy: BY_ID, top: 2, skip: 1 }),
    counted('filtered-page', 'The count of a filter passes over $top and $skip', {
      filter: SMALL,
      orderBy: [{ by: 'ContentLength', descending: true }, { by: 'Id' }],
      top: 2,
      skip: 1,
    }),
    counted('alone', '$top of 0 leaves only the count', { top: 0 }),
    counted('beyond', 'The count stays beyond the end', { skip: '{{sample_beyond}}' }),
    query({
      key: 'count-false',
      name: 'No count is given when none is wanted',
      source,
      rows: {},
      options: ['$count=false'],
    }),
  ];
}
