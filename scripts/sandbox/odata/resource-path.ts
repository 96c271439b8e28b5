import { splitPath } from './decode';
import {
  EDM_GUID,
  findType,
  isCompatible,
  keyName,
  navigationProperty,
  structuralProperty,
  type Edm,
  type EdmType,
  type EntitySet,
  type FunctionImport,
  type Property,
  type StructuredType,
} from './edm';
import { parseFunctionCall, type FunctionParameters } from './function-call';
import { badRequest, malformedUri, ODataError } from './odata-error';
import { Tokenizer, type Token } from './tokenizer';

/** What a URL path means below the service root. */
export type Resource =
  | { readonly kind: 'service' }
  | { readonly kind: 'batch' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'all' }
  | { readonly kind: 'crossjoin' }
  | { readonly kind: 'entity-id' }
  | { readonly kind: 'resource'; readonly parts: readonly ResourcePart[] };

export type ResourcePart =
  | {
      readonly kind: 'entity-set';
      readonly set: EntitySet;
      readonly key?: string;
      readonly type: StructuredType;
      readonly isCollection: boolean;
    }
  | {
      readonly kind: 'navigation';
      readonly property: Property;
      readonly key?: string;
      readonly type: EdmType;
      readonly isCollection: boolean;
    }
  | { readonly kind: 'property'; readonly property: Property; readonly type: EdmType; readonly isCollection: boolean }
  | { readonly kind: 'action'; readonly name: string }
  | {
      readonly kind: 'function';
      readonly function: FunctionImport;
      readonly parameters: FunctionParameters;
      readonly type: StructuredType;
      readonly isCollection: true;
    }
  | { readonly kind: 'count' }
  | { readonly kind: 'ref' }
  | { readonly kind: 'value' };

type TypedPart = Extract<ResourcePart, { type: EdmType }>;

/** Parses a raw path (OData URL conventions §4); the first wrong segment is the answer. */
export function parseResourcePath(edm: Edm, path: string, aliases: ReadonlyMap<string, string>): Resource {
  const segments = splitPath(path);
  const first = segments[0] ?? '';
  const special = SPECIAL.get(first);
  if (special !== undefined) {
    if (segments.length > 1) throw mustBeLast(first);
    return { kind: special };
  }
  if (first.startsWith('$crossjoin')) {
    if (segments.length > 1) throw mustBeLast(first);
    parseCrossjoin(edm, first);
    return { kind: 'crossjoin' };
  }
  if (first === '$entity') return { kind: 'entity-id' };
  return { kind: 'resource', parts: new PathParser(edm, aliases).parse(segments) };
}

const SPECIAL = new Map<string, 'service' | 'batch' | 'metadata' | 'all'>([
  ['', 'service'],
  ['$batch', 'batch'],
  ['$metadata', 'metadata'],
  ['$all', 'all'],
]);

export function missingEntityId(): ODataError {
  return badRequest('The entity-id must be specified using the system query option $id.');
}

function mustBeLast(segment: string): ODataError {
  return badRequest(`The segment '${segment}' must be the last segment.`);
}

function parseCrossjoin(edm: Edm, segment: string): void {
  const tokens = new Tokenizer(segment);
  if (!tokens.next('crossjoin') || !tokens.next('open')) throw malformedUri();
  do {
    if (!tokens.next('identifier')) throw malformedUri();
    const name = tokens.text;
    if (!edm.entitySets.some((set) => set.name === name)) throw badRequest(`The part '${name}' is not defined.`);
  } while (tokens.next('comma'));
  if (!tokens.next('close') || !tokens.atEnd) throw malformedUri();
}

class PathParser {
  constructor(
    private readonly edm: Edm,
    private readonly aliases: ReadonlyMap<string, string>,
  ) {}

  parse(segments: readonly string[]): ResourcePart[] {
    const parts: ResourcePart[] = [];
    for (const [index, segment] of segments.entries()) {
      if (segment.startsWith('$entity')) throw missingEntityId();
      const previous = parts.at(-1);
      const part = previous === undefined ? this.first(segment) : this.further(segment, previous);
      const next = segments[index + 1];
      if (next !== undefined && ['count', 'ref', 'value'].includes(part.kind)) throw mustBeLast(segment);
      if (next !== undefined && (part.kind === 'action' || part.kind === 'function')) {
        throw badRequest(`The resource part '${next}' is not allowed.`);
      }
      if (isCastOf(part, previous)) parts[parts.length - 1] = part;
      else parts.push(part);
    }
    return parts;
  }

