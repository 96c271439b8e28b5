import type { Representation } from './content-negotiation';
import { EDM_INT64, shortName, structuralProperty, type Property, type StructuredType } from './edm';

/** A structured value: property name → value, in the order in which it is written. */
export type Fields = Readonly<Record<string, unknown>>;

/** Types that full metadata need not name: JSON tells them apart (OData JSON §4.5.3). */
const SELF_EVIDENT = ['Edm.Boolean', 'Edm.Double', 'Edm.String'];

/** The fields as JSON wants them: type annotations with full metadata, 64-bit integers as strings if asked for. */
export function jsonFields(type: StructuredType, fields: Fields, representation: Representation): Fields {
  const json: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const property = structuralProperty(type, name);
    if (property === undefined) {
      json[name] = value;
      continue;
    }
    const annotation = representation.metadata === 'full' ? typeAnnotation(property) : undefined;
    if (annotation !== undefined) json[`${name}@odata.type`] = annotation;
    json[name] = jsonValue(property, value, representation);
  }
  return json;
}

function typeAnnotation({ type, isCollection }: Property): string | undefined {
  if (isCollection) return `#Collection(${type.kind === 'primitive' ? shortName(type) : type.name})`;
  if (type.kind !== 'primitive' || SELF_EVIDENT.includes(type.name)) return undefined;
  return `#${shortName(type)}`;
}

export function jsonValue(property: Property, value: unknown, representation: Representation): unknown {
  if (value === null || value === undefined) return null;
  if (property.isCollection && Array.isArray(value)) {
    const single = { ...property, isCollection: false };
    return value.map((item) => jsonValue(single, item, representation));
  }
  if (property.type.kind !== 'primitive') return jsonComplex(property.type, value as Fields, representation);
  return property.type.name === EDM_INT64.name ? jsonInt64(value, representation) : value;
}

function jsonComplex(type: StructuredType, fields: Fields, representation: Representation): Fields {
  const annotation = representation.metadata === 'full' ? { '@odata.type': `#${type.name}` } : {};
  return { ...annotation, ...jsonFields(type, fields, representation) };
}

export function jsonInt64(value: unknown, representation: Representation): unknown {
  return representation.ieee754 ? String(value) : value;
}
