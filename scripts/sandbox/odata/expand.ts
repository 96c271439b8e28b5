import { navigationProperty, shortName, structuralProperty, type Edm, type StructuredType } from './edm';
import { ExpressionParser } from './expression-parser';
import { requireFilter } from './expression-types';
import { badRequest, malformedUri } from './odata-error';
import { parseOrderBy } from './order-by';
import { parseSelect, typeCast, type Selection } from './select';
import type { Token, Tokenizer } from './tokenizer';

/** One $expand item: a navigation property's name, or `*`. */
export type ExpandItem = string;

/** By navigation property: what its nested $select names. Other nested options are checked and then ignored (auxip.md#query-options). */
export type NestedSelects = Map<ExpandItem, Selection>;

/** Parses an $expand over a type (OData URL conventions §5.1.3); the tokenizer stays behind the last item. */
export function parseExpand(
  edm: Edm,
  tokens: Tokenizer,
  type: StructuredType,
  selects: NestedSelects = new Map(),
): readonly ExpandItem[] {
  const items: ExpandItem[] = [];
  do items.push(expandItem(edm, tokens, type, selects));
  while (tokens.next('comma'));
  return items;
}

function expandItem(edm: Edm, tokens: Tokenizer, type: StructuredType, selects: NestedSelects): ExpandItem {
  if (tokens.next('star')) {
    starSuffix(tokens);
    return '*';
  }
  if (typeCast(edm, tokens, type) !== undefined) requireNext(tokens, 'slash');
  const [owner, name] = expandPath(tokens, type);
  const navigation = navigationProperty(owner, name ?? '');
  if (name === undefined || navigation === undefined || navigation.type.kind === 'primitive') {
    const missing = `The property '${name ?? 'null'}', used in a query expression, is not defined in type '${shortName(owner)}'.`;
    throw badRequest(missing);
  }
  const hasSlash = tokens.next('slash');
  const cast = hasSlash ? typeCast(edm, tokens, navigation.type) : undefined;
  const allowed = suffixOptions(tokens, hasSlash && cast === undefined);
  if (tokens.next('open')) {
    const options = {
      allowed,
      keep: (select: Selection) => selects.set(name, select),
    };
    nestedOptions(edm, tokens, cast ?? navigation.type, options);
  }
  return name;
}

/** Behind `*`: `/$ref` or how many levels. */
function starSuffix(tokens: Tokenizer): void {
  if (tokens.next('slash')) {
    requireNext(tokens, 'ref');
  } else if (tokens.next('open')) {
    requireNext(tokens, 'levels');
    requireNext(tokens, 'equals');
    nonNegative(tokens, '$levels');
    requireNext(tokens, 'close');
  }
}

/** What may stand in the parentheses: less behind `/$ref` and `/$count`. */
function suffixOptions(tokens: Tokenizer, isSuffixed: boolean): readonly string[] {
  if (!isSuffixed && !tokens.next('slash')) return [...OF_REFERENCES, '$expand', '$levels', '$select', '$apply'];
  if (tokens.next('ref')) return OF_REFERENCES;
  requireNext(tokens, 'count');
  return ['$filter', '$search'];
}

const OF_REFERENCES = ['$count', '$filter', '$orderby', '$search', '$skip', '$top'];

function expandPath(tokens: Tokenizer, type: StructuredType): [owner: StructuredType, name: string | undefined] {
  let owner = type;
  let name: string | undefined;
  while (tokens.next('identifier')) {
    name = tokens.text;
    const property = structuralProperty(owner, name);
    if (property?.type.kind !== 'complex') continue;
    requireNext(tokens, 'slash');
    owner = property.type;
  }
  return [owner, name];
}

interface NestedOptions {
  readonly allowed: readonly string[];
  readonly keep: (select: Selection) => unknown;
}

function nestedOptions(edm: Edm, tokens: Tokenizer, type: StructuredType, { allowed, keep }: NestedOptions): void {
  const seen = new Set<string>();
  do {
    requireNext(tokens, 'expandOption');
    const option = tokens.text;
    if (!allowed.includes(option)) throw malformedUri();
    requireNext(tokens, 'equals');
    if (option === '$select') keep(parseSelect(edm, tokens, type));
    else nestedOption(edm, tokens, type, option);
    if (seen.has(option)) throw badRequest(`The system query option '${option}' can be specified only once.`);
    seen.add(option);
  } while (tokens.next('semicolon'));
  requireNext(tokens, 'close');
}

function nestedOption(edm: Edm, tokens: Tokenizer, type: StructuredType, option: string): void {
  if (option === '$filter') requireFilter(new ExpressionParser(edm, tokens, type, new Map()).parse());
  else if (option === '$orderby') parseOrderBy(edm, tokens, type, new Map());
  else if (option === '$expand') parseExpand(edm, tokens, type);
  else if (option === '$count') requireNext(tokens, 'boolean');
  else if (option === '$top' || option === '$skip' || option === '$levels') nonNegative(tokens, option);
  else requireNext(tokens, 'identifier');
}

/** Levels count from one, and may be all. */
function nonNegative(tokens: Tokenizer, option: '$top' | '$skip' | '$levels'): void {
  if (option === '$levels' && tokens.next('max')) return;
  requireNext(tokens, 'integer');
  const value = Number(tokens.text);
  if (value >= (option === '$levels' ? 1 : 0) && value <= 2_147_483_647) return;
  throw badRequest(`The system query option '${option}' has the not-allowed value '${tokens.text}'.`);
}

function requireNext(tokens: Tokenizer, token: Token): void {
  if (!tokens.next(token)) throw malformedUri();
}
