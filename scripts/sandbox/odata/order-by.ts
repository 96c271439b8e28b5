import type { Edm, StructuredType } from './edm';
import type { Expression } from './expression';
import { ExpressionParser } from './expression-parser';
import type { Tokenizer } from './tokenizer';

export interface OrderByItem {
  readonly expression: Expression;
  readonly isDescending: boolean;
}

/** Parses an $orderby (OData URL conventions §5.1.5): no blanks around commas, `asc` and `desc` in lower case only. */
export function parseOrderBy(
  edm: Edm,
  tokens: Tokenizer,
  type: StructuredType | undefined,
  aliases: ReadonlyMap<string, string>,
): readonly OrderByItem[] {
  const items: OrderByItem[] = [];
  do {
    const expression = new ExpressionParser(edm, tokens, type, aliases).parse();
    items.push({ expression, isDescending: tokens.nextOf('asc', 'desc') === 'desc' });
  } while (tokens.next('comma'));
  return items;
}
