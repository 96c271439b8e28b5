import { compileFilter, propertyPath, type RowReader } from '../auxip/filter';
import { sortRows } from '../auxip/sort-rows';
import type { AdfRecord, Catalogue } from '../catalogue/catalogue';
import type { StructuredType } from '../odata/edm';
import type { Expression } from '../odata/expression';
import { readOptions, typeOptions, type TypedOptions } from '../odata/query-options';
import type { RawOption } from '../odata/decode';
import type { Fields } from '../odata/write-value';
import { AUX_FILE, AUX_TYPE, PRODUCT_LEVEL, PRODUCT_TYPE, REPROCESSING_EDM } from './model';
import type { ReprocessingOptions } from './reprocessing-service';
import { ReprocessingError } from './reprocessing-error';
import { auxFileFields, auxFiles, auxTypeFields, levelsOf, productTypesOf } from './rows';

/** One entity set. */
export interface RowSet {
  readonly name: string;
  readonly type: StructuredType;
  /** The rows that the options ask for, as they stand on the wire. */
  readonly query: (catalogue: Catalogue, options: TypedOptions) => readonly Fields[];
}

/** A set over records of its own: a row is written only when it is in the answer. */
function rowSet<Row>(
  name: string,
  type: StructuredType,
  rowsOf: (catalogue: Catalogue) => readonly Row[],
  fieldsOf: (row: Row, expand: readonly string[]) => Fields,
  valueOf: (row: Row, path: string) => unknown = (row, path) => fieldAt(fieldsOf(row, []), path),
): RowSet {
  const reader: RowReader<Row> = {
    value: (row, path) => (valueOf(row, path) ?? null) as string | number | null,
    attributes: () => [],
  };
  return {
    name,
    type,
    query: (catalogue, { filter, orderBy, skip = 0, top = Infinity, expand = [] }) => {
      const rows = rowsOf(catalogue);
      const matching = filter === undefined ? rows : rows.filter(compileFilter(filter, reader));
      const sorted = orderBy === undefined ? matching : sortRows(matching, orderBy, reader, skip + top);
      return sorted.slice(skip, skip + top).map((row) => fieldsOf(row, expand));
    },
  };
}

export const ROW_SETS: readonly RowSet[] = [
  rowSet('AuxFiles', AUX_FILE, auxFiles, (adf, expand) => auxFileFields(adf, expand.length > 0), auxFileValue),
  rowSet('AuxTypes', AUX_TYPE, ({ types }) => types, auxTypeFields),
  rowSet(
    'ProductLevels',
    PRODUCT_LEVEL,
    ({ types }) => levelsOf(types),
    (Level) => ({
      '@odata.id': `ProductLevels('${Level}')`,
      Level,
    }),
  ),
  rowSet(
    'ProductTypes',
    PRODUCT_TYPE,
    ({ types }) => productTypesOf(types),
    (Type) => ({
      '@odata.id': `ProductTypes('${Type}')`,
      Type,
    }),
  ),
];

/** The names of files are asked for most, among very many files. */
function auxFileValue(adf: AdfRecord, path: string): unknown {
  return path === 'FullName' ? adf.name : fieldAt(auxFileFields(adf, true), path);
}

/** A page by the options that work; the others fail as the service's own library fails (auxip.md §5.2). */
export function queryRows(
  set: RowSet,
  raw: readonly RawOption[],
  { catalogue, understood }: ReprocessingOptions,
): { rows: readonly Fields[]; count: boolean } {
  const options = understood(parseOptions(set, raw));
  return { rows: set.query(catalogue(), options), count: options.count };
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

/** A field, also of the type expanded in it (`AuxType/Mission`); times without their bracketed zone. */
function fieldAt(row: Fields, path: string): unknown {
  return path.split('/').reduce<unknown>((fields, name) => {
    if (typeof fields !== 'object' || fields === null) return null;
    const value = (fields as Fields)[name] ?? null;
    return typeof value === 'string' ? value.replace('[GMT]', '') : value;
  }, row);
}
