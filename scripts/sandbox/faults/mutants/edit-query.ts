import type { BinaryOperator, Expression } from '../../odata/expression';
import type { TypedOptions } from '../../odata/query-options';
import type { Faults } from '../scenarios/faults';

type Query = NonNullable<Faults['query']>;

/** Reads every part of a filter as something else, from the inside out; what stands in `any(…)` is left alone. */
export function misreadFilter(misread: (expression: Expression) => Expression): Faults {
  return { query: filtered(misread) };
}

export function filtered(misread: (expression: Expression) => Expression): Query {
  return (query) => (query.filter === undefined ? query : { ...query, filter: everywhere(query.filter, misread) });
}

/** Takes one operator for another. */
export function swappedOperator(from: BinaryOperator, to: BinaryOperator): Faults {
  return misreadFilter((expression) =>
    expression.kind === 'binary' && expression.operator === from ? { ...expression, operator: to } : expression,
  );
}

/** Takes one function for another. */
export function swappedMethod(from: string, to: string): Faults {
  return misreadFilter((expression) =>
    expression.kind === 'method' && expression.name === from ? { ...expression, name: to } : expression,
  );
}

/** Changes the text of every literal, quotes included. */
export function misreadLiterals(change: (text: string) => string): Query {
  return filtered((expression) =>
    expression.kind === 'literal' ? { ...expression, text: change(expression.text) } : expression,
  );
}

/** Takes one property for another, in an expression. */
export function otherProperty(from: string, to: string): (expression: Expression) => Expression {
  return (expression) => {
    if (expression.kind !== 'member') return expression;
    const path = expression.path.map((part) =>
      part.kind === 'property' && part.name === from ? { ...part, name: to } : part,
    );
    return { ...expression, path };
  };
}

/** Reads the items of $orderby as something else. */
export function misreadOrder(
  misread: (items: NonNullable<TypedOptions['orderBy']>) => TypedOptions['orderBy'],
): Faults {
  return { query: (query) => (query.orderBy === undefined ? query : { ...query, orderBy: misread(query.orderBy) }) };
}

function everywhere(expression: Expression, misread: (expression: Expression) => Expression): Expression {
  const inside = (part: Expression) => everywhere(part, misread);
  switch (expression.kind) {
    case 'binary':
      return misread({ ...expression, left: inside(expression.left), right: inside(expression.right) });
    case 'unary':
      return misread({ ...expression, operand: inside(expression.operand) });
    case 'method':
      return misread({ ...expression, parameters: expression.parameters.map(inside) });
    case 'list':
      return misread({ ...expression, left: inside(expression.left), items: expression.items.map(inside) });
    default:
      return misread(expression);
  }
}
