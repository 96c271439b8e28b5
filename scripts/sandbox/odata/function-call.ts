import type { FunctionImport, FunctionOverload, PrimitiveType } from './edm';
import { badRequest, malformedUri } from './odata-error';
import { LITERALS, Tokenizer } from './tokenizer';

/** Literal texts by parameter name, in the order sent; `alias` marks a value that came by `@alias`. */
export type FunctionParameters = ReadonlyMap<string, { readonly text: string; readonly isAlias: boolean }>;

/** The arguments behind a function's name, checked against its overloads (rdb.md#calls). */
export function parseFunctionCall(
  tokens: Tokenizer,
  imported: FunctionImport,
  aliases: ReadonlyMap<string, string>,
): FunctionParameters {
  const sent = parseArguments(tokens);
  const overload = findOverload(imported, sent);
  for (const parameter of sent.keys()) requireValue(parameter, sent, aliases);
  const parameters = new Map([...sent].map(([name, text]) => [name, resolve(text, typeOf(overload, name), aliases)]));
  for (const [name, { text }] of parameters) {
    if (!isValid(text, typeOf(overload, name))) throw badRequest(`Invalid value for property '${name}'.`);
  }
  if (!tokens.atEnd) throw malformedUri();
  return parameters;
}

/** Texts as sent: literals, or the names of aliases. */
function parseArguments(tokens: Tokenizer): Map<string, string> {
  const sent = new Map<string, string>();
  if (!tokens.next('open')) throw malformedUri();
  if (tokens.next('close')) return sent;
  do {
    if (!tokens.next('identifier')) throw malformedUri();
    const name = tokens.text;
    if (sent.has(name)) throw badRequest(`The key value '${name}' is invalid.`);
    if (!tokens.next('equals') || tokens.nextOf('comma', 'close') !== undefined || tokens.atEnd) throw malformedUri();
    sent.set(name, argumentText(tokens));
  } while (tokens.next('comma'));
  if (!tokens.next('close')) throw malformedUri();
  return sent;
}

function argumentText(tokens: Tokenizer): string {
  if (tokens.next('alias')) return tokens.text;
  if (tokens.nextJson()) {
    throw badRequest(`Complex parameters must not appear in resource path segments; found: '${tokens.text}'.`);
  }
  if (tokens.nextOf(...LITERALS) === undefined) throw badRequest("The key value '' is invalid.");
  return tokens.text;
}

function findOverload(imported: FunctionImport, sent: ReadonlyMap<string, string>): FunctionOverload {
  const overload = imported.overloads.find(
    ({ parameters }) => parameters.length === sent.size && parameters.every(({ name }) => sent.has(name)),
  );
  if (overload !== undefined) return overload;
  throw badRequest(
    `The function import '${imported.name}' has no function with parameters '[${[...sent.keys()].join(', ')}]'.`,
  );
}

function requireValue(
  parameter: string,
  sent: ReadonlyMap<string, string>,
  aliases: ReadonlyMap<string, string>,
): void {
  const text = sent.get(parameter) ?? '';
  if (text === 'null') throw badRequest(`Missing mandatory parameter '${parameter}'.`);
  if (text.startsWith('@') && (aliases.get(text) ?? 'null') === 'null') throw badRequest(`Missing alias '${text}'.`);
}

function resolve(text: string, type: PrimitiveType, aliases: ReadonlyMap<string, string>) {
  if (!text.startsWith('@')) return { text, isAlias: false };
  const value = aliases.get(text) ?? '';
  const tokens = new Tokenizer(value);
  const token = tokens.nextOf(...LITERALS);
  if (token === undefined || !tokens.atEnd) throw malformedUri();
  const expected = type.name === 'Edm.String' ? 'string' : 'dateTimeOffset';
  if (token !== expected) throw badRequest(`The part '${value}' is not defined.`);
  return { text: value, isAlias: true };
}

function typeOf(overload: FunctionOverload, name: string): PrimitiveType {
  const parameter = overload.parameters.find((candidate) => candidate.name === name);
  if (parameter === undefined) throw malformedUri();
  return parameter.type;
}

function isValid(text: string, type: PrimitiveType): boolean {
  return type.name === 'Edm.String' ? /^'.*'$/s.test(text) : parseDateTimeOffset(text) !== undefined;
}

/**
 * Epoch milliseconds of a DateTimeOffset literal as if it said `Z`: the offset is checked and then ignored (rdb.md#look-up-by-interval).
 * Undefined for days that do not exist and for what is no such literal. At most 9 fraction digits.
 */
export function parseDateTimeOffset(text: string): number | undefined {
  const match = /^(-?\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|[+-]\d\d:\d\d)$/i.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part || '0'));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, Math.floor(1000 * Number(`0.${match[7] ?? '0'}`)));
  return date.getTime();
}
