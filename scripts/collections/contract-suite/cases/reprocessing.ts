import { readText } from '../csdl-text';
import { ADF_SETS, queryText, type AdfQuery, type AdfSet } from '../adf-query';
import type { CaseFolder, ContractCase, Expectation, Severity, Source } from '../contract-case';
import type { Comparison, Filter, TextFunction } from '../filter';
import { reprocessingErrors } from './reprocessing-errors';
import { reprocessingFunctions } from './reprocessing-functions';
import { signIn } from './sign-in';

const ROOT = '{{reprocessing_root_uri}}';
const VERSION = { 'OData-Version': '^4[.]0$' };

/** ADF types and files, and which of them apply to a period (auxip.md §5). */
export function reprocessing(): CaseFolder {
  return {
    key: 'reprocessing',
    name: 'reprocessing.svc',
    about:
      'ADF types and auxiliary files: samples are read once, each row compared with its own name, and every query is answered here as well. `adf_sample` in the environment chooses the files.',
    cases: [
      signIn('reprocessing'),
      ...documents(),
      ...samples(),
      ...textFilters(),
      ...fileFilters(),
      ...typeFilters(),
      ...orders(),
      ...pages(),
      ...counts(),
      ...expansions(),
      ...entries(),
      ...members(),
      ...reprocessingFunctions(),
      ...reprocessingErrors(),
      inCatalogue(),
    ],
  };
}

/** Schemas by set: of a list, and of one entry. */
export const SCHEMAS: Readonly<Record<AdfSet, readonly [list: string, entry: string]>> = {
  AuxTypes: ['reprocessing.aux-types', 'reprocessing.aux-type'],
  AuxFiles: ['reprocessing.aux-files', 'reprocessing.aux-file'],
  ProductLevels: ['reprocessing.product-levels', 'reprocessing.product-level'],
  ProductTypes: ['reprocessing.product-types', 'reprocessing.product-type'],
};

const observed = (cite: string, says: string): Source => ({ basis: 'observed', cite, says });

const success: Expectation = { status: 200, contentType: 'application/json', headers: VERSION };

function documents(): ContractCase[] {
  return [
    {
      key: 'reprocessing-root',
      name: 'reprocessing.svc lists its entity sets',
      severity: 'contract',
      source: observed('auxip.md §5.1', 'Four entity sets.'),
      request: { url: `${ROOT}/` },
      expect: {
        ...success,
        schema: 'service-document',
        checks: [
          {
            is: 'body',
            equal: {
              '@odata.context': 'http://reprobase:8080/reprocessing.svc/$metadata',
              value: [...ADF_SETS].sort().map((name) => ({ name, url: name })),
            },
          },
        ],
      },
    },
    {
      key: 'reprocessing-metadata',
      name: 'The $metadata of reprocessing.svc is the one these schemas were made of',
      severity: 'contract',
      source: observed('auxip.md §5.1', 'The model; schemas/csdl/reprocessing.svc.xml.'),
      request: { url: `${ROOT}/$metadata`, headers: { Accept: '*/*' } },
      expect: {
        status: 200,
        contentType: 'application/xml',
        headers: VERSION,
        checks: [{ is: 'body', equal: readText('reprocessing') }],
      },
    },
  ];
}

function samples(): ContractCase[] {
  const expand: Partial<Record<AdfSet, readonly string[]>> = {
    AuxTypes: ['ProductTypes', 'ProductLevels'],
    AuxFiles: ['AuxType'],
  };
  return ADF_SETS.map((of) => ({
    key: `reprocessing-sample-${of.toLowerCase()}`,
    name: `The sample of ${of}`,
    severity: 'data',
    source: observed('auxip.md §5.1', 'Rows as they stand, with all that belongs to them.'),
    request: { url: `${ROOT}/${of}${queryText({ of, expand: expand[of] })}` },
    expect: { ...success, schema: SCHEMAS[of][0], checks: [{ is: 'adf-sample', of }] },
  }));
}

interface Told {
  readonly key: string;
  readonly name: string;
  readonly severity?: Severity;
  readonly source?: Source;
  readonly needs?: readonly string[];
}

/** A query whose answer is computed from the sample. */
function query({ key, name, severity = 'data', source, needs }: Told, options: AdfQuery): ContractCase {
  return {
    key: `reprocessing-${key}`,
    name,
    severity,
    source: source ?? observed('auxip.md §5.2', 'Filter, order, pages, expansion and count work.'),
    needs: needs ?? [options.of === 'AuxFiles' ? 'adf_id' : 'adf_type'],
    request: { url: `${ROOT}/${options.of}${queryText(options)}` },
    expect: { ...success, schema: SCHEMAS[options.of][0], checks: [{ is: 'adf-rows', ...options }] },
  };
}

