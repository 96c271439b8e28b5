/** The entity data model, as much of it as the URI parser needs (OData CSDL 4.0). */
export type EdmType = PrimitiveType | StructuredType;

export interface PrimitiveType {
  readonly kind: 'primitive';
  /** Qualified, e.g. `Edm.String`. */
  readonly name: string;
}

export interface StructuredType {
  readonly kind: 'entity' | 'complex';
  /** Qualified, e.g. `OData.CSC.Product`. */
  readonly name: string;
  readonly base?: StructuredType;
  readonly properties: readonly Property[];
  readonly navigations: readonly Property[];
  /** Name of the one key property; absent for types without key. */
  readonly key?: string;
  readonly hasStream?: boolean;
}

/** A property or a navigation property. */
export interface Property {
  readonly name: string;
  readonly type: EdmType;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
}

export interface EntitySet {
  readonly name: string;
  readonly type: StructuredType;
}

export interface FunctionOverload {
  readonly parameters: readonly { readonly name: string; readonly type: PrimitiveType }[];
}

export interface FunctionImport {
  readonly name: string;
  readonly overloads: readonly FunctionOverload[];
  /** The entity type of the collection that comes back. */
  readonly returns: StructuredType;
}

export interface Edm {
  readonly types: readonly StructuredType[];
  readonly entitySets: readonly EntitySet[];
  readonly functionImports: readonly FunctionImport[];
  /** Members by qualified name. */
  readonly enumerations?: Readonly<Record<string, readonly string[]>>;
  /** Qualified names of actions, by the qualified name of the entity type they are bound to. */
  readonly boundActions: Readonly<Record<string, readonly string[]>>;
}

export function primitive(name: string): PrimitiveType {
  return { kind: 'primitive', name };
}

export const EDM_BOOLEAN = primitive('Edm.Boolean');
export const EDM_STRING = primitive('Edm.String');
export const EDM_INT64 = primitive('Edm.Int64');
export const EDM_INT32 = primitive('Edm.Int32');
export const EDM_DOUBLE = primitive('Edm.Double');
export const EDM_GUID = primitive('Edm.Guid');
export const EDM_DATE_TIME_OFFSET = primitive('Edm.DateTimeOffset');

export function property(
  name: string,
  type: EdmType,
  facets: { collection?: boolean; nullable?: boolean } = {},
): Property {
  return { name, type, isCollection: facets.collection ?? false, isNullable: facets.nullable ?? true };
}

export function shortName(type: EdmType): string {
  return type.name.slice(type.name.lastIndexOf('.') + 1);
}

export function structuralProperty(type: StructuredType, name: string): Property | undefined {
  return type.properties.find((candidate) => candidate.name === name) ?? inherited(type, structuralProperty, name);
}

/** Those of the base types first, as the services write them. */
export function inheritedProperties(type: StructuredType): readonly Property[] {
  return [...(type.base === undefined ? [] : inheritedProperties(type.base)), ...type.properties];
}

export function navigationProperty(type: StructuredType, name: string): Property | undefined {
  return type.navigations.find((candidate) => candidate.name === name) ?? inherited(type, navigationProperty, name);
}

function inherited(
  type: StructuredType,
  find: (type: StructuredType, name: string) => Property | undefined,
  name: string,
): Property | undefined {
  return type.base === undefined ? undefined : find(type.base, name);
}

export function keyName(type: StructuredType): string | undefined {
  return type.key ?? (type.base === undefined ? undefined : keyName(type.base));
}

/** A type is compatible to itself and to all its base types. */
export function isCompatible(type: StructuredType, to: EdmType): boolean {
  return type.name === to.name || (type.base !== undefined && isCompatible(type.base, to));
}

export function findType(edm: Edm, kind: StructuredType['kind'], name: string): StructuredType | undefined {
  return edm.types.find((type) => type.kind === kind && type.name === name);
}