  private first(segment: string): ResourcePart {
    const tokens = new Tokenizer(segment);
    if (tokens.next('qualifiedName')) throw namespaceNotAllowed(tokens.text);
    if (!tokens.next('identifier')) throw malformedUri();
    const name = tokens.text;
    const set = this.edm.entitySets.find((candidate) => candidate.name === name);
    if (set !== undefined) {
      const key = tokens.next('open') ? this.key(tokens, set.type) : undefined;
      requireEnd(tokens);
      return { kind: 'entity-set', set, key, type: set.type, isCollection: key === undefined };
    }
    const found = this.edm.functionImports.find((candidate) => candidate.name === name);
    if (found !== undefined) {
      const parameters = parseFunctionCall(tokens, found, this.aliases);
      return { kind: 'function', function: found, parameters, type: found.returns, isCollection: true };
    }
    if (!tokens.next('open') && !tokens.atEnd) throw malformedUri();
    throw new ODataError(404, `Cannot find EntitySet, Singleton, ActionImport or FunctionImport with name '${name}'.`);
  }

  private further(segment: string, previous: ResourcePart): ResourcePart {
    const tokens = new Tokenizer(segment);
    const token = tokens.nextOf('ref', 'value', 'count', 'qualifiedName', 'identifier');
    const { text } = tokens;
    if (token === undefined) throw malformedUri();
    if (token === 'ref' || token === 'value' || token === 'count') {
      requireEnd(tokens);
      return suffix(token, typed(previous, text));
    }
    return token === 'qualifiedName'
      ? this.castOrAction(text, tokens, typed(previous, text))
      : this.propertyOrNavigation(text, tokens, typed(previous, text));
  }

  private propertyOrNavigation(name: string, tokens: Tokenizer, previous: TypedPart): ResourcePart {
    if (previous.type.kind === 'primitive')
      throw badRequest(`The resource part '${name}' must be preceded by a structural type.`);
    if (previous.isCollection) throw badRequest(`The property '${name}' must not follow a collection.`);
    const property = structuralProperty(previous.type, name);
    if (property !== undefined)
      return { kind: 'property', property, type: property.type, isCollection: property.isCollection };
    const navigation = navigationProperty(previous.type, name);
    if (navigation === undefined || navigation.type.kind === 'primitive') {
      throw new ODataError(404, `The type '${previous.type.name}' has no property '${name}'.`);
    }
    const key = tokens.next('open') ? this.key(tokens, navigation.type) : undefined;
    requireEnd(tokens);
    return { kind: 'navigation', property: navigation, key, type: navigation.type, isCollection: key === undefined };
  }

  private castOrAction(name: string, tokens: Tokenizer, previous: TypedPart): ResourcePart {
    const isAction = !previous.isCollection && this.edm.boundActions[previous.type.name]?.includes(name) === true;
    if (isAction) {
      requireEnd(tokens);
      return { kind: 'action', name };
    }
    const cast = findType(this.edm, previous.type.kind === 'complex' ? 'complex' : 'entity', name);
    if (cast !== undefined) {
      if (!isCompatible(cast, previous.type)) throw badRequest(`The type filter '${name}' is incompatible.`);
      if (tokens.next('open')) throw badRequest('A key is not allowed.');
      requireEnd(tokens);
      return { ...previous, type: cast };
    }
    if (tokens.atEnd) throw badRequest(`The type of the type cast '${name}' is not defined.`);
    if (!tokens.next('open')) throw malformedUri();
    throw badRequest(`The part '${name}' is not defined.`);
  }

