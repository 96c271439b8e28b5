import type { Representation } from '../odata/content-negotiation';
import type { TypedOptions } from '../odata/query-options';
import { collectionContext, entityFields, selectedNames } from '../odata/write-entity';
import { jsonFields, jsonInt64, type Fields } from '../odata/write-value';
import { PRODUCT, TYPED_ATTRIBUTES, VALUE_TYPES } from './model';
import type { ProductAttribute, ProductEntity } from './product';

/** A product with the attributes that $expand asked for. */
export interface ExpandedProduct {
  readonly entity: ProductEntity;
  readonly attributes?: readonly ProductAttribute[];
}

type Expand = TypedOptions['expand'];

/** The collection (auxip.md §3.1, §3.3, §3.4). */
export function productsJson(
  products: readonly ExpandedProduct[],
  { select, expand }: Pick<TypedOptions, 'select' | 'expand'>,
  representation: Representation,
  count: number | undefined,
): Fields {
  const names = [...selectedNames(PRODUCT, select), ...expandedNames(expand).map((name) => `${name}()`)];
  const output = { set: 'Products', type: PRODUCT, select, representation };
  return {
    ...(representation.metadata === 'none' ? {} : collectionContext('Products', names)),
    ...(count === undefined ? {} : { '@odata.count': jsonInt64(count, representation) }),
    value: products.map(({ entity, attributes }) => ({
      ...entityFields({ ...entity }, entity.Id, output),
      ...expandedFields(attributes, expand, representation),
    })),
  };
}

/** One product flattened behind its context; $select has no effect here (auxip.md §3.2). */
export function productJson(
  { entity, attributes }: ExpandedProduct,
  representation: Representation,
  expand: Expand,
): Fields {
  const output = { set: 'Products', type: PRODUCT, select: undefined, representation };
  return {
    ...(representation.metadata === 'none' ? {} : { '@odata.context': '$metadata#Products/$entity' }),
    ...entityFields({ ...entity }, entity.Id, output),
    ...expandedFields(attributes, expand, representation),
  };
}

function expandedNames(expand: Expand): readonly string[] {
  if (expand?.includes('*') === true) return PRODUCT.navigations.map(({ name }) => name);
  return [...new Set(expand ?? [])];
}

/** `Attributes` holds all; the typed sets stay empty (auxip.md §2.2). */
function expandedFields(
  attributes: readonly ProductAttribute[] | undefined,
  expand: Expand,
  representation: Representation,
): Fields {
  if (attributes === undefined || expand === undefined) return {};
  const all = groupedAttributes(attributes).map((attribute) => attributeFields(attribute, representation, true));
  const isAsked = (name: string) => expand.includes(name) || expand.includes('*');
  const typedSets = VALUE_TYPES.map((type) => `${type}Attributes`).filter(isAsked);
  return { Attributes: all, ...Object.fromEntries(typedSets.map((name) => [name, []])) };
}

/** String, Integer, Double, DateTimeOffset (auxip.md §3.3). */
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
