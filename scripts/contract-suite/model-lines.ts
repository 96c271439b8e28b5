/**
 * What a `$metadata` document declares, one line per element with the types it stands in: `Product/Name Property Edm.String
 * required`. Read by the generator from schemas/csdl and inside Postman from the answer; order and layout do not count.
 */
export function modelLines(xml: string): string[] {
  const lines: string[] = [];
  const owners: string[] = [];
  for (const [, closing, name = '', attributes = '', empty] of xml.matchAll(ELEMENT)) {
    if (!DECLARED.includes(name)) continue;
    if (closing) owners.pop();
    else {
      lines.push(lineOf(owners, name, attributesOf(attributes)));
      if (!empty) owners.push(attributesOf(attributes)['Name'] ?? name);
    }
  }
  return numbered(lines.sort());
}

/** The first element that is not closed, or closed without having been opened. */
export function unclosedElement(xml: string): string | undefined {
  const open: string[] = [];
  for (const [, closing, name = '', , empty] of xml.matchAll(ELEMENT)) {
    if (empty) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) return name;
  }
  return open[0];
}

/** Overloads declare the same more than once: the number of the occurrence is part of the line. */
function numbered(sortedLines: readonly string[]): string[] {
  let count = 0;
  return sortedLines.map((line, index) => {
    count = line === sortedLines[index - 1] ? count + 1 : 1;
    return count === 1 ? line : `${line} (${count})`;
  });
}

const ELEMENT = /<(\/)?(?:[\w-]+:)?(\w+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/)?>/g;
const TYPES = ['EntityType', 'ComplexType', 'EnumType', 'EntityContainer', 'Key', 'Action', 'Function'];
const PARTS = ['Property', 'NavigationProperty', 'PropertyRef', 'Member', 'EntitySet', 'Parameter', 'ReturnType'];
const DECLARED = [...TYPES, ...PARTS, 'FunctionImport', 'ActionImport', 'Singleton'];

/** Facets that a caller can rely on; a missing Nullable is true (OData CSDL XML §7.2.1). */
function lineOf(owners: readonly string[], element: string, attributes: Readonly<Record<string, string>>): string {
  const {
    Name = '',
    Type,
    EntityType,
    BaseType,
    HasStream,
    Abstract,
    Nullable,
    Value,
    Precision,
    Function: called,
  } = attributes;
  const facets = [Type, EntityType, BaseType, called, Value].filter((facet) => facet !== undefined);
  const flags = [
    ...(Nullable === 'false' ? ['required'] : []),
    ...(HasStream === 'true' ? ['with stream'] : []),
    ...(Abstract === 'true' ? ['abstract'] : []),
    ...(Precision === undefined ? [] : [`precision ${Precision}`]),
  ];
  return [[...owners, Name].join('/'), element, ...facets, ...flags].join(' ');
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name = '', double, single]) => [name, double ?? single ?? '']));
}
