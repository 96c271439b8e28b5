import type { Answer } from '../../answer';
import { sampleRows } from '../../catalogue-sample';
import { difference, finding, type Finding } from '../../finding';
import type { Scope } from '../../scope';

/** The rows of the sample by id, as a feed of Atom: XML that a parser takes, with their ids and names in it. */
export function catalogueAtom({ text }: Answer, scope: Scope): Finding[] {
  const rows = [...sampleRows(scope)].sort((a, b) => (a.Id < b.Id ? -1 : 1));
  const valuesOf = (name: string): readonly string[] => valuesIn(text, name);
  return [
    ...feed(text),
    finding('It has the ids of the rows', () =>
      difference(
        rows.map(({ Id }) => Id),
        valuesOf('Id'),
      ),
    ),
    finding('It has the names of the rows', () => {
      const names = valuesOf('Name').filter((name) => rows.some(({ Name }) => Name === name));
      return difference([...new Set(rows.map(({ Name }) => Name))].sort(), [...new Set(names)].sort());
    }),
  ];
}

/** Promises of every feed. */
export function feed(text: string): Finding[] {
  return [
    finding('It is well-formed XML', () => wrongXml(text)),
    finding('It is a feed', () => (/^<\?xml[^>]*\?>\s*<(?:\w+:)?feed\b/.test(text) ? undefined : text.slice(0, 100))),
  ];
}

/** The texts of a property in a feed, in their order. */
export function valuesIn(text: string, property: string): readonly string[] {
  const element = new RegExp(`<d:${property}(?: [^>]*)?>([^<]*)</d:${property}>`, 'g');
  return [...text.matchAll(element)].map(([, value = '']) => value);
}

/** Elements that do not close, attributes without quotes, `&` and `<` that are not escaped. */
function wrongXml(text: string): string | undefined {
  const bare = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);).{0,20}/i.exec(text);
  if (bare) return `& is not escaped: ${bare[0]}`;
  const open: string[] = [];
  for (const [tag, end, name = '', alone] of text.matchAll(
    /<(\/?)([\w:.-]+)(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/g,
  )) {
    if (end === '') {
      if (alone === '') open.push(name);
    } else if (open.pop() !== name) return `${tag} closes another element`;
  }
  return open.length > 0 ? `<${String(open.at(-1))}> is not closed` : undefined;
}
