/**
 * The query that auxip.svc makes of $filter and $orderby, in Hibernate's language. It is put together by replacing texts, so that
 * what the service cannot translate stays in it and fails when the query is parsed (auxip.md#filters): those errors tell the whole query.
 */
import { uncaught, type ODataError } from '../odata/odata-error';
import type { Expression, PathPart } from '../odata/expression';
import type { OrderByItem } from '../odata/order-by';

type Binary = Extract<Expression, { kind: 'binary' | 'list' }>;
type Member = Extract<Expression, { kind: 'member' }>;

/** Entity classes of the service. */
export type HqlEntity = 'Product' | 'Subscription' | 'Metric';

interface Query {
  readonly filter?: Expression;
  readonly orderBy?: readonly OrderByItem[];
}

/** @throws ODataError 500 with the text of the Java exception that the service meets */
export function requireTranslatable(entity: HqlEntity, query: Query): void {
  requireParsable(hqlOf(entity, query));
}

const CLASSES = 'com.csgroup.auxip.model.jpa';
const PLACE_HOLDER = 'PLACE_HOLDER';

function hqlOf(entity: HqlEntity, { filter, orderBy }: Query): string {
  const all = `SELECT entity FROM ${CLASSES}.${entity} entity`;
  const chosen = filter === undefined ? all : translate(filter, PLACE_HOLDER, `${all} WHERE ${PLACE_HOLDER}`);
  return orderBy === undefined ? chosen : chosen + orderClause(orderBy);
}

const SIGNS: Readonly<Record<string, string>> = { eq: '=', ne: '!=', gt: '>', ge: '>=', lt: '<', le: '<=' };

function translate(expression: Expression, placeHolder: string, query: string): string {
  switch (expression.kind) {
    case 'binary':
    case 'list':
      return translateBinary(expression, placeHolder, query);
    case 'method':
      return query.replaceAll(placeHolder, () => methodCondition(expression));
    case 'member':
      return translateMember(expression, placeHolder, query);
    default:
      throw cannotCast(expression, 'Member');
  }
}

/** Operands that are neither methods nor members wait in a queue, which ends at the first that is no binary expression. */
function translateBinary(expression: Binary, placeHolder: string, query: string): string {
  const waiting: (readonly [placeHolder: string, expression: Expression])[] = [[placeHolder, expression]];
  let text = query;
  let number = 0;
  for (let next = waiting.shift(); next !== undefined && isBinary(next[1]); next = waiting.shift()) {
    const [place, { left, ...binary }] = [next[0], next[1]];
    const right = binary.kind === 'binary' ? binary.right : undefined;
    if (left.kind === 'member' && right?.kind === 'literal') {
      text = text.replaceAll(place, () =>
        comparison(left, binary.kind === 'binary' ? binary.operator : '', right.text),
      );
      continue;
    }
    const [leftPlace, rightPlace] = [`leftOperand_${number}`, `rightOperand_${number}`];
    const operator = binary.kind === 'binary' ? binary.operator.toUpperCase() : 'IN';
    text = text.replaceAll(place, () => ` ( ( ${leftPlace} ) ${operator} ( ${rightPlace} ) ) `);
    number += 1;
    for (const [operandPlace, operand] of [
      [leftPlace, left],
      [rightPlace, right],
    ] as const) {
      if (operand === undefined) throw uncaught('Second must not be null!');
      if (operand.kind === 'method' || operand.kind === 'member') text = translate(operand, operandPlace, text);
      else waiting.push([operandPlace, operand]);
    }
  }
  return text;
}

function isBinary(expression: Expression): expression is Binary {
  return expression.kind === 'binary' || expression.kind === 'list';
}

function comparison({ path }: Member, operator: string, literal: string): string {
  const [first, second] = path.map(nameOf);
  const sign = SIGNS[operator];
  if (sign === undefined) throw uncaught();
  const member = second === undefined ? first : `${first ?? ''}.${second}`;
  return ` ( entity.${member ?? ''} ${sign} '${literal.replaceAll("'", '')}' ) `;
}

function methodCondition({ name, parameters }: Extract<Expression, { kind: 'method' }>): string {
  const [property, text] = parameters;
  if (property === undefined) throw outOfBounds(0, 0);
  if (property.kind !== 'member') throw cannotCast(property, 'Member');
  if (text === undefined) throw outOfBounds(1, 1);
  if (text.kind !== 'literal') throw cannotCast(text, 'Literal');
  const pattern = text.text.replaceAll("'", '').replaceAll('_', String.raw`\_`);
  const [before, after] = LIKE[name] ?? [];
  if (before === undefined || after === undefined) return '';
  const member = property.path[0] === undefined ? '' : nameOf(property.path[0]);
  return ` ( entity.${member} LIKE '${before}${pattern}${after}' ESCAPE '\\' ) `;
}

const LIKE: Readonly<Record<string, readonly [before: string, after: string]>> = {
  contains: ['%', '%'],
  startswith: ['', '%'],
  endswith: ['%', ''],
};

