import type { ProductRecord } from '../catalogue/catalogue';
import type { Reply } from '../http/reply';
import type { Representation } from '../odata/content-negotiation';
import type { AtomShape } from '../odata/atom';
import { dataReply } from '../odata/data-reply';
import { applicationError, ODataError, uncaught } from '../odata/odata-error';
import type { TypedOptions } from '../odata/query-options';
import { requireTranslatable } from './hql';
import { INTERNAL_ROOT } from './internal-root';
import { AUXIP_EDM, PRODUCT, TYPED_ATTRIBUTES } from './model';
import type { AuxipOptions } from './options';
import { productEntity, type ProductAttribute } from './product';
import {
  attributeFields,
  attributeTypeOf,
  groupedAttributes,
  productJson,
  productsJson,
  type ExpandedProduct,
} from './write-products';

/** `GET /Products` (auxip.md#query-options, auxip.md#lists). */
export async function readProducts(
  query: TypedOptions,
  representation: Representation,
  options: AuxipOptions,
): Promise<Reply> {
  requireTranslatable('Product', query);
  const { rows, count } = options.products.query(query);
  const products = await Promise.all(rows.map((row) => expandedProduct(row, query.expand, options)));
  const json = productsJson(products, query, representation, query.count ? count : undefined);
  return dataReply(200, json, representation, productShape('Products'));
}

/** `GET /Products(<id>)` (auxip.md#single-entries). */
export async function readProduct(
  id: string,
  query: TypedOptions,
  representation: Representation,
  options: AuxipOptions,
): Promise<Reply> {
  const product = await expandedProduct(knownProduct(id, options), query.expand, options);
  return dataReply(200, productJson(product, representation, query), representation, productShape());
}

/** `GET /Products(<id>)/Attributes` and the typed sets: an unknown id has none (auxip.md#resources, auxip.md#expanded-attributes). */
export function readAttributes(
  id: string,
  set: string,
  isCounted: boolean,
  representation: Representation,
  options: AuxipOptions,
): Reply {
  const product = options.products.find(id);
  const all = product === undefined ? [] : groupedAttributes(options.products.factsOf(product).attributesOf(product));
  const attributes = all.filter(({ type }) => set === 'Attributes' || set === `${type}Attributes`);
  const context = representation.metadata === 'none' ? {} : { '@odata.context': `$metadata#${set}` };
  const value = attributes.map((attribute) => attributeFields(attribute, representation, set === 'Attributes'));
  const count = isCounted ? { '@odata.count': representation.ieee754 ? '1' : 1 } : {};
  const shape = { edm: AUXIP_EDM, type: attributeTypeOf(set), feedId: `${INTERNAL_ROOT}/${set}` };
  return dataReply(200, { ...context, ...count, value }, representation, shape);
}

/** How products stand in Atom; a feed of them is named by its set. */
export function productShape(set?: string): AtomShape {
  const feedId = set === undefined ? undefined : `${INTERNAL_ROOT}/${set}`;
  return { edm: AUXIP_EDM, type: PRODUCT, set: 'Products', feedId };
}

/** @throws ODataError 500: the only way in which the service says that an id is unknown (auxip.md#errors) */
export function knownProduct(id: string, options: AuxipOptions): ProductRecord {
  const product = options.products.find(id);
  if (product === undefined) throw uncaught('No entity found for query');
  return product;
}

async function expandedProduct(
  product: ProductRecord,
  expand: TypedOptions['expand'],
  options: AuxipOptions,
): Promise<ExpandedProduct> {
  const facts = options.products.factsOf(product);
  const entity = await productEntity(product, facts);
  if (expand === undefined) return { entity };
  const attributes = facts.attributesOf(product);
  requireExpandable(expand, attributes);
  return { entity, attributes };
}

/** One product without date attributes spoils the whole answer; so does a typed set at the front (auxip.md#query-options, auxip.md#expanded-attributes). */
function requireExpandable(expand: readonly string[], attributes: readonly ProductAttribute[]): void {
  const isTypedSet = TYPED_ATTRIBUTES.some(({ name }) => name === `OData.CSC.${(expand[0] ?? '').replace(/s$/, '')}`);
  if (isTypedSet || !attributes.some(({ type }) => type === 'DateTimeOffset')) throw noRelatedEntity();
}

function noRelatedEntity(): ODataError {
  return applicationError(400, 'No related entity found');
}
