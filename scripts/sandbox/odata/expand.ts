import { navigationProperty, shortName, structuralProperty, type Edm, type StructuredType } from './edm';
import { ExpressionParser } from './expression-parser';
import { requireFilter } from './expression-types';
import { badRequest, malformedUri } from './odata-error';
import { parseOrderBy } from './order-by';
import { parseSelect, type Selection } from './select';
import type { Tokenizer } from './tokenizer';

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
    if (tokens.next('slash') && !tokens.next('ref')) throw malformedUri();
    return '*';
  }
  if (tokens.next('qualifiedName')) {
    if (tokens.text !== type.name) throw badRequest(`The part '${tokens.text}' is not defined.`);
    if (!tokens.next('slash')) throw malformedUri();
  }
  const [owner, name] = expandPath(tokens, type);
  const navigation = navigationProperty(owner, name ?? '');
  if (name === undefined || navigation === undefined || navigation.type.kind === 'primitive') {
    const missing = `The property '${name ?? 'null'}', used in a query expression, is not defined in type '${shortName(owner)}'.`;
    throw badRequest(missing);
  }
  if (tokens.next('slash') && tokens.nextOf('ref', 'count') === undefined) throw malformedUri();
  if (tokens.next('open')) nestedOptions(edm, tokens, navigation.type, (select) => selects.set(name, select));
  return name;
}

function expandPath(tokens: Tokenizer, type: StructuredType): [owner: StructuredType, name: string | undefined] {
  let owner = type;
  let name: string | undefined;
  while (tokens.next('identifier')) {
    name = tokens.text;
    const property = structuralProperty(type, name);
    if (property?.type.kind !== 'complex') continue;
    if (!tokens.next('slash')) throw malformedUri();
    owner = property.type;
  }
  return [owner, name];
}

function nestedOptions(edm: Edm, tokens: Tokenizer, type: StructuredType, keep: (select: Selection) => unknown): void {
  do {
    if (!tokens.next('expandOption')) throw malformedUri();
    const option = tokens.text;
    if (!tokens.next('equals')) throw malformedUri();
    if (option === '$select') keep(parseSelect(tokens, type));
    else nestedOption(edm, tokens, type, option);
  } while (tokens.next('semicolon'));
  if (!tokens.next('close')) throw malformedUri();
}

function nestedOption(edm: Edm, tokens: Tokenizer, type: StructuredType, option: string): void {
  if (option === '$filter') requireFilter(new ExpressionParser(edm, tokens, type, new Map()).parse());
  else if (option === '$orderby') parseOrderBy(edm, tokens, type, new Map());
  else if (option === '$expand') parseExpand(edm, tokens, type);
  else if (option === '$count') mustBe(tokens.next('boolean'));
  else if (option === '$top' || option === '$skip' || option === '$levels') mustBe(tokens.next('integer'));
  else mustBe(tokens.next('identifier'));
}

function mustBe(found: boolean): void {
  if (!found) throw malformedUri();
}
