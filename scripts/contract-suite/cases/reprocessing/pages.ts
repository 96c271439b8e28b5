import { queryText, type AdfQuery, type AdfSet } from '../../adf-query';
import type { Check } from '../../checks';
import type { ContractCase, Expectation } from '../../contract-case';
import type { Filter } from '../../filter';
import { needed, observed, OK, query, REPROCESSING, SCHEMAS } from './reprocessing-case';

/** Order, pages, counts and expansion of lists. */
export function reprocessingPages(): ContractCase[] {
  return [...orders(), ...pages(), ...deepPages(), ...counts(), ...expansions()];
}

function orders(): ContractCase[] {
  const series: Filter = { call: 'startswith', property: 'FullName', text: '{{adf_beginning}}' };
  const file = (key: string, name: string, options: Omit<AdfQuery, 'of'>): ContractCase =>
    query({ key: `order-${key}`, name }, { of: 'AuxFiles', ...options });
  return [
    file('asc', 'Files in the order of their creation', { orderBy: [{ by: 'CreationDate' }] }),
    file('desc', 'Files, the latest creation first', { orderBy: [{ by: 'CreationDate', descending: true }] }),
    file('two', 'Files by unit, then the latest validity first', {
      orderBy: [{ by: 'Unit' }, { by: 'ValidityStart', descending: true }],
    }),
    file('three', 'Files by band descending, stop of application, id', {
      orderBy: [{ by: 'Band', descending: true }, { by: 'SensingTimeApplicationStop' }, { by: 'Id' }],
    }),
    file('name', 'Files in the order of their names', { orderBy: [{ by: 'FullName' }], filter: series }),
    file('filter', 'Order and filter together', {
      orderBy: [
        { by: 'ValidityStop', descending: true },
        { by: 'Id', descending: true },
      ],
      filter: { property: 'Unit', is: 'eq', value: 'X', text: true },
    }),
    query(
      { key: 'order-types', name: 'Types in the order of their names, backwards' },
      { of: 'AuxTypes', orderBy: [{ by: 'LongName', descending: true }] },
    ),
    query({ key: 'order-products', name: 'Product types in order' }, { of: 'ProductTypes', orderBy: [{ by: 'Type' }] }),
    query(
      { key: 'order-levels', name: 'Product levels in order, backwards' },
      { of: 'ProductLevels', orderBy: [{ by: 'Level', descending: true }] },
    ),
  ];
}

function pages(): ContractCase[] {
  const orderBy = [{ by: 'CreationDate' }, { by: 'Id' }];
  const page = (key: string, name: string, options: Omit<AdfQuery, 'of'>, of: AdfSet = 'AuxFiles'): ContractCase =>
    query({ key: `page-${key}`, name }, { of, ...options });
  return [
    page('1', 'The first page of files', { orderBy, top: 13 }),
    page('2', 'The second page begins where the first ended', { orderBy, top: 13, skip: 13 }),
    page('3', 'The third page begins where the second ended', { orderBy, top: 13, skip: 26 }),
    page('rest', '$skip alone leaves all the rest', { orderBy, skip: 39 }),
    page('beyond', 'A page beyond the end is empty', { orderBy, skip: 100_000 }),
    page('zero', '$top=0 brings nothing', { top: 0 }),
    page('large', 'A large $top brings all', { top: 100_000 }),
    page('any', 'A page without an order has that many distinct rows', { top: 5 }),
    page('filter', '$top and $skip count what the filter leaves', {
      orderBy,
      top: 3,
      skip: 2,
      filter: { property: 'Unit', is: 'ne', value: 'X', text: true },
    }),
    page('types', 'All types come without $top: there is no limit', {}, 'AuxTypes'),
    page('types-rest', 'A page of types from the middle', { top: 200, skip: 100 }, 'AuxTypes'),
    page('products', 'A page of product types', { top: 2, skip: 1, orderBy: [{ by: 'Type' }] }, 'ProductTypes'),
    page('levels', 'A page of product levels', { top: 1, orderBy: [{ by: 'Level' }] }, 'ProductLevels'),
  ];
}

