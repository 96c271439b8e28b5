import type { Representation } from '../odata/content-negotiation';
import type { TypedOptions } from '../odata/query-options';
import { collectionContext, entityFields, selectedNames } from '../odata/write-entity';
import { jsonFields, jsonInt64, type Fields } from '../odata/write-value';
import type { StructuredType } from '../odata/edm';
import { ATTRIBUTE, PRODUCT, TYPED_ATTRIBUTES, VALUE_TYPES } from './model';
import type { ProductAttribute, ProductEntity } from './product';

/** A product with the attributes that $expand asked for. */
export interface ExpandedProduct {
  readonly entity: ProductEntity;
  readonly attributes?: readonly ProductAttribute[];
}

/** What $expand asks for, and which properties of it. */
type Expansion = Pick<TypedOptions, 'expand' | 'expandSelects'>;

/** The collection (auxip.md#lists, auxip.md#expanded-attributes, auxip.md#selected-properties). */
export function productsJson(
  products: readonly ExpandedProduct[],
  { select, ...expansion }: Pick<TypedOptions, 'select' | 'expand' | 'expandSelects'>,
  representation: Representation,
  count: number | undefined,
): Fields {
  const names = [...selectedNames(PRODUCT, select), ...expandedNames(expansion)];
  const output = { set: 'Products', type: PRODUCT, select, representation };
  return {
    ...(representation.metadata === 'none' ? {} : collectionContext('Products', names)),
    ...(count === undefined ? {} : { '@odata.count': jsonInt64(count, representation) }),
    value: products.map(({ entity, attributes }) => ({
      ...entityFields({ ...entity }, entity.Id, output),
      ...expandedFields(attributes, expansion, representation),
    })),
  };
}

/** One product flattened behind its context; $select has no effect here (auxip.md#single-entries). */
export function productJson(
  { entity, attributes }: ExpandedProduct,
  representation: Representation,
  expansion: Expansion,
): Fields {
  const output = { set: 'Products', type: PRODUCT, select: undefined, representation };
  return {
    ...(representation.metadata === 'none' ? {} : { '@odata.context': '$metadata#Products/$entity' }),
    ...entityFields({ ...entity }, entity.Id, output),
    ...expandedFields(attributes, expansion, representation),
  };
}

/** `Attributes()`, `Attributes(Name)`, as they stand in the context. */
function expandedNames({ expand = [], expandSelects }: Expansion): readonly string[] {
  const all = PRODUCT.navigations.map(({ name }) => name);
  const names = expand.includes('*') ? all : [...new Set(expand)];
  return names.map((name) => `${name}(${selectedNames(attributeTypeOf(name), expandSelects?.get(name)).join(',')})`);
}

/** Of what an attribute set holds. */
export function attributeTypeOf(set: string): StructuredType {
  return TYPED_ATTRIBUTES.find(({ name }) => name === `OData.CSC.${set.replace(/s$/, '')}`) ?? ATTRIBUTE;
}

/** `Attributes` holds all; the typed sets stay empty (auxip.md#query-options). */
function expandedFields(
  attributes: readonly ProductAttribute[] | undefined,
  { expand, expandSelects }: Expansion,
  representation: Representation,
): Fields {
  if (attributes === undefined || expand === undefined) return {};
  const select = expandSelects?.get('Attributes');
  const isWanted = (name: string): boolean =>
    select === undefined || select.isAll || name.includes('@') || select.paths.some(([path]) => path === name);
  const all = groupedAttributes(attributes).map((attribute) => {
    const fields = Object.entries(attributeFields(attribute, representation, true));
    return Object.fromEntries(fields.filter(([name]) => isWanted(name)));
  });
  const isAsked = (name: string) => expand.includes(name) || expand.includes('*');
  const typedSets = VALUE_TYPES.map((type) => `${type}Attributes`).filter(isAsked);
  return { Attributes: all, ...Object.fromEntries(typedSets.map((name) => [name, []])) };
}

/** String, Integer, Double, DateTimeOffset (auxip.md#expanded-attributes). */
export function groupedAttributes(attributes: readonly ProductAttribute[]): readonly ProductAttribute[] {
  return VALUE_TYPES.flatMap((type) => attributes.filter((attribute) => attribute.type === type));
}

/** `isDerived`: stands in a set of the base type, so that its own type must be said. */
export function attributeFields(
  attribute: ProductAttribute,
  representation: Representation,
  isDerived: boolean,
): Fields {
  const type = TYPED_ATTRIBUTES[VALUE_TYPES.indexOf(attribute.type)];
  const fields = { Name: attribute.name, ValueType: attribute.type, Value: attribute.value };
  const isTypeSaid = representation.metadata === 'full' || (isDerived && representation.metadata === 'minimal');
  return {
    ...(isTypeSaid ? { '@odata.type': `#OData.CSC.${attribute.type}Attribute` } : {}),
    ...(type === undefined ? fields : jsonFields(type, fields, representation)),
  };
}
