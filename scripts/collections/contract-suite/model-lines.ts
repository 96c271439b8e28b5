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
  return lines.sort();
}

const ELEMENT = /<(\/)?(?:[\w-]+:)?(\w+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/)?>/g;
const TYPES = ['EntityType', 'ComplexType', 'EnumType', 'EntityContainer', 'Key', 'Action', 'Function'];
const PARTS = ['Property', 'NavigationProperty', 'PropertyRef', 'Member', 'EntitySet', 'Parameter', 'ReturnType'];
const DECLARED = [...TYPES, ...PARTS, 'FunctionImport', 'ActionImport', 'Singleton'];

/** Facets that a caller can rely on; a missing Nullable is true (OData CSDL XML §7.2.1). */
function lineOf(owners: readonly string[], element: string, attributes: Readonly<Record<string, string>>): string {
  const { Name = '', Type, EntityType, BaseType, HasStream, Nullable, Value, Function: called } = attributes;
  const facets = [Type, EntityType, BaseType, called, Value].filter((facet) => facet !== undefined);
  const flags = [...(Nullable === 'false' ? ['required'] : []), ...(HasStream === 'true' ? ['with stream'] : [])];
  return [[...owners, Name].join('/'), element, ...facets, ...flags].join(' ');
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name = '', double, single]) => [name, double ?? single ?? '']));
}
