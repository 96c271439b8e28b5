import type { ProductRecord } from '../catalogue/catalogue';
import type { Reply } from '../http/reply';
import { emptyReply } from '../http/reply';
import { negotiate } from '../odata/content-negotiation';
import { dataReply } from '../odata/data-reply';
import { applicationError, uncaught } from '../odata/odata-error';
import type { ODataRequest } from '../odata/odata-service';
import type { Fields } from '../odata/write-value';
import { requireRole } from './caller';
import { VALUE_TYPES } from './model';
import { notifySubscribers } from './notify';
import type { AuxipOptions } from './options';
import { productEntity, type ProductAttribute } from './product';
import { shortestTime } from './timestamp';
import { productShape } from './read-products';
import { productJson } from './write-products';
import { jsonObject, requireJson } from './write-subscriptions';
import { isRecord } from '../../lib/read-json';

/** POST /Products: only here to model the server; a client must never do it (auxip.md#writing). */
export async function createProduct(
  { wire, options: query }: ODataRequest,
  options: AuxipOptions,
  root: string,
): Promise<Reply> {
  const representation = negotiate('data', wire.headers, query.format);
  requireRole(wire, 'Products');
  if (wire.headers['content-type'] === undefined) throw uncaught();
  if (wire.headers['content-type'].trim().toLowerCase() !== 'application/json') {
    throw applicationError(400, 'Bad contenttype for Product POST request');
  }
  const posted = postedProduct(parseBody(wire.body));
  if (options.products.find(posted.product.id) !== undefined) throw uncaught();
  options.products.insert(posted.product, posted);
  await notifySubscribers(posted.product, options);
  const entity = await productEntity(posted.product, options.products.factsOf(posted.product));
  const location = { Location: `${root}/Products(${posted.product.id})` };
  return dataReply(201, productJson({ entity }, representation, {}), representation, productShape(), location);
}

/** PUT or PATCH of a product never works (auxip.md#writing). */
export function updateProduct({ wire }: ODataRequest): never {
  requireJson(wire);
  requireRole(wire, 'Products');
  jsonObject(wire);
  throw uncaught();
}

/** 204 also for an unknown id. */
export function deleteProduct({ wire }: ODataRequest, id: string, options: AuxipOptions): Reply {
  requireRole(wire, 'Products');
  options.products.delete(id);
  return emptyReply(204);
}

function parseBody(body: Buffer): Fields {
  try {
    return asObject(JSON.parse(body.toString('utf8')) as unknown);
  } catch (error) {
    if (error instanceof SyntaxError && body.length > 0)
      throw applicationError(400, "Can't parse body as JSON for product POST");
    throw uncaught();
  }
}

/** What was posted; every missing key or unreadable value is the service's own exception, a 500. */
function postedProduct(body: Fields): { product: ProductRecord; attributes: readonly ProductAttribute[]; md5: string } {
  const range = asObject(body['ContentDate']);
  const checksum = asObject(asList(body['Checksum'])[0] ?? {});
  time(body['EvictionDate']);
  const id = text(body['Id']).toLowerCase();
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw uncaught();
  const product: ProductRecord = {
    id,
    name: text(body['Name']),
    contentLength: Math.trunc(Number(text(body['ContentLength']))) || 0,
    originDate: time(body['OriginDate']),
    publicationDate: time(body['PublicationDate']),
    contentStart: time(range['Start']),
    contentEnd: time(range['End']),
  };
  text(body['ContentType']);
  return {
    product,
    attributes: asList(body['Attributes']).map(asObject).flatMap(attribute),
    md5: text(checksum['Value']),
  };
}

function attribute(posted: Fields): ProductAttribute[] {
  const type = VALUE_TYPES.find((candidate) => candidate === posted['ValueType']);
  if (type === undefined) return [];
  const value = text(posted['Value']);
  const number = Number(value);
  const name = text(posted['Name']);
  if (type === 'String') return [{ type, name, value }];
  if (type === 'DateTimeOffset') return [{ type, name, value: time(value) }];
  return [{ type, name, value: type === 'Integer' ? Math.trunc(number) : number }];
}

function asObject(value: unknown): Fields {
  if (isRecord(value)) return value;
  throw uncaught();
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw uncaught();
}

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw uncaught();
}

function time(value: unknown): string {
  const shortest = shortestTime(text(value));
  if (shortest === undefined) throw uncaught();
  return shortest;
}
