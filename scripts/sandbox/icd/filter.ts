import { compileFilter, type Predicate, type RowReader } from '../auxip/filter';
import { milliseconds } from '../auxip/timestamp';
import { EDM_BOOLEAN } from '../odata/edm';
import type { BinaryOperator, Expression } from '../odata/expression';

/** What the specification's filters can say beyond those of the real auxip.svc: not, in, true, false, literals first. */
export function compileIcdFilter<Row>(expression: Expression, reader: RowReader<Row>): Predicate<Row> {
  return compile(expression, asShown(reader));
}

/** Dates compare as they are shown, so that one from an answer finds its entry. */
function asShown<Row>(reader: RowReader<Row>): RowReader<Row> {
  return {
    value: (row, path) => {
      const value = reader.value(row, path);
      return /Date/.test(path) && typeof value === 'string' ? milliseconds(value) : value;
    },
    attributes: (row) => reader.attributes(row),
  };
}

function compile<Row>(expression: Expression, reader: RowReader<Row>): Predicate<Row> {
  switch (expression.kind) {
    case 'unary':
      return negated(compile(expression.operand, reader));
    case 'list':
      return anyOf(expression, reader);
    case 'literal':
      return () => expression.text.toLowerCase() === 'true';
    case 'binary':
      return compileBinary(expression, reader);
    default:
      return compileFilter(expression, reader);
  }
}

function negated<Row>(predicate: Predicate<Row>): Predicate<Row> {
  return (row) => !predicate(row);
}

function anyOf<Row>({ left, items }: Extract<Expression, { kind: 'list' }>, reader: RowReader<Row>): Predicate<Row> {
  const alternatives = items.map((right) =>
    compileFilter({ kind: 'binary', operator: 'eq', left, right, type: EDM_BOOLEAN }, reader),
  );
  return (row) => alternatives.some((matches) => matches(row));
}

const MIRRORED: Partial<Readonly<Record<BinaryOperator, BinaryOperator>>> = { gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' };

function compileBinary<Row>(
  expression: Extract<Expression, { kind: 'binary' }>,
  reader: RowReader<Row>,
): Predicate<Row> {
  const { operator, left, right } = expression;
  if (operator === 'and' || operator === 'or') {
    const [first, second] = [compile(left, reader), compile(right, reader)];
    return operator === 'and' ? (row) => first(row) && second(row) : (row) => first(row) || second(row);
  }
  if (left.kind !== 'literal') return compileFilter(expression, reader);
  return compileFilter({ ...expression, operator: MIRRORED[operator] ?? operator, left: right, right: left }, reader);
}
