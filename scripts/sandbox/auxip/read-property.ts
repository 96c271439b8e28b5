import type { Reply } from '../http/reply';
import type { Representation } from '../odata/content-negotiation';
import { dataReply } from '../odata/data-reply';
import type { Property } from '../odata/edm';
import { jsonFields, jsonValue, type Fields } from '../odata/write-value';
import { AUXIP_EDM, PRODUCT } from './model';
import type { AuxipOptions } from './options';
import { productEntity } from './product';
import { knownProduct } from './read-products';

/** `GET /Products(<id>)/Name` or `/ContentDate`: no role is asked for (access.md#roles, auxip.md#resources). */
export async function readProperty(
  id: string,
  property: Property,
  representation: Representation,
  options: AuxipOptions,
): Promise<Reply> {
  const product = knownProduct(id, options);
  const entity: Fields = { ...(await productEntity(product, options.products.factsOf(product))) };
  const value = entity[property.name];
  const context =
    representation.metadata === 'none' ? {} : { '@odata.context': `../$metadata#Products/${property.name}` };
  if (property.type.kind !== 'primitive') {
    const json = { ...context, ...jsonFields(property.type, value as Fields, representation) };
    return dataReply(200, json, representation, { edm: AUXIP_EDM, type: property.type });
  }
  const shape = { edm: AUXIP_EDM, type: PRODUCT, property };
  return dataReply(200, { ...context, value: jsonValue(property, value, representation) }, representation, shape);
}
