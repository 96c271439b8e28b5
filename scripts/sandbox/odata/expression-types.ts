import { EDM_BOOLEAN, primitive, type EdmType } from './edm';
import type { Expression } from './expression';
import { badRequest } from './odata-error';
import type { LiteralToken } from './tokenizer';

const INTEGERS = ['Int64', 'Int32', 'Int16', 'Byte', 'SByte'];
const NUMBERS = [...INTEGERS, 'Decimal', 'Single', 'Double'];
const ORDERED = [
  'Int16',
  'Int32',
  'Int64',
  'Byte',
  'SByte',
  'Decimal',
  'Single',
  'Double',
  'Boolean',
  'Guid',
  'String',
  'Date',
  'TimeOfDay',
  'DateTimeOffset',
  'Duration',
];

const TYPE_OF_LITERAL: Readonly<Record<Exclude<LiteralToken, 'null' | 'integer' | 'enumeration'>, string>> = {
  boolean: 'Edm.Boolean',
  string: 'Edm.String',
  guid: 'Edm.Guid',
  double: 'Edm.Double',
  decimal: 'Edm.Decimal',
  dateTimeOffset: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  timeOfDay: 'Edm.TimeOfDay',
  duration: 'Edm.Duration',
  binary: 'Edm.Binary',
};

/** A literal with the narrowest type that holds it; null has none. */
export function literal(token: LiteralToken, text: string): Expression {
  if (token === 'null') return { kind: 'literal', text, type: undefined };
  if (token === 'enumeration') {
    throw badRequest(`The type of the type cast '${text.slice(0, text.indexOf("'"))}' is not defined.`);
  }
  return { kind: 'literal', text, type: primitive(token === 'integer' ? integerType(text) : TYPE_OF_LITERAL[token]) };
}

function integerType(text: string): string {
  const value = BigInt(text.replace(/^\+/, ''));
  const within = (low: bigint, high: bigint) => value >= low && value <= high;
  if (within(-128n, 127n)) return 'Edm.SByte';
  if (within(0n, 255n)) return 'Edm.Byte';
  if (within(-32_768n, 32_767n)) return 'Edm.Int16';
  if (within(-2_147_483_648n, 2_147_483_647n)) return 'Edm.Int32';
  if (within(-(2n ** 63n), 2n ** 63n - 1n)) return 'Edm.Int64';
  return 'Edm.Decimal';
}

export function requireBoolean(expression: Expression): void {
  requireType(expression, ['Boolean']);
  requireSingle(expression);
}

export function requireString(expression: Expression): void {
  requireType(expression, ['String']);
  requireSingle(expression);
}

export function requireNumber(expression: Expression): void {
  requireSingle(expression);
  requireType(expression, NUMBERS);
}

export function requireInteger(expression: Expression): void {
  requireSingle(expression);
  requireType(expression, INTEGERS);
}

/** Short names of primitive types; the refusal lists them as Java prints an array. */
export function requireType(expression: Expression, kinds: readonly string[]): void {
  const { type } = expression;
  if (type === undefined || kinds.some((kind) => type.name === `Edm.${kind}`)) return;
  throw badRequest(`The types '${type.name}' and '[${kinds.join(', ')}]' are not compatible.`);
}

export function requireSingle(expression: Expression): void {
  if (expression.kind === 'member' && expression.isCollection)
    throw badRequest('A collection expression is not allowed.');
}

/** Operands of eq and ne. */
export function requireComparable(left: Expression, right: Expression): void {
  requireSingle(left);
  requireSingle(right);
  requireCompatible(left.type, right.type);
}

/** Operands of gt, ge, lt and le. */
export function requireOrdered(left: Expression, right: Expression): void {
  requireSingle(left);
  requireSingle(right);
  requireType(left, ORDERED);
  requireType(right, ORDERED);
  requireCompatible(left.type, right.type);
}

/** The whole of a $filter. */
export function requireFilter(expression: Expression): void {
  const { type } = expression;
  if (type !== undefined && type.name !== EDM_BOOLEAN.name) {
    throw badRequest(`The types 'Edm.Boolean' and '${type.name}' are not compatible.`);
  }
}

function requireCompatible(left: EdmType | undefined, right: EdmType | undefined): void {
  if (left === undefined || right === undefined || left.name === right.name) return;
  if (isNumeric(left) && isNumeric(right)) return;
  throw badRequest(`The types '${left.name}' and '${right.name}' are not compatible.`);
}

function isNumeric(type: EdmType): boolean {
  return NUMBERS.some((kind) => type.name === `Edm.${kind}`);
}
