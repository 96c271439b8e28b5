import type { Expression, PathPart } from '../odata/expression';
import { uncaught, type ODataError } from '../odata/odata-error';
import { collatedWith, type Collation } from './collation';
import { likeMatcher } from './like-pattern';
import { VALUE_TYPES, type ValueType } from './model';
import type { ProductAttribute } from './product';
import { sortableTime, storedTime } from './timestamp';

/** How a filter sees a row: values by path (`ContentDate/Start`), and its attributes. */
export interface RowReader<Row> {
  value(row: Row, path: string): string | number | null;
  attributes(row: Row): readonly ProductAttribute[];
  /** Default: en_US. */
  readonly collation?: Collation;
}

export type Predicate<Row> = (row: Row) => boolean;

/**
 * The filter as a function, for the forms that the service really carries out (auxip.md#filters).
 * @throws ODataError 500 for what its grammar takes and its database query builder does not
 */
export function compileFilter<Row>(expression: Expression, reader: RowReader<Row>): Predicate<Row> {
  if (expression.kind === 'binary') {
    const { operator, left, right } = expression;
    if (operator === 'and' || operator === 'or') {
      const [first, second] = [compileFilter(left, reader), compileFilter(right, reader)];
      return operator === 'and' ? (row) => first(row) && second(row) : (row) => first(row) || second(row);
    }
    return compileComparison(expression, reader);
  }
  if (expression.kind === 'method') return compileMethod(expression, reader);
  if (expression.kind === 'member') return compileLambda(expression.path, reader);
  throw uncaught();
}

type Binary = Extract<Expression, { kind: 'binary' }>;
type Literal = Extract<Expression, { kind: 'literal' }>;
type Method = Extract<Expression, { kind: 'method' }>;

function compileComparison<Row>(expression: Binary, reader: RowReader<Row>): Predicate<Row> {
  const path = propertyPath(expression.left);
  if (path === undefined || expression.right.kind !== 'literal') throw uncaught();
  const test = valueTest(expression.operator, typeName(expression.left), expression.right, reader.collation);
  return (row) => test(reader.value(row, path));
}

