import {
  findType,
  isCompatible,
  navigationProperty,
  shortName,
  structuralProperty,
  type Edm,
  type StructuredType,
} from './edm';
import { badRequest, malformedUri } from './odata-error';
import type { Tokenizer } from './tokenizer';

/** What $select names: whole properties (`path` of one) or properties of complex ones (`ContentDate/Start`). */
export interface Selection {
  readonly isAll: boolean;
  readonly paths: readonly (readonly string[])[];
}

/** Parses a $select over a type (OData URL conventions §5.1.4); the tokenizer stays behind the last item. */
export function parseSelect(edm: Edm, tokens: Tokenizer, type: StructuredType | undefined): Selection {
  const paths: (readonly string[])[] = [];
  let isAll = false;
  do {
    if (tokens.next('star')) isAll = true;
    else paths.push(selectItem(edm, tokens, type));
  } while (tokens.next('comma'));
  return { isAll, paths };
}

function selectItem(edm: Edm, tokens: Tokenizer, type: StructuredType | undefined): readonly string[] {
  const qualified = tokens.next('qualifiedName');
  if (!qualified && !tokens.next('identifier')) throw malformedUri();
  const name = tokens.text;
  if (tokens.next('dot')) {
    if (!tokens.next('star')) throw undefinedPart('');
    if (!edm.types.some((known) => known.name === `${name}.${shortName(known)}`)) throw undefinedPart(name);
    return [];
  }
  if (type === undefined) throw badRequest("'select' is only allowed for typed parts.");
  if (!qualified) return selectPath(tokens, type, name);
  const cast = compatibleType(name, type, findType(edm, 'entity', name) ?? findType(edm, 'complex', name));
  if (!tokens.next('slash')) return [];
  if (!tokens.next('identifier')) throw malformedUri();
  return selectPath(tokens, cast, tokens.text);
}

/** A type's qualified name where it stands next. @throws ODataError 400 for one that does not refine `type` */
export function typeCast(edm: Edm, tokens: Tokenizer, type: StructuredType): StructuredType | undefined {
  if (!tokens.next('qualifiedName')) return undefined;
  return compatibleType(tokens.text, type, findType(edm, type.kind, tokens.text));
}

function compatibleType(name: string, type: StructuredType, cast: StructuredType | undefined): StructuredType {
  if (cast === undefined) throw undefinedPart(name);
  if (!isCompatible(cast, type)) throw badRequest(`The type filter '${shortName(cast)}' is incompatible.`);
  return cast;
}

function undefinedPart(name: string): Error {
  return badRequest(`The part '${name}' is not defined.`);
}

function selectPath(tokens: Tokenizer, type: StructuredType, name: string): readonly string[] {
  const property = structuralProperty(type, name);
  if (property === undefined && navigationProperty(type, name) === undefined) {
    throw badRequest(
      `The property '${name}', used in a query expression, is not defined in type '${shortName(type)}'.`,
    );
  }
  if (property === undefined || property.type.kind === 'primitive' || !tokens.next('slash')) return [name];
  if (tokens.next('identifier')) return [name, ...selectPath(tokens, property.type, tokens.text)];
  if (tokens.next('slash')) throw malformedUri();
  throw undefinedPart('');
}
