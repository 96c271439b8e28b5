/** $search as the services' library reads it, before it is ignored (OData URL conventions §5.1.7). */
import { badRequest, type ODataError } from './odata-error';

type Token = 'WORD' | 'PHRASE' | 'AND' | 'OR' | 'NOT' | 'OPEN' | 'CLOSE';

/** @throws ODataError 400 with the library's text */
export function requireSearch(text: string): void {
  const tokens = tokensOf(text);
  if (tokens.length === 0) throw badRequest('No expression found.');
  const rest = anyOf(tokens);
  if (rest[0] !== undefined) throw badRequest(`Last parsed token '${rest[0]}' is not valid.`);
}

/** Letters, digits and nearly every sign: all but blanks, parentheses, quotation marks and the backslash (Olingo 4.8, SearchTokenizer.isAllowedWord). */
const WORD = /[\p{L}\p{Nl}\w\-.~!*+,:@/?$=%'&{}[\]#^|><`]+/uy;
const PHRASE = /"((?:[A-Za-z0-9\-._~!()*+,;:@/$'=% \t]|\\["\\])*)/y;

function tokensOf(text: string): Token[] {
  if (text === '') throw unreadable("Last parsed state 'null=>{}' is not finished.");
  const tokens: Token[] = [];
  for (let index = 0; index < text.length;) {
    const [token, length] = tokenAt(text, index);
    if (token !== undefined) tokens.push(token);
    index += length;
  }
  return tokens;
}

function tokenAt(text: string, index: number): [token: Token | undefined, length: number] {
  const character = text[index] ?? '';
  if (character === ' ' || character === '\t') return [undefined, 1];
  if (character === '(') return ['OPEN', 1];
  if (character === ')') return ['CLOSE', 1];
  if (character === '"') return ['PHRASE', phraseLength(text, index)];
  WORD.lastIndex = index;
  const [word] = WORD.exec(text) ?? [];
  if (word === undefined) throw forbidden('null', character);
  const next = text[index + word.length];
  if (next !== undefined && !/[\s)]/.test(next)) throw forbidden('WORD', next);
  return [word === 'AND' || word === 'OR' || word === 'NOT' ? word : 'WORD', word.length];
}

function phraseLength(text: string, index: number): number {
  PHRASE.lastIndex = index;
  const [open = '', content = ''] = PHRASE.exec(text) ?? [];
  const end = text[index + open.length];
  if (end === undefined || (end === '"' && content === '')) throw unreadable('Token PHRASE is in invalid state.');
  if (end !== '"') throw forbidden('PHRASE', end);
  const next = text[index + open.length + 1];
  if (next !== undefined && !/[\s)]/.test(next)) throw forbidden('PHRASE', next);
  return open.length + 1;
}

function forbidden(state: string, character: string): ODataError {
  return unreadable(`Forbidden character in state ${state}->${character}`);
}

function unreadable(message: string): ODataError {
  return badRequest(`Exception during tokenizer creation with message '${message}'.`);
}

/** Each takes what it can read from the front and gives the rest. */
function anyOf(tokens: readonly Token[]): readonly Token[] {
  let rest = allOf(tokens);
  while (rest[0] === 'OR') rest = allOf(rest.slice(1));
  return rest;
}

function allOf(tokens: readonly Token[]): readonly Token[] {
  let rest = term(tokens);
  while (rest[0] !== undefined && rest[0] !== 'OR' && rest[0] !== 'CLOSE')
    rest = term(rest[0] === 'AND' ? rest.slice(1) : rest);
  return rest;
}

function term([first, ...rest]: readonly Token[]): readonly Token[] {
  if (first === 'OPEN') {
    const inner = anyOf(rest);
    if (inner[0] !== 'CLOSE') throw badRequest('Missing closing bracket after an opening bracket.');
    return inner.slice(1);
  }
  if (first === 'NOT') {
    if (rest[0] === 'WORD' || rest[0] === 'PHRASE') return rest.slice(1);
    throw badRequest(`Invalid not operand for kind '${rest[0] ?? '<EOF>'}' found.`);
  }
  if (first === 'WORD' || first === 'PHRASE') return rest;
  throw badRequest(`Expected token 'PHRASEWORD' but found '${first ?? '<EOF>'}'.`);
}