/** A $skip that no sample is long enough for: two smaller ones, each behind a known name, lead to the same file. */
function deepPages(): ContractCase[] {
  const source = observed('reprocessing.md#query-options', '`$skip` passes over that many rows, however many.');
  const step = (key: string, name: string, options: string, needs: readonly string[], ...checks: Check[]) => ({
    key: `reprocessing-deep-${key}`,
    name,
    severity: 'data' as const,
    source,
    needs: ['adf_id', ...needs],
    request: { url: `${REPROCESSING}/AuxFiles?${options}$orderby=FullName desc&$top=1` },
    expect: { ...OK, schema: SCHEMAS.AuxFiles[0], checks },
  });
  const keep = (as: string): Check => ({ is: 'keep', pointer: '/value/0/FullName', as });
  const behind = (name: string): string => `$filter=FullName lt '{{${name}}}'&$skip=500&`;
  return [
    step('start', 'The file whose name comes last', '', [], keep('deep_start')),
    step('first', 'A file 500 before it', behind('deep_start'), ['deep_start'], keep('deep_first')),
    step('second', 'A file 500 before that one', behind('deep_first'), ['deep_first'], keep('deep_second')),
    step('page', '$skip of 1002 leads to the same file as two smaller ones', '$skip=1002&', ['deep_second'], {
      is: 'member',
      pointer: '/value/0/FullName',
      equal: '{{deep_second}}',
    }),
  ];
}

const OF_ALL = {
  basis: 'documented',
  cite: 'OData protocol',
  says: 'The count ignores $top and $skip.',
} as const;

/** Of a page only: `@odata.count` and `/$count` differ from what they promise then. */
const isPage = ({ top, skip }: AdfQuery): boolean => top !== undefined || skip !== undefined;

function counts(): ContractCase[] {
  const counted = (key: string, name: string, options: AdfQuery): ContractCase => {
    const item = query({ key: `count-${key}`, name, severity: 'contract' }, { ...options, count: true });
    const ofAll: Expectation = { ...OK, checks: [{ is: 'adf-rows', ...options, count: true, countAll: true }] };
    return isPage(options) ? { ...item, promised: { ...OF_ALL, expect: ofAll } } : item;
  };
  return [
    counted('all', '$count=true is the number of rows', { of: 'AuxFiles' }),
    counted('page', '$count=true counts the page that a filter leaves', {
      of: 'AuxFiles',
      filter: { property: 'Unit', is: 'ne', value: 'X', text: true },
      orderBy: [{ by: 'Id' }],
      top: 2,
      skip: 1,
    }),
    counted('rest', '$count=true after $skip counts the rest', { of: 'AuxTypes', skip: 300 }),
    counted('products', '$count=true is the number of product types', { of: 'ProductTypes' }),
    counted('levels', '$count=true is the number of levels', { of: 'ProductLevels' }),
    path('all', 'AuxTypes/$count is the number of types, in JSON', { of: 'AuxTypes' }),
    path('filter', 'AuxFiles/$count with a filter is the number of those files', {
      of: 'AuxFiles',
      filter: { property: 'Unit', is: 'eq', value: 'X', text: true },
    }),
    path('page', 'AuxFiles/$count with $top and $skip counts the page', { of: 'AuxFiles', top: 6, skip: 2 }),
    path('products', 'ProductTypes/$count is the number of product types', { of: 'ProductTypes' }),
    path('levels', 'ProductLevels/$count is the number of levels', { of: 'ProductLevels' }),
  ];
}

function path(key: string, name: string, options: AdfQuery): ContractCase {
  const counted = (countAll?: boolean): Expectation => ({
    ...OK,
    checks: [{ is: 'adf-count', ...options, ...(countAll ? { countAll } : {}) }],
  });
  return {
    key: `reprocessing-count-path-${key}`,
    name,
    severity: 'contract',
    source: observed('reprocessing.md#query-options', '`/$count` is JSON and counts the rows after $top and $skip.'),
    needs: needed(options.of),
    request: { url: `${REPROCESSING}/${options.of}/$count${queryText(options)}` },
    expect: counted(),
    ...(isPage(options) ? { promised: { ...OF_ALL, expect: counted(true) } } : {}),
  };
}

function expansions(): ContractCase[] {
  const few: Filter = { property: 'Mission', is: 'eq', value: '{{adf_type_mission}}', text: true };
  const expanded = (of: AdfSet, expand: readonly string[], options: Partial<AdfQuery>): ContractCase =>
    query(
      {
        key: `expand-${of}-${expand.join('-')}`.toLowerCase(),
        name: `$expand=${expand.join(',')} of ${of} brings exactly these`,
      },
      { of, expand, ...options },
    );
  return [
    expanded('AuxTypes', ['ProductTypes'], { filter: few }),
    expanded('AuxTypes', ['ProductLevels'], { filter: few }),
    expanded('AuxFiles', ['AuxType'], { top: 20, orderBy: [{ by: 'Id' }] }),
  ];
}