const SIGNS: Readonly<Record<string, string>> = { eq: '=', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' };

/** The comparison of a stored value with a literal; a stored null compares with nothing, as in SQL. */
function valueTest(
  operator: string,
  type: string,
  literal: Literal,
  collation?: Collation,
): (value: string | number | null) => boolean {
  const sign = SIGNS[operator];
  if (sign === undefined) throw uncaught();
  const compare = comparer(type, literal, sign, collation);
  return (value) => {
    if (value === null) return false;
    const order = compare(value);
    if (operator === 'eq') return order === 0;
    if (operator === 'ne') return order !== 0;
    if (operator === 'gt') return order > 0;
    if (operator === 'ge') return order >= 0;
    return operator === 'lt' ? order < 0 : order <= 0;
  };
}

/** Literals go to the database as texts, null too: it refuses those that are no value of the column's type. */
function comparer(
  type: string,
  literal: Literal,
  sign: string,
  collation?: Collation,
): (value: string | number) => number {
  if (type === 'Edm.Int64' || type === 'Edm.Double') {
    const number = Number(literal.text);
    if (Number.isNaN(number) || (type === 'Edm.Int64' && !/^[+-]?\d+$/.test(literal.text))) throw dataError();
    return (value) => Number(value) - number;
  }
  if (type === 'Edm.DateTimeOffset') {
    const time = sortableTime(literal.text);
    if (time === undefined) throw dataError();
    return (value) => byCodeUnits(storedTime(String(value)), time);
  }
  if (type === 'Edm.Guid') {
    if (literal.text === 'null') throw dataError();
    return (value) => byCodeUnits(String(value), literal.text.toLowerCase());
  }
  if (type === 'Edm.Boolean') return (value) => byCodeUnits(String(value), literal.text);
  if (type !== 'Edm.String') throw uncaught();
  const text = stringOf(literal).replaceAll('operator', sign);
  // Texts that are not the same never compare as equal: no order is needed.
  if (sign === '=' || sign === '!=') return (value) => (String(value) === text ? 0 : 1);
  const compare = collatedWith(text, collation);
  return (value) => compare(String(value));
}

function dataError(): ODataError {
  return uncaught('org.hibernate.exception.DataException: could not extract ResultSet');
}

/** Without any of its quotes: the service drops them all (auxip.md#filters). */
export function stringOf(literal: Literal): string {
  return literal.text.replaceAll("'", '');
}

function byCodeUnits(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compileMethod<Row>(expression: Method, reader: RowReader<Row>): Predicate<Row> {
  const { name, parameters } = expression;
  const [property, text] = parameters;
  if (name !== 'contains' && name !== 'startswith' && name !== 'endswith') throw uncaught();
  const path = property === undefined ? undefined : propertyPath(property);
  if (path === undefined || text?.kind !== 'literal') throw uncaught();
  const matches = likeMatcher(name, stringOf(text));
  return (row) => matches(String(reader.value(row, path)));
}

/**
 * `Attributes/OData.CSC.StringAttribute/any(…)` or `StringAttributes/any(…)`: name term first, then one value term. Whether `and` or
 * `or` joins them is not looked at: both must hold.
 */
function compileLambda<Row>(path: readonly PathPart[], reader: RowReader<Row>): Predicate<Row> {
  const [navigation, lambda, ...more] = path;
  if (navigation?.kind !== 'navigation' || lambda?.kind !== 'lambda' || more.length > 0) throw uncaught();
  const valueType = VALUE_TYPES.find(
    (type) => navigation.name === `${type}Attributes` || navigation.cast?.name === `OData.CSC.${type}Attribute`,
  );
  const predicate = lambda.predicate;
  if (valueType === undefined || lambda.quantifier !== 'any') throw uncaught();
  if (predicate?.kind !== 'binary') throw uncaught();
  const name = attributeName(predicate.left);
  const test = attributeTest(predicate.right, valueType, navigation.cast === undefined);
  return (row) =>
    reader
      .attributes(row)
      .some((attribute) => attribute.type === valueType && attribute.name === name && test(attribute.value));
}

/** The operator of the name term does not count: it is always taken for "equals". */
function attributeName(term: Expression): string {
  if (term.kind !== 'binary' || term.right.kind !== 'literal' || SIGNS[term.operator] === undefined) throw uncaught();
  if (variableProperty(term.left)?.name !== 'Name') throw uncaught();
  return term.right.text.slice(1, -1).replaceAll("''", "'");
}

function attributeTest(
  term: Expression,
  valueType: ValueType,
  isTypedSet: boolean,
): (value: string | number) => boolean {
  if (term.kind !== 'binary' || term.right.kind !== 'literal') throw uncaught();
  const found = variableProperty(term.left);
  const isCastRight = found?.cast === undefined ? isTypedSet : found.cast === `OData.CSC.${valueType}Attribute`;
  if (found?.name !== 'Value' || !isCastRight) throw uncaught();
  return valueTest(term.operator, typeName(term.left), term.right);
}

function variableProperty(expression: Expression): { name: string; cast: string | undefined } | undefined {
  if (expression.kind !== 'member') return undefined;
  const [variable, property, ...more] = expression.path;
  if (variable?.kind !== 'variable' || property?.kind !== 'property' || more.length > 0) return undefined;
  return { name: property.name, cast: variable.cast?.name };
}

/** `Name`, `ContentDate/Start`; undefined for anything but a path of properties to a primitive value. */
export function propertyPath(expression: Expression): string | undefined {
  if (expression.kind !== 'member' || expression.type?.kind !== 'primitive') return undefined;
  const names = expression.path.map((part) => (part.kind === 'property' ? part.name : undefined));
  return names.includes(undefined) ? undefined : names.join('/');
}

function typeName(expression: Expression): string {
  return expression.kind === 'member' ? (expression.type?.name ?? '') : '';
}
