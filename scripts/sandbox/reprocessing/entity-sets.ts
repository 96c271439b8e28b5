import type { Collation } from '../auxip/collation';
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
import { ReprocessingError, wrongOption } from './reprocessing-error';
import { auxFileFields, auxFiles, auxTypeFields, levelsOf, productTypesOf } from './rows';

/** One entity set. */
export interface RowSet {
  readonly name: string;
  readonly type: StructuredType;
  /** The rows that the options ask for, as sent on the wire. */
  readonly query: (catalogue: Catalogue, options: TypedOptions, collation?: Collation) => readonly Fields[];
}

/** A set over records of its own: a row is written only when it is in the answer. */
function rowSet<Row>(
  name: string,
  type: StructuredType,
  rowsOf: (catalogue: Catalogue) => readonly Row[],
  fieldsOf: (row: Row, expand: readonly string[]) => Fields,
  valueOf: (row: Row, path: string) => unknown = (row, path) => fieldAt(fieldsOf(row, []), path),
): RowSet {
  const plainReader: RowReader<Row> = {
    value: (row, path) => {
      const value = valueOf(row, path) ?? null;
      return typeof value === 'boolean' ? String(value) : (value as string | number | null);
    },
    attributes: () => [],
  };
  return {
    name,
    type,
    query: (catalogue, { filter, orderBy, skip = 0, top = Infinity, expand = [] }, collation) => {
      const reader = { ...plainReader, collation };
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

/** A page by the options that work; the others fail as the service's own library fails (reprocessing.md#query-options). */
export function queryRows(
  set: RowSet,
  raw: readonly RawOption[],
  { catalogue, understood, collation }: ReprocessingOptions,
): { rows: readonly Fields[]; count: boolean } {
  const options = understood(parseOptions(set, raw));
  return { rows: set.query(catalogue(), options, collation), count: options.count };
}

function parseOptions(set: RowSet, raw: readonly RawOption[]): TypedOptions {
  const unsupported = raw.find(({ name }) => name === '$select' || name === '$search');
  if (unsupported) throw new ReprocessingError(9000, `${unsupported.name} is not supported`);
  const options = optionsByName(raw, set);
  if (options.filter !== undefined) checkImplemented(options.filter);
  const lists = (options.expand ?? []).filter((name) => name === 'ProductTypes' || name === 'ProductLevels');
  if (lists.length > 1 || options.expand?.includes('*') === true) throw twoLists();
  return options;
}

/** The first option that cannot be read is the one that is named. */
function optionsByName(raw: readonly RawOption[], set: RowSet): TypedOptions {
  try {
    return typeOptions(REPROCESSING_EDM, readOptions(raw), set.type);
  } catch (error) {
    const wrong = raw.find((option) => !isReadable(option, set));
    throw wrong === undefined ? error : wrongOption(wrong.name);
  }
}

function isReadable(option: RawOption, set: RowSet): boolean {
  try {
    typeOptions(REPROCESSING_EDM, readOptions([option]), set.type);
    return true;
  } catch {
    return false;
  }
}

/** Both lists of a type at once: Hibernate fetches only one bag. */
function twoLists(): ReprocessingError {
  const type = 'com.csgroup.rba.model.jpa.AuxTypeJPA';
  const bags = `[${type}.ProductLevels, ${type}.ProductTypes]`;
  return new ReprocessingError(
    9000,
    `java.lang.IllegalArgumentException: org.hibernate.loader.MultipleBagFetchException: cannot simultaneously fetch multiple bags: ${bags}`,
  );
}

/** Functions put their text into the query as it is. */
function quoteInPattern(name: string, path: string, text: string): ReprocessingError {
  const pattern = `${name === 'startswith' ? '' : '%'}${text}${name === 'endswith' ? '' : '%'}`;
  const entity = path === 'FullName' ? 'AuxFileJPA' : 'AuxTypeJPA';
  const query = `SELECT DISTINCT e1 FROM com.csgroup.rba.model.jpa.${entity} e1 WHERE (e1.${path} LIKE '${pattern}' ESCAPE '\\' )`;
  return new ReprocessingError(
    9000,
    `java.lang.IllegalArgumentException: org.hibernate.QueryException: unexpected char: '\\' [${query}]`,
  );
}

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: 'EqExpr',
  ne: 'NeExpr',
  gt: 'GtExpr',
  ge: 'GeExpr',
  lt: 'LtExpr',
  le: 'LeExpr',
  and: 'AndExpr',
  or: 'OrExpr',
};

/** As the service's parser prints it. */
function scalaText(expression: Expression): string {
  switch (expression.kind) {
    case 'unary':
      return `NotExpr(${scalaText(expression.operand)})`;
    case 'binary':
      return `${COMPARISONS[expression.operator] ?? expression.operator}(${scalaText(expression.left)},${scalaText(expression.right)})`;
    case 'method':
      return `BooleanMethodCallExpr(${expression.name},List(${expression.parameters.map(scalaText).join(', ')}))`;
    case 'literal':
      return `LiteralExpr(${literalText(expression.text)})`;
    default:
      return `EntityPathExpr(None,Some(PropertyPathExpr(${propertyPath(expression) ?? ''},None)))`;
  }
}

function literalText(text: string): string {
  if (text.startsWith("'")) return `StringLiteral(${text.slice(1, -1).replaceAll("''", "'")})`;
  return /^(?:true|false)$/.test(text) ? `BooleanLiteral(${text})` : `NumberLiteral(${text})`;
}

/** Comparisons of properties with literals, three functions, and, or. */
function checkImplemented(expression: Expression): void {
  if (expression.kind === 'unary')
    throw new ReprocessingError(1800, `Unsupported expression type for 'filter': ${scalaText(expression)}`);
  if (expression.kind === 'method') checkPattern(expression);
  if (expression.kind !== 'binary') return;
  if (expression.operator === 'and' || expression.operator === 'or') {
    checkImplemented(expression.left);
    checkImplemented(expression.right);
  } else if (propertyPath(expression.left) === undefined) {
    throw new ReprocessingError(1800, 'Unsupported expression');
  }
}

function checkPattern({ name, parameters }: Extract<Expression, { kind: 'method' }>): void {
  const [property, literal] = parameters;
  if (property === undefined || literal?.kind !== 'literal') return;
  const text = literal.text.slice(1, -1).replaceAll("''", "'");
  if (text.includes("'")) throw quoteInPattern(name, propertyPath(property) ?? '', text);
}

/** A field, also of the type expanded in it (`AuxType/Mission`); times without their bracketed zone. */
function fieldAt(row: Fields, path: string): unknown {
  return path.split('/').reduce<unknown>((fields, name) => {
    if (typeof fields !== 'object' || fields === null) return null;
    const value = (fields as Fields)[name] ?? null;
    return typeof value === 'string' ? value.replace('[GMT]', '') : value;
  }, row);
}
