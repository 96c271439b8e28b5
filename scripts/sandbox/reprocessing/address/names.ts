import type { Property, StructuredType } from '../../odata/edm';
import { ENUMERATIONS, FUNCTIONS, REPROCESSING_EDM } from '../model';
import { alt, into, map, named, pattern, seq, where, type Parser } from './combinators';

/** A type in whose context names are looked up; undefined knows none. */
export type Context = StructuredType | undefined;

const WORD = String.raw`[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*`;

export const identifier = pattern(WORD);
/** With the dot at its end. */
export const namespace = pattern(String.raw`(${WORD}\.)+`);
export const qualifiedName: Parser<string> = into(namespace, (space) => map(identifier, (name) => space + name));

function known(holds: (name: string) => boolean, message: string): Parser<string> {
  return named(where(identifier, holds), message);
}

const typeByName = (name: string): Context => REPROCESSING_EDM.types.find((type) => type.name === name);

export const entityTypeName = named(
  where(qualifiedName, (name) => typeByName(name) !== undefined),
  'Expected a fully-qualified entity type name',
);
export const entityType: Parser<Context> = map(entityTypeName, typeByName);
export const enumTypeName = named(
  where(qualifiedName, (name) => membersOf(name) !== undefined),
  'Expected a fully-qualified enum type name',
);

/** Of an enumeration, by its qualified name. */
export function membersOf(name: string): readonly string[] | undefined {
  return REPROCESSING_EDM.enumerations?.[name];
}

const isSet = (name: string): boolean => REPROCESSING_EDM.entitySets.some((set) => set.name === name);
export const entitySet: Parser<Context> = map(
  known(isSet, 'Expected an entity set name'),
  (name) => REPROCESSING_EDM.entitySets.find((set) => set.name === name)?.type,
);
export const singleton = known(() => false, 'Expected a singleton entity name');
export const action = known(() => false, 'Expected the name of an action');
export const actionImport = known(() => false, 'Expected the name of an action import');
export const functionName = known((name) => FUNCTIONS.includes(name), 'Expected a function name');
export const functionImport = known((name) => FUNCTIONS.includes(name), 'Expected a function import name');

export const boundAction = seq(namespace, action);

/** The kinds of properties that the library tells apart, in the order in which it tries them. */
const KINDS = {
  single: ['navigation property that refers to a single entity', (property: Property) => !property.isCollection],
  many: ['navigation property that refers to a collection of entities', (property: Property) => property.isCollection],
  any: ['navigation property that refers to (a collection) of entity(ies)', () => true],
} as const;

/** A navigation property; the value is its type. */
export function navigation(context: Context, kind: keyof typeof KINDS): Parser<Context> {
  const [told, holds] = KINDS[kind];
  const find = (name: string): Property | undefined => {
    const property = context?.navigations.find((candidate) => candidate.name === name);
    return property !== undefined && holds(property) ? property : undefined;
  };
  const name = known(
    (text) => find(text) !== undefined,
    `Expected the name of a ${told} in the type ${nameOf(context)}`,
  );
  return map(name, (text) => {
    const type = find(text)?.type;
    return type === undefined || type.kind === 'primitive' ? undefined : type;
  });
}

/** A property whose type is no enumeration: those the library cannot name. */
export function primitive(context: Context): Parser<string> {
  const isPrimitive = (name: string): boolean =>
    context?.properties.some((property) => property.name === name) === true && !ENUMERATIONS.includes(name);
  return known(isPrimitive, `Expected the name of a primitive single property in the type ${nameOf(context)}`);
}

/** A kind of property that no type here has. */
export function missing(kind: string, context: Context): Parser<string> {
  return named(
    where(identifier, () => false),
    `Expected the name of a ${kind} property in the type ${nameOf(context)}`,
  );
}

export function keyProperty(context: Context): Parser<string> {
  return alt(
    known(
      (name) => name === context?.key,
      `Expected the name of a primitive key property in the type ${nameOf(context)}`,
    ),
    identifier,
  );
}

function nameOf(context: Context): string {
  return context?.name ?? 'UNKNOWN.UNKNOWN';
}
