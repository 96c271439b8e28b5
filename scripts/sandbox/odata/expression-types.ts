import { EDM_BOOLEAN, EDM_DOUBLE, primitive, type Edm, type EdmType, type PrimitiveType } from './edm';
import type { Expression } from './expression';
import { badRequest, uncaught, type ODataError } from './odata-error';
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
export function literal(edm: Edm, token: LiteralToken, text: string): Expression {
  if (token === 'null') return { kind: 'literal', text, type: undefined };
  if (token === 'enumeration') return { kind: 'literal', text, type: enumerationType(edm, text) };
  return { kind: 'literal', text, type: primitive(token === 'integer' ? integerType(text) : TYPE_OF_LITERAL[token]) };
}

function enumerationType({ enumerations = {} }: Edm, text: string): PrimitiveType {
  const [name = '', values = ''] = text.split("'");
  const members = enumerations[name];
  if (members === undefined) throw badRequest(`The type of the type cast '${name}' is not defined.`);
  const isMember = (value: string): boolean => members.includes(value) || /^\d+$/.test(value);
  if (!values.split(',').every(isMember)) throw badRequest(`The part '${text}' is not defined.`);
  return primitive(name);
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

/** Operand of a minus. */
export function requireNegatable(expression: Expression): void {
  if (expression.type?.name !== 'Edm.Duration') requireNumber(expression);
}

/** What may stand before `has`: whole numbers, too. */
export function isEnumerable({ type }: Expression): boolean {
  return type === undefined || isOneOf(type, INTEGERS) || (type.kind === 'primitive' && !type.name.startsWith('Edm.'));
}

/** An item of the list behind `in`: of the same type, or a whole number that fits. */
export function requireMember({ type }: Expression, of: PrimitiveType): void {
  const widths = ['Byte', 'SByte', 'Int16', 'Int32', 'Int64', 'Single', 'Double', 'Decimal'].map(
    (kind) => `Edm.${kind}`,
  );
  if (type?.name === of.name) return;
  if (type !== undefined && widths.includes(type.name) && widths.indexOf(of.name) > widths.indexOf(type.name)) return;
  throw notCompatible(type?.name ?? '', of.name);
}

/** Of `add` and `sub`: wide enough for an overflow (Olingo 4.8, ExpressionParser.getAddSubTypeAndCheckLeftAndRight). */
export function typeOfSum(left: Expression, right: Expression, isDifference: boolean): EdmType | undefined {
  requireSingle(left);
  requireSingle(right);
  const either = (...kinds: string[]): boolean => isOneOf(left.type, kinds) || isOneOf(right.type, kinds);
  if (isOneOf(left.type, NUMBERS) && isOneOf(right.type, NUMBERS)) {
    if (either('Decimal', 'Single', 'Double')) return EDM_DOUBLE;
    if (either('Int64')) return primitive('Edm.Decimal');
    if (either('Int32')) return primitive('Edm.Int64');
    return primitive(either('Int16') ? 'Edm.Int32' : 'Edm.Int16');
  }
  if (isOneOf(left.type, ['DateTimeOffset', 'Date', 'Duration']) && isOneOf(right.type, ['Duration'])) return left.type;
  const areBoth = (kind: string): boolean => isOneOf(left.type, [kind]) && isOneOf(right.type, [kind]);
  if (isDifference && (areBoth('DateTimeOffset') || areBoth('Date'))) return primitive('Edm.Duration');
  if (left.type === undefined || right.type === undefined) throw uncaught();
  throw notCompatible(left.type.name, right.type.name);
}

/** Short names of primitive types; an unknown type is any of them. */
function isOneOf(type: EdmType | undefined, kinds: readonly string[]): boolean {
  return type === undefined || kinds.some((kind) => type.name === `Edm.${kind}`);
}

function notCompatible(left: string, right: string): ODataError {
  return badRequest(`The types '${left}' and '${right}' are not compatible.`);
}

export function requireInteger(expression: Expression): void {
  requireSingle(expression);
  requireType(expression, INTEGERS);
}

/** Short names of primitive types; the refusal lists them as Java prints an array. */
export function requireType(expression: Expression, kinds: readonly string[]): void {
  const { type } = expression;
  if (type === undefined || isOneOf(type, kinds)) return;
  throw notCompatible(type.name, `[${kinds.join(', ')}]`);
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
    throw notCompatible('Edm.Boolean', type.name);
  }
}

function requireCompatible(left: EdmType | undefined, right: EdmType | undefined): void {
  if (left === undefined || right === undefined || left.name === right.name) return;
  if (isOneOf(left, NUMBERS) && isOneOf(right, NUMBERS)) return;
  throw notCompatible(left.name, right.name);
}
