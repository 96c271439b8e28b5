import { propertiesOf, schemaOf, type CsdlDocument, type CsdlElement, type CsdlProperty } from '../../lib/csdl';
import type { JsonSchema } from './json-schema';

/**
 * Primitive values in OData JSON. Int64 is a number, or a string when the client asked for IEEE754Compatible; a date has a
 * fraction of any length, whatever its declared Precision (auxip.md#dates).
 * @see https://docs.oasis-open.org/odata/odata-json-format/v4.01/ section 7.1
 */
const PRIMITIVES: Readonly<Record<string, JsonSchema>> = {
  'Edm.String': { type: 'string' },
  'Edm.Boolean': { type: 'boolean' },
  'Edm.Guid': { type: 'string', format: 'uuid' },
  'Edm.DateTimeOffset': { type: 'string', format: 'date-time' },
  'Edm.Double': { type: ['number', 'string'], pattern: '^(-?INF|NaN)$' },
  'Edm.Int64': { type: ['integer', 'string'], pattern: '^-?[0-9]{1,19}$' },
};

/**
 * JSON Schema definitions (draft-07) for every entity, complex and enumeration type of a service, keyed by unqualified name.
 * Declared properties are required, null included (OData JSON 4.01 §4.5.1 leaves them out only under $select); navigation
 * properties appear when expanded. Properties that the contract does not name are allowed: a service may grow.
 */
export function definitionsOf(csdl: CsdlDocument): Record<string, JsonSchema> {
  const { namespace, elements } = schemaOf(csdl);
  const types = Object.entries(elements).filter((entry): entry is [string, CsdlElement] => isType(entry[1]));
  const local = (qualified: string): string => qualified.slice(namespace.length + 1);
  const known = Object.fromEntries(types);

  const valueSchema = (type: string): JsonSchema => {
    const primitive = PRIMITIVES[type];
    if (primitive) return primitive;
    if (!known[local(type)]) throw new Error(`CSDL type ${type} has no JSON form here`);
    const derived = types.filter(([, element]) => element.$BaseType === type).map(([name]) => reference(name));
    return derived.length > 0 ? { anyOf: derived } : reference(local(type));
  };
  const propertySchema = (property: CsdlProperty): JsonSchema => {
    const value = valueSchema(property.$Type ?? 'Edm.String');
    if (property.$Collection) return { type: 'array', items: value };
    return property.$Nullable ? nullable(value) : value;
  };
  const objectSchema = (element: CsdlElement): JsonSchema => {
    const own = propertiesOf(element);
    const base = element.$BaseType ? known[local(element.$BaseType)] : undefined;
    const all = [...(base ? propertiesOf(base) : []), ...own];
    return {
      type: 'object',
      required: all.filter(([, property]) => property.$Kind !== 'NavigationProperty').map(([name]) => name),
      properties: Object.fromEntries(all.map(([name, property]) => [name, propertySchema(property)])),
    };
  };
  return Object.fromEntries(
    types.map(([name, element]) => [name, element.$Kind === 'EnumType' ? enumSchema(element) : objectSchema(element)]),
  );
}

export function reference(definition: string): JsonSchema {
  return { $ref: `#/definitions/${definition}` };
}

/** A null beside the value itself; `nullable` with a reference would be dropped silently by both Ajv generations. */
function nullable(value: JsonSchema): JsonSchema {
  const { type } = value;
  if (type === undefined) return { anyOf: [value, { type: 'null' }] };
  return { ...value, type: [...(Array.isArray(type) ? (type as string[]) : [type as string]), 'null'] };
}

/** Enumeration values travel as their names (OData JSON 4.01 §7.1). */
function enumSchema(element: CsdlElement): JsonSchema {
  return { type: 'string', enum: propertiesOf(element).map(([name]) => name) };
}

function isType(element: CsdlElement | CsdlElement[]): element is CsdlElement {
  return !Array.isArray(element) && ['EntityType', 'ComplexType', 'EnumType'].includes(element.$Kind);
}
