import { compileFilter, propertyPath, type RowReader } from '../auxip/filter';
import { sortRows } from '../auxip/sort-rows';
import type { Catalogue } from '../catalogue/catalogue';
import type { StructuredType } from '../odata/edm';
import type { Expression } from '../odata/expression';
import { readOptions, typeOptions, type TypedOptions } from '../odata/query-options';
import type { RawOption } from '../odata/decode';
import type { Fields } from '../odata/write-value';
import { AUX_FILE, AUX_TYPE, PRODUCT_LEVEL, PRODUCT_TYPE, REPROCESSING_EDM } from './model';
import { ReprocessingError } from './reprocessing-error';
import { auxFileFields, auxFiles, auxTypeFields, levelsOf, productTypesOf } from './rows';

/** One entity set: all its rows, made when they are asked for. */
export interface RowSet {
  readonly name: string;
  readonly type: StructuredType;
  readonly rows: (catalogue: Catalogue, expand: readonly string[]) => readonly Fields[];
}

export const ROW_SETS: readonly RowSet[] = [
  {
    name: 'AuxFiles',
    type: AUX_FILE,
    rows: (catalogue, expand) => auxFiles(catalogue).map((adf) => auxFileFields(adf, expand.length > 0)),
  },
  { name: 'AuxTypes', type: AUX_TYPE, rows: ({ types }, expand) => types.map((type) => auxTypeFields(type, expand)) },
  {
    name: 'ProductLevels',
    type: PRODUCT_LEVEL,
    rows: ({ types }) => levelsOf(types).map((Level) => ({ '@odata.id': `ProductLevels('${Level}')`, Level })),
  },
  {
    name: 'ProductTypes',
    type: PRODUCT_TYPE,
    rows: ({ types }) => productTypesOf(types).map((Type) => ({ '@odata.id': `ProductTypes('${Type}')`, Type })),
  },
];

/** A page by the options that work; the others fail as the service's own library fails (auxip.md §5.2). */
export function queryRows(
  set: RowSet,
  raw: readonly RawOption[],
  catalogue: Catalogue,
): { rows: readonly Fields[]; count: boolean } {
  const options = parseOptions(set, raw);
  const rows = set.rows(catalogue, options.expand ?? []);
  const matching = options.filter === undefined ? rows : rows.filter(compileFilter(options.filter, READER));
  const sorted = options.orderBy === undefined ? matching : sortRows(matching, options.orderBy, READER);
  const skip = options.skip ?? 0;
  return { rows: sorted.slice(skip, skip + (options.top ?? sorted.length)), count: options.count };
}

function parseOptions(set: RowSet, raw: readonly RawOption[]): TypedOptions {
  for (const { name, value } of raw) {
    if (name === '$select' || name === '$search') throw new ReprocessingError(9000, `${name} is not supported`);
    if (name === '$filter') checkFilterText(value);
  }
  const options = typeOptions(REPROCESSING_EDM, readOptions(raw), set.type);
  if (options.filter !== undefined) checkImplemented(options.filter);
  return options;
}

function checkFilterText(filter: string): void {
  const withoutLiterals = filter.replace(/'(?:[^']|'')*'/g, (literal) => {
    if (literal.slice(1, -1).includes("''")) throw new ReprocessingError(9000, 'Unexpected quote in literal');
    return '';
  });
  if (/\d\d:\d\d:\d\d\.\d/.test(withoutLiterals)) throw new ReprocessingError(1000, 'Invalid date literal');
}

/** Comparisons of properties with literals, three functions, and, or. */
function checkImplemented(expression: Expression): void {
  if (expression.kind === 'unary') throw new ReprocessingError(1800, 'not is not implemented');
  if (expression.kind !== 'binary') return;
  if (expression.operator === 'and' || expression.operator === 'or') {
    checkImplemented(expression.left);
    checkImplemented(expression.right);
  } else if (propertyPath(expression.left) === undefined) {
    throw new ReprocessingError(1800, 'Unsupported expression');
  }
}

const READER: RowReader<Fields> = {
  value: (row, path) => {
    const value = row[path.split('/')[0] ?? ''];
    const inner =
      path.includes('/') && typeof value === 'object' && value !== null
        ? (value as Fields)[path.split('/')[1] ?? '']
        : value;
    return typeof inner === 'string'
      ? inner.replace('[GMT]', '')
      : typeof inner === 'number'
        ? inner
        : inner === undefined || inner === null
          ? null
          : String(inner);
  },
  attributes: () => [],
};