/** Only `any` over attributes is known; other members stay what they were. */
function translateMember({ path }: Member, placeHolder: string, query: string): string {
  const [first, second] = path;
  if (first === undefined || !nameOf(first).includes('Attributes')) return query;
  if (second === undefined) throw outOfBounds(1, 1);
  const set = nameOf(first) === 'Attributes' ? castName(first) : nameOf(first);
  if (second.kind !== 'lambda' || second.quantifier !== 'any') return query;
  return query.replaceAll(placeHolder, () => anyCondition(second.predicate, set));
}

/** A name term, then a value term; which operator joins them is not looked at. */
function anyCondition(predicate: Expression | undefined, set: string): string {
  if (predicate?.kind !== 'binary') return '';
  const { left: nameTerm, right: valueTerm } = predicate;
  if (nameTerm.kind !== 'binary') throw cannotCast(nameTerm, 'Binary');
  const name = secondPart(nameTerm.left);
  if (nameTerm.right.kind !== 'literal') throw cannotCast(nameTerm.right, 'Literal');
  if (valueTerm.kind !== 'binary') throw cannotCast(valueTerm, 'Binary');
  const value = secondPart(valueTerm.left);
  if (valueTerm.right.kind !== 'literal') throw cannotCast(valueTerm.right, 'Literal');
  if (name !== 'Name' || value !== 'Value') return '';
  const sign = SIGNS[valueTerm.operator];
  if (sign === undefined) throw uncaught();
  const wanted = valueTerm.right.text.replaceAll("'", '');
  return ` entity.id IN ( SELECT p.id FROM ${CLASSES}.Product p JOIN p.${set} attribute WHERE attribute.Name =  ${nameTerm.right.text} AND attribute.Value ${sign}  '${wanted}' ) `;
}

function secondPart(expression: Expression): string {
  if (expression.kind !== 'member') throw cannotCast(expression, 'Member');
  const [, second] = expression.path;
  if (second === undefined) throw outOfBounds(1, expression.path.length);
  return nameOf(second);
}

function nameOf(part: PathPart): string {
  return 'name' in part ? part.name : '';
}

/** Without a cast the service has no name to ask. */
function castName(part: PathPart): string {
  if (part.kind !== 'navigation' || part.cast === undefined) throw uncaught();
  return `${part.cast.name.slice(part.cast.name.lastIndexOf('.') + 1)}s`;
}

/** Functions among the items are passed over. */
function orderClause(items: readonly OrderByItem[]): string {
  const parts = items.flatMap(({ expression, isDescending }) => {
    if (expression.kind !== 'member') return [];
    const [first, second] = expression.path.map(nameOf);
    if (first === 'ContentDate' && second === undefined) throw outOfBounds(1, 1);
    const property = first === 'ContentDate' ? `${first}.${second ?? ''}` : (first ?? '');
    return [` entity.${property}${isDescending ? ' DESC' : ' ASC'}`];
  });
  return ` ORDER BY ${parts.join(' ,')}`;
}

function outOfBounds(index: number, length: number): ODataError {
  return uncaught(`Index ${index} out of bounds for length ${length}`);
}

const OLINGO = 'org.apache.olingo.server';
const IMPLEMENTATIONS: Readonly<Record<Expression['kind'], string>> = {
  literal: 'LiteralImpl',
  member: 'MemberImpl',
  binary: 'BinaryImpl',
  list: 'BinaryImpl',
  unary: 'UnaryImpl',
  method: 'MethodImpl',
  typeName: 'TypeLiteralImpl',
};

function cannotCast({ kind }: Expression, wanted: 'Member' | 'Literal' | 'Binary'): ODataError {
  const is = `${OLINGO}.core.uri.queryoption.expression.${IMPLEMENTATIONS[kind]}`;
  const should = `${OLINGO}.api.uri.queryoption.expression.${wanted}`;
  const loader = 'org.springframework.boot.loader.LaunchedURLClassLoader @2328c243';
  return uncaught(
    `class ${is} cannot be cast to class ${should} (${is} and ${should} are in unnamed module of loader ${loader})`,
  );
}

/** What Hibernate's parser says first: of a wrong word, of nothing where something must stand, of a text that is no condition. */
function requireParsable(query: string): void {
  const bare = query.replace(/'[^']*'/g, (text) => '.'.repeat(text.length));
  const wrongWord =
    /(?<=\) )(?:EQ|NE|GT|GE|LT|LE|ADD|SUB|MUL|DIV|MOD|HAS)(?= \()|(?<=\(\s*)\)|(?<=WHERE\s*)ORDER(?= BY)/.exec(bare);
  if (wrongWord !== null) throw syntaxError('token', wrongWord[0], wrongWord.index, query);
  if (/(?:WHERE|ORDER BY)\s*$/.test(bare)) throw syntaxError('token', 'null', query.length, query);
  const leftOver = /PLACE_HOLDER|(?:left|right)Operand_\d+/.exec(bare);
  if (leftOver !== null) throw syntaxError('AST node', leftOver[0], leftOver.index, query);
}

function syntaxError(what: 'token' | 'AST node', text: string, index: number, query: string): ODataError {
  const where = `near line 1, column ${index + 1} [${query}]`;
  return uncaught(`org.hibernate.hql.internal.ast.QuerySyntaxException: unexpected ${what}: ${text} ${where}`);
}