const FUNCTIONS: readonly TextFunction[] = ['contains', 'startswith', 'endswith'];
const COMPARISONS: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

function textFilters(): ContractCase[] {
  const files: Readonly<Record<TextFunction, string>> = {
    contains: '{{adf_name_part}}',
    startswith: '{{adf_beginning}}',
    endswith: '{{adf_name_end}}',
  };
  const chosen = (of: AdfSet, property: string, call: TextFunction, text: string): ContractCase =>
    query(
      { key: `${of}-${property}-${call}`.toLowerCase(), name: `${call} on ${of}/${property} chooses exactly those` },
      { of, filter: { call, property, text } },
    );
  return [
    ...FUNCTIONS.map((call) => chosen('AuxFiles', 'FullName', call, files[call])),
    chosen('AuxFiles', 'Band', 'startswith', 'B0'),
    ...FUNCTIONS.map((call) => chosen('AuxTypes', 'LongName', call, { contains: '_2_', startswith: 'GIP_', endswith: 'AX' }[call])),
    chosen('AuxTypes', 'ShortName', 'contains', '{{adf_type_short}}'),
    chosen('AuxTypes', 'Mission', 'startswith', 'S3'),
    chosen('ProductTypes', 'Type', 'startswith', 'L2'),
    chosen('ProductTypes', 'Type', 'contains', '1C'),
    chosen('ProductTypes', 'Type', 'endswith', 'R'),
    query(
      { key: 'contains-case', name: 'contains on names minds upper and lower case' },
      { of: 'AuxFiles', filter: { call: 'contains', property: 'FullName', text: 'gip_' } },
    ),
    query(
      { key: 'contains-underscore', name: 'An underscore in contains is itself, no wildcard' },
      { of: 'AuxTypes', filter: { call: 'contains', property: 'LongName', text: '1_____' } },
    ),
  ];
}

function fileFilters(): ContractCase[] {
  const compare = (property: string, is: Comparison, value: string, text?: boolean): ContractCase =>
    query(
      { key: `file-${property.toLowerCase()}-${is}`, name: `AuxFiles/${property} ${is} chooses exactly those files` },
      { of: 'AuxFiles', filter: { property, is, value, text } },
    );
  return [
    ...COMPARISONS.map((is) => compare('ValidityStart', is, '{{adf_validity_start}}')),
    ...COMPARISONS.map((is) => compare('SensingTimeApplicationStop', is, '{{adf_stop}}')),
    compare('ValidityStop', 'ge', '{{adf_validity_stop}}'),
    compare('ValidityStop', 'lt', '{{adf_validity_stop}}'),
    compare('SensingTimeApplicationStart', 'le', '{{adf_start}}'),
    compare('SensingTimeApplicationStart', 'gt', '{{adf_start}}'),
    compare('CreationDate', 'eq', '{{adf_creation}}'),
    compare('CreationDate', 'gt', '{{adf_creation}}'),
    compare('Id', 'eq', '{{adf_id}}'),
    compare('Id', 'ne', '{{adf_id}}'),
    compare('FullName', 'eq', '{{adf_name}}', true),
    compare('FullName', 'ne', '{{adf_name}}', true),
    compare('Unit', 'eq', '{{adf_unit}}', true),
    compare('Unit', 'ne', 'X', true),
    compare('Band', 'eq', '{{adf_band}}', true),
    compare('Band', 'ne', 'BXX', true),
    compare('Baseline', 'eq', 'auxflow', true),
    compare('IpfVersion', 'eq', 'auxflow', true),
    ...combined(),
  ];
}

function combined(): ContractCase[] {
  const start = (is: Comparison): Filter => ({ property: 'ValidityStart', is, value: '{{adf_validity_start}}' });
  const unit = (value: string): Filter => ({ property: 'Unit', is: 'eq', value, text: true });
  const both = (key: string, name: string, filter: Filter): ContractCase => query({ key, name }, { of: 'AuxFiles', filter });
  const blanks = both('plus', 'A + in a query is a blank', { and: [unit('X'), start('lt')] });
  return [
    both('and', 'and of two conditions on files', { and: [unit('{{adf_unit}}'), start('ge')] }),
    both('or', 'or of two conditions on files', { or: [unit('X'), start('eq')] }),
    both('precedence', 'and binds closer than or', {
      or: [unit('X'), { and: [unit('{{adf_unit}}'), start('gt')] }],
    }),
    both('parentheses', 'Parentheses bind closest', {
      and: [{ or: [unit('X'), start('eq')] }, { property: 'Band', is: 'eq', value: 'BXX', text: true }],
    }),
    {
      ...blanks,
      source: observed('auxip.md §5.2', '`+` is a blank here, unlike in auxip.svc.'),
      request: { url: blanks.request.url.replaceAll(' ', '+').replace('{{adf_sample}}', '{{adf_sample}}') },
    },
  ];
}

