import type { CsdlDocument, CsdlElement } from '../../lib/csdl';

/** A `$metadata` document as plain facts: resource (`entity type Product`) → member (`property Name`) → what is said of it. */
export type Model = ReadonlyMap<string, ReadonlyMap<string, string>>;

type Members = Record<string, unknown>;

/**
 * The facts of a document, without what makes no difference: order, aliases, annotations, in which of its schemas a type lives.
 * Types are named without the document's own namespaces, which are facts of their own.
 */
export function modelOf(csdl: CsdlDocument): Model {
  const schemas = Object.entries(csdl).filter((entry): entry is [string, Members] => isSchema(entry));
  const names = schemas.flatMap(([namespace, { $Alias }]) => [namespace, typeof $Alias === 'string' ? $Alias : []]);
  const local = localNames(names.flat());
  const model = new Map<string, ReadonlyMap<string, string>>([
    [
      'document',
      new Map([
        ['version', textOf(csdl.$Version)],
        ...schemas.map(([namespace]) => [`namespace ${namespace}`, ''] as const),
      ]),
    ],
  ]);
  for (const [, elements] of schemas)
    for (const [name, element] of membersOf(elements))
      for (const overload of [element as CsdlElement | CsdlElement[]].flat())
        model.set(...resourceOf(name, overload, local));
  return model;
}

function isSchema([name, value]: [string, unknown]): boolean {
  return !name.startsWith('$') && typeof value === 'object' && value !== null;
}

/** Names that carry neither `$` (keywords) nor `@` (annotations). */
function membersOf(element: Members): [string, unknown][] {
  return Object.entries(element).filter(([name]) => !name.startsWith('$') && !name.includes('@'));
}

type Local = (qualified: string) => string;

function localNames(namespaces: readonly string[]): Local {
  const longestFirst = [...namespaces].sort((a, b) => b.length - a.length);
  return (qualified) => {
    const own = longestFirst.find((namespace) => qualified.startsWith(`${namespace}.`));
    return own === undefined ? qualified : qualified.slice(own.length + 1);
  };
}

function resourceOf(name: string, element: CsdlElement, local: Local): [string, ReadonlyMap<string, string>] {
  switch (element.$Kind) {
    case 'EntityContainer':
      return ['entity container', new Map(membersOf(element).map(([member, value]) => importOf(member, value, local)))];
    case 'Function':
    case 'Action':
      return operationOf(name, element, local);
    default:
      return [`${KINDS[element.$Kind]} ${name}`, typeOf(element, local)];
  }
}

const KINDS: Readonly<Record<string, string>> = {
  EntityType: 'entity type',
  ComplexType: 'complex type',
  EnumType: 'enumeration',
};

/** Keywords of a type that say something of their own. */
const TYPE_KEYWORDS = {
  $Key: 'key',
  $BaseType: 'base type',
  $HasStream: 'stream',
  $Abstract: 'abstract',
  $OpenType: 'open',
};

function typeOf(element: CsdlElement, local: Local): Map<string, string> {
  const keywords = Object.entries(TYPE_KEYWORDS)
    .filter(([keyword]) => element[keyword] !== undefined)
    .map(([keyword, word]) => [word, textOf(element[keyword], local)] as const);
  const members = membersOf(element).map(([name, value]): [string, string] => {
    if (element.$Kind === 'EnumType') return [`member ${name}`, textOf(value)];
    const { $Kind: kind } = value as { $Kind?: string };
    return [`${kind === 'NavigationProperty' ? 'navigation property' : 'property'} ${name}`, shapeOf(value, local)];
  });
  return new Map([...keywords, ...members]);
}

/** Parameters have names, so their order says nothing (OData URL Conventions 4.01 §4.5.3). */
function operationOf(name: string, element: CsdlElement, local: Local): [string, Map<string, string>] {
  const { $Kind: kind, $Parameter: parameters = [], $ReturnType: result, $IsBound: isBound } = element;
  const rows = (parameters as { $Name: string }[]).map((row) => [row.$Name, row] as const);
  const signature = rows.map(([parameter]) => parameter).sort();
  const members = rows.map(([parameter, row]): [string, string] => [`parameter ${parameter}`, shapeOf(row, local)]);
  if (result !== undefined) members.push(['result', shapeOf(result, local)]);
  if (isBound !== undefined) members.push(['bound', textOf(isBound)]);
  return [`${kind.toLowerCase()} ${name}(${signature.join(', ')})`, new Map(members)];
}

function importOf(name: string, value: unknown, local: Local): [string, string] {
  const { $Function: operation, $Action: action, $Collection: isSet } = value as Members;
  const isShown = (value as Members).$IncludeInServiceDocument ?? isSet === true;
  const shown = isShown === true ? 'in the service document' : 'not in the service document';
  if (operation !== undefined) return [`function import ${name}`, `${textOf(operation, local)}, ${shown}`];
  if (action !== undefined) return [`action import ${name}`, textOf(action, local)];
  const { $Type: type } = value as Members;
  return [`${isSet === true ? 'entity set' : 'singleton'} ${name}`, `${textOf(type, local)}, ${shown}`];
}

/** Keywords that the text of a shape begins with, or that its name says. */
const TOLD = new Set(['$Kind', '$Name', '$Type', '$Collection', '$Nullable']);

/** `Collection(Checksum)`, `Edm.DateTimeOffset or null, Precision 3`. */
function shapeOf(value: unknown, local: Local): string {
  const shape = value as Members;
  const type = textOf(shape.$Type ?? 'Edm.String', local);
  const facets = Object.entries(shape)
    .filter(([keyword]) => keyword.startsWith('$') && !TOLD.has(keyword))
    .map(([keyword, facet]) => `, ${keyword.slice(1)} ${textOf(facet, local)}`)
    .sort();
  const whole = shape.$Collection === true ? `Collection(${type})` : type;
  return [whole, shape.$Nullable === true ? ' or null' : '', ...facets].join('');
}

function textOf(value: unknown, local: Local = (name) => name): string {
  if (typeof value === 'string') return local(value);
  if (Array.isArray(value)) return value.map((item) => textOf(item, local)).join(', ');
  return value === undefined ? '' : JSON.stringify(value);
}
