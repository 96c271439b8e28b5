import { isNode, LineCounter, parseDocument, Parser, type CST } from 'yaml';
import { MAX_JSON_DEPTH } from '../read-json';

/** From 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export type ReadYaml =
  /** `placeOf` a member, by the keys that lead to it; where there is none, of the innermost that is there. */
  | { readonly value: unknown; readonly placeOf: (keys: readonly string[]) => TextPlace }
  | { readonly problem: string; readonly place: TextPlace };

/**
 * YAML 1.2 from outside, one document; JSON is YAML too. No aliases (they can multiply a document without end), no tags, no key twice,
 * bounded depth: the parser would overflow the stack, of which not even an error is left. Never throws.
 */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const at = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refused = refusedToken([...new Parser(lines.addNewLine).parse(text)]);
  if (refused) return { problem: refused.problem, place: at(refused.offset) };
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) return { problem: withoutFullStop(fault.message), place: at(fault.pos[0]) };
  const placeOf = (keys: readonly string[]): TextPlace => {
    const node = document.getIn(keys, true);
    if (isNode(node) && node.range) return at(node.range[0]);
    return keys.length === 0 ? at(0) : placeOf(keys.slice(0, -1));
  };
  return { value: document.toJS() as unknown, placeOf };
}

interface Refused {
  readonly problem: string;
  readonly offset: number;
}

/** Walks the syntax tree, which is made without recursion, in the same way. */
function refusedToken(tokens: readonly CST.Token[]): Refused | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (token.type === 'alias') return { problem: 'aliases (*name) are not supported', offset: token.offset };
    if (depth > MAX_JSON_DEPTH) return { problem: 'it is nested too deeply', offset: offsetOf(token) };
    for (const inner of innerTokens(token)) open.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

const offsetOf = (token: CST.Token): number => ('offset' in token ? token.offset : 0);

function innerTokens(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].flatMap((inner) => inner ?? []));
}

const withoutFullStop = (text: string): string => (text.split('\n')[0] ?? '').replace(/[.:]$/, '');