function typeFilters(): ContractCase[] {
  const compare = (property: string, is: Comparison, value: string, text = true): ContractCase =>
    query(
      { key: `type-${property.toLowerCase()}-${is}`, name: `AuxTypes/${property} ${is} chooses exactly those types` },
      { of: 'AuxTypes', filter: { property, is, value, ...(text ? { text } : {}) } },
    );
  return [
    compare('LongName', 'eq', '{{adf_type}}'),
    compare('LongName', 'ne', '{{adf_type}}'),
    compare('ShortName', 'eq', '{{adf_type_short}}'),
    compare('Format', 'eq', '{{adf_type_format}}'),
    compare('Mission', 'eq', 'S3ALL'),
    compare('Mission', 'ne', '{{adf_type_mission}}'),
    compare('Variability', 'eq', 'Dynamic'),
    compare('Validity', 'eq', 'AnyTime'),
    compare('Rule', 'eq', '{{adf_type_rule}}'),
    compare('InProduction', 'eq', 'true', false),
    compare('Comments', 'eq', 'auxflow'),
    query(
      { key: 'type-as-rdb', name: 'The types of a mission, as rdb.svc asks for them' },
      {
        of: 'AuxTypes',
        expand: ['ProductTypes'],
        filter: { property: 'Mission', is: 'eq', value: '{{adf_type_mission}}', text: true },
      },
    ),
    query(
      { key: 'level-eq', name: 'ProductLevels/Level eq chooses exactly that level' },
      { of: 'ProductLevels', filter: { property: 'Level', is: 'eq', value: '{{adf_type_level}}', text: true } },
    ),
    query(
      { key: 'product-ne', name: 'ProductTypes/Type ne leaves out exactly that product type' },
      { of: 'ProductTypes', filter: { property: 'Type', is: 'ne', value: '{{adf_type_product}}', text: true } },
    ),
  ];
}

/** Texts are ordered by the database's collation (auxip.md §2.3): only those are asked for that differ in letters and digits. */
function orders(): ContractCase[] {
  const series: Filter = { call: 'startswith', property: 'FullName', text: '{{adf_beginning}}' };
  const instruments: Filter = { property: 'Mission', is: 'eq', value: 'S2MSI', text: true };
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
      orderBy: [{ by: 'ValidityStop', descending: true }, { by: 'Id', descending: true }],
      filter: { property: 'Unit', is: 'eq', value: 'X', text: true },
    }),
    query(
      { key: 'order-types', name: 'Types of a mission in the order of their names, backwards' },
      { of: 'AuxTypes', filter: instruments, orderBy: [{ by: 'LongName', descending: true }] },
    ),
    query(
      { key: 'order-products', name: 'Product types in order' },
      { of: 'ProductTypes', orderBy: [{ by: 'Type' }] },
    ),
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
    page('1', 'The first page of files', { orderBy, top: 7 }),
    page('2', 'The second page begins where the first ended', { orderBy, top: 7, skip: 7 }),
    page('3', 'The third page begins where the second ended', { orderBy, top: 7, skip: 14 }),
    page('rest', '$skip alone leaves all the rest', { orderBy, skip: 21 }),
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

const OF_ALL = {
  basis: 'documented',
  cite: 'OData 4.0 §11.2.5.5',
  says: 'The count ignores $top and $skip.',
} as const;