  /** The key behind an opening parenthesis: its literal as text. */
  private key(tokens: Tokenizer, type: StructuredType): string {
    const name = keyName(type);
    const expected = name === undefined ? 0 : 1;
    if (tokens.next('close')) throw badRequest(`There are 0 key properties instead of the expected ${expected}.`);
    const literal = keyLiteral(type, name);
    if (literal !== undefined && tokens.nextOf('alias', literal) !== undefined) {
      const value = this.keyValue(tokens.text, name ?? '', literal);
      requireNext(tokens, 'close');
      return value;
    }
    if (tokens.next('null')) throw badRequest(`The key property '${name ?? ''}' is invalid.`);
    if (!tokens.next('identifier')) throw badRequest("The key value '' is invalid.");
    if (name === undefined) throw badRequest('There are 1 key properties instead of the expected 0.');
    return this.namedKey(tokens, name, literal ?? 'string');
  }

  private namedKey(tokens: Tokenizer, name: string, literal: Token): string {
    if (tokens.text !== name) throw badRequest(`The key property '${tokens.text}' is invalid.`);
    requireNext(tokens, 'equals');
    if (tokens.nextOf('comma', 'close') !== undefined || tokens.atEnd) throw malformedUri();
    if (tokens.next('null')) throw badRequest(`The key property '${name}' is invalid.`);
    if (tokens.nextOf('alias', literal) === undefined) throw badRequest(`The key value '${name}' is invalid.`);
    const value = this.keyValue(tokens.text, name, literal);
    if (tokens.next('comma')) {
      requireNext(tokens, 'identifier');
      if (tokens.text === name) throw badRequest(`The key property '${name}' has been specified twice.`);
      throw badRequest('There are 2 key properties instead of the expected 1.');
    }
    requireNext(tokens, 'close');
    return value;
  }

  private keyValue(text: string, name: string, literal: Token): string {
    if (!text.startsWith('@')) return text;
    const alias = this.aliases.get(text);
    if (alias === undefined) throw badRequest(`Missing alias '${text}'.`);
    const tokens = new Tokenizer(alias);
    if (tokens.next(literal) && tokens.atEnd) return alias;
    throw badRequest(`The key property '${name}' is invalid.`);
  }
}

/** A cast refines the part before it instead of following it. */
function isCastOf(part: ResourcePart, previous: ResourcePart | undefined): boolean {
  if (previous === undefined || part.kind !== previous.kind) return false;
  if (part.kind === 'entity-set' && previous.kind === 'entity-set') return part.set === previous.set;
  return (
    part.kind !== 'entity-set' && 'property' in part && 'property' in previous && part.property === previous.property
  );
}

function suffix(token: 'ref' | 'value' | 'count', previous: TypedPart): ResourcePart {
  if (token === 'count' && !previous.isCollection) throw badRequest("'$count' is only allowed for collections.");
  if (token === 'ref' && previous.type.kind !== 'entity') throw badRequest("'$ref' is only allowed for entity types.");
  if (token === 'value') {
    if (previous.isCollection) throw badRequest("'$value' is only allowed for typed parts.");
    if (previous.type.kind === 'complex')
      throw badRequest(`The kind '${nameOf(previous)}' is not allowed before '$value'.`);
    if (previous.type.kind === 'entity' && previous.type.hasStream !== true) {
      throw badRequest(
        `The resource '${nameOf(previous)}' is not a media resource. $value can only be applied on media resources.`,
      );
    }
  }
  return { kind: token };
}

function nameOf(part: TypedPart): string {
  if (part.kind === 'entity-set') return part.set.name;
  return 'property' in part ? part.property.name : '';
}

function typed(part: ResourcePart, follower: string): TypedPart {
  if ('type' in part) return part;
  throw badRequest(`The previous part of the type filter '${follower}' is not typed.`);
}

function keyLiteral(type: StructuredType, name: string | undefined): 'guid' | 'string' | undefined {
  if (name === undefined) return undefined;
  return structuralProperty(type, name)?.type.name === EDM_GUID.name ? 'guid' : 'string';
}

function namespaceNotAllowed(qualifiedName: string): ODataError {
  const namespace = qualifiedName.slice(0, qualifiedName.lastIndexOf('.'));
  return badRequest(
    `Namespace is not allowed for Entity Sets, Singletons, Action Imports and Function Imports; found '${namespace}'.`,
  );
}

function requireNext(tokens: Tokenizer, token: Token): void {
  if (!tokens.next(token)) throw malformedUri();
}

function requireEnd(tokens: Tokenizer): void {
  if (!tokens.atEnd) throw malformedUri();
}