function counts(): ContractCase[] {
  const counted = (key: string, name: string, options: AdfQuery): ContractCase => {
    const { expect, ...one } = query({ key: `count-${key}`, name, severity: 'contract' }, { ...options, count: true });
    return { ...one, expect };
  };
  return [
    counted('all', '$count=true is the number of rows', { of: 'AuxFiles' }),
    counted('page', '$count=true counts the page', { of: 'AuxFiles', top: 4 }),
    counted('rest', '$count=true after $skip counts the rest', { of: 'AuxTypes', skip: 300 }),
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
  const isPage = options.top !== undefined || options.skip !== undefined;
  return {
    key: `reprocessing-count-path-${key}`,
    name,
    severity: 'contract',
    source: observed('auxip.md §5.2', '`/$count` is JSON and counts the rows after $top and $skip.'),
    needs: [options.of === 'AuxFiles' ? 'adf_id' : 'adf_type'],
    request: { url: `${ROOT}/${options.of}/$count${queryText(options)}` },
    expect: { ...success, checks: [{ is: 'adf-count', ...options }] },
    ...(isPage
      ? { promised: { ...OF_ALL, expect: { status: 200, checks: [{ is: 'adf-count', ofAll: true, ...options }] } } }
      : {}),
  };
}

function expansions(): ContractCase[] {
  const few: Filter = { property: 'Mission', is: 'eq', value: '{{adf_type_mission}}', text: true };
  const expanded = (of: AdfSet, expand: readonly string[], options: Partial<AdfQuery>): ContractCase =>
    query(
      { key: `expand-${of}-${expand.join('-')}`.toLowerCase(), name: `$expand=${expand.join(',')} of ${of} brings exactly these` },
      { of, expand, ...options },
    );
  return [
    expanded('AuxTypes', ['ProductTypes'], { filter: few }),
    expanded('AuxTypes', ['ProductLevels'], { filter: few }),
    expanded('AuxTypes', ['ProductLevels', 'ProductTypes'], { filter: few }),
    expanded('AuxFiles', ['AuxType'], { top: 20, orderBy: [{ by: 'Id' }] }),
  ];
}

function entries(): ContractCase[] {
  const entry = (told: Told, of: AdfSet, key: string, written: string, expand?: readonly string[]): ContractCase => ({
    key: `reprocessing-entry-${told.key}`,
    name: told.name,
    severity: 'data',
    source: observed('auxip.md §5.1', 'One entry by its key.'),
    needs: [of === 'AuxFiles' ? 'adf_id' : 'adf_type'],
    request: { url: `${ROOT}/${of}(${written})${expand ? `?$expand=${expand.join(',')}` : ''}` },
    expect: { ...success, schema: SCHEMAS[of][1], checks: [{ is: 'adf-entry', of, key, expand }] },
  });
  const [file, type] = ['{{adf_id}}', '{{adf_type}}'];
  return [
    entry({ key: 'file', name: 'One file equals itself in the list' }, 'AuxFiles', file, file),
    entry({ key: 'file-named', name: 'One file by Id=' }, 'AuxFiles', file, `Id=${file}`),
    entry({ key: 'file-upper', name: 'One file by its id in capitals' }, 'AuxFiles', file, '{{adf_id_upper}}'),
    entry({ key: 'file-expand', name: 'One file with its type' }, 'AuxFiles', file, file, ['AuxType']),
    entry({ key: 'type', name: 'One type equals itself in the list' }, 'AuxTypes', type, `'${type}'`),
    entry({ key: 'type-named', name: 'One type by LongName=' }, 'AuxTypes', type, `LongName='${type}'`),
    entry({ key: 'type-expand', name: 'One type with all that it serves' }, 'AuxTypes', type, `'${type}'`, [
      'ProductLevels',
      'ProductTypes',
    ]),
    entry({ key: 'level', name: 'One product level' }, 'ProductLevels', '{{adf_type_level}}', "'{{adf_type_level}}'"),
    entry({ key: 'product', name: 'One product type' }, 'ProductTypes', '{{adf_type_product}}', "'{{adf_type_product}}'"),
  ];
}

function members(): ContractCase[] {
  const member = (of: AdfSet, key: string, name: string, schema?: string): ContractCase => ({
    key: `reprocessing-member-${of}-${name}`.toLowerCase(),
    name: `${name} of one entry of ${of}`,
    severity: 'data',
    source: observed('auxip.md §5.1', 'Properties and what entries lead to.'),
    needs: [of === 'AuxFiles' ? 'adf_id' : 'adf_type'],
    request: { url: `${ROOT}/${of}(${of === 'AuxFiles' ? key : `'${key}'`})/${name}` },
    expect: { ...success, ...(schema ? { schema } : {}), checks: [{ is: 'adf-member', of, key, member: name }] },
  });
  const [file, type] = ['{{adf_id}}', '{{adf_type}}'];
  return [
    member('AuxFiles', file, 'AuxType', 'reprocessing.aux-type'),
    member('AuxTypes', type, 'ProductTypes', 'reprocessing.product-types'),
    member('AuxTypes', type, 'ProductLevels', 'reprocessing.product-levels'),
    ...['FullName', 'ValidityStart', 'CreationDate', 'Unit'].map((name) => member('AuxFiles', file, name)),
    ...['Rule', 'InProduction', 'Mission'].map((name) => member('AuxTypes', type, name)),
    member('ProductTypes', '{{adf_type_product}}', 'Type'),
  ];
}

function inCatalogue(): ContractCase {
  return {
    key: 'reprocessing-in-catalogue',
    name: 'The catalogue has every file of the sample under the same id',
    severity: 'data',
    source: observed('rdb.md §2.4', 'Links of a baseline lead from names here to ids in auxip.svc.'),
    needs: ['adf_batch_filter'],
    request: { url: '{{auxip_root_uri}}/Products?$filter={{adf_batch_filter}}' },
    expect: { status: 200, schema: 'auxip.products', checks: [{ is: 'adf-in-catalogue' }] },
  };
}
