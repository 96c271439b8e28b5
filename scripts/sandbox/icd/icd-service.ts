import { requireCaller, requireRole } from '../auxip/caller';
import type { AuxipOptions } from '../auxip/options';
import { productEntity } from '../auxip/product';
import { attributeFields, attributeTypeOf, groupedAttributes } from '../auxip/write-products';
import type { ProductRecord } from '../catalogue/catalogue';
import { textReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { negotiate, type Representation } from '../odata/content-negotiation';
import { dataReply } from '../odata/data-reply';
import { applicationError, methodNotAllowed, ODataError } from '../odata/odata-error';
import { answerOData, type ODataRequest } from '../odata/odata-service';
import type { TypedOptions } from '../odata/query-options';
import type { ResourcePart } from '../odata/resource-path';
import { metadataDocument, serviceDocument } from '../odata/service-documents';
import { collectionContext, entityFields, selectedNames } from '../odata/write-entity';
import { jsonFields, jsonInt64, jsonValue, type Fields } from '../odata/write-value';
import { objectReply } from '../store/store';
import { compileIcdFilter } from './filter';
import { answerIcdSubscriptions, isOfSubscriptions } from './subscriptions';
import { ICD_EDM, ICD_PRODUCT, icdEntity, icdMetadataXml } from './model';

export interface IcdOptions {
  readonly auxip: AuxipOptions;
  readonly siteUrl: () => string;
  /** `$value` sends the bytes itself, or redirects to the store. */
  readonly download: 'stream' | 'redirect';
}

/** Of products in Atom. */
const SHAPE = { edm: ICD_EDM, type: ICD_PRODUCT, set: 'Products' };

/** The specification's page size (auxip.md#specification-icd). */
const PAGE_LIMIT = 1000;

/** An AUXIP by its official specification, to rehearse other AUXIPs than the real auxip.svc; `path` follows its root. */
export function answerIcd(wire: WireRequest, path: string, options: IcdOptions): Promise<Reply> {
  if (isOfSubscriptions(path)) return answerIcdSubscriptions(wire, path, options.auxip);
  return answerOData(ICD_EDM, wire, path === '' ? '/' : path, (request) =>
    processIcd({ ...request, options: options.auxip.understood(request.options) }, options),
  );
}

function processIcd(request: ODataRequest, options: IcdOptions): Promise<Reply> | Reply {
  const { resource, method } = request;
  if (resource.kind === 'service') return serviceDocument(request, [{ name: 'Products', url: 'Products' }]);
  if (resource.kind === 'metadata') return metadataDocument(request, icdMetadataXml());
  if (resource.kind !== 'resource') throw new ODataError(501, 'Not implemented.', '501');
  if (method !== 'GET') throw methodNotAllowed(method);
  requireRole(request.wire, 'Products');
  return readIcd(request, resource.parts, options);
}

function readIcd(request: ODataRequest, parts: readonly ResourcePart[], options: IcdOptions): Promise<Reply> | Reply {
  const [set, second, third] = parts;
  if (set?.kind !== 'entity-set' || third !== undefined) throw new ODataError(501, 'Not implemented.', '501');
  if (set.key === undefined) {
    if (second === undefined) return readPage(request, options);
    if (second.kind === 'count') return textReply(200, 'text/plain', String(countOf(request.options, options)));
    throw new ODataError(501, 'Not implemented.', '501');
  }
  const product = options.auxip.products.find(set.key);
  if (product === undefined) throw applicationError(404, 'Product not found');
  if (second?.kind === 'value') return readValue(request, product, options);
  return readEntity(request, product, second, options);
}

async function readPage(request: ODataRequest, options: IcdOptions): Promise<Reply> {
  const representation = negotiate('data', request.wire.headers, request.options.format);
  const { top = Infinity, skip = 0, select, expand } = request.options;
  const wanted = Math.min(top, PAGE_LIMIT);
  const oneMore = { ...request.options, top: wanted + 1 };
  const { rows, count } = options.auxip.products.query(oneMore, PAGE_LIMIT + 1, compileIcdFilter);
  const value = await Promise.all(
    rows.slice(0, wanted).map((row) => productFields(row, { select, expand }, representation, options)),
  );
  const isMore = rows.length > wanted && top > wanted;
  const names = [...selectedNames(ICD_PRODUCT, select), ...(expand ?? []).map((name) => `${name}()`)];
  const json = {
    ...(representation.metadata === 'none' ? {} : collectionContext('Products', names)),
    ...(request.options.count ? { '@odata.count': jsonInt64(count ?? 0, representation) } : {}),
    value,
    ...(isMore ? { '@odata.nextLink': nextLink(request, skip + wanted, top - wanted, options) } : {}),
  };
  return dataReply(200, json, representation, SHAPE);
}

function nextLink({ wire }: ODataRequest, skip: number, rest: number, { siteUrl }: IcdOptions): string {
  const kept = (wire.query ?? '')
    .split('&')
    .filter((option) => option !== '' && !/^(?:\$|%24)(?:skip|top)=/i.test(option));
  const top = Number.isFinite(rest) ? [`$top=${rest}`] : [];
  return `${siteUrl()}${wire.path}?${[...kept, ...top, `$skip=${skip}`].join('&')}`;
}

function countOf({ filter }: TypedOptions, { auxip }: IcdOptions): number {
  return auxip.products.query({ filter, count: true }, PAGE_LIMIT, compileIcdFilter).count ?? 0;
}

async function readEntity(
  request: ODataRequest,
  product: ProductRecord,
  part: ResourcePart | undefined,
  options: IcdOptions,
): Promise<Reply> {
  const representation = negotiate('data', request.wire.headers, request.options.format);
  if (part === undefined) {
    const fields = await productFields(
      product,
      { select: undefined, expand: request.options.expand },
      representation,
      options,
    );
    return dataReply(200, { ...contextOf(representation, 'Products/$entity'), ...fields }, representation, SHAPE);
  }
  if (part.kind === 'navigation') {
    const attributes = groupedAttributes(options.auxip.products.factsOf(product).attributesOf(product));
    const value = attributes
      .filter(({ type }) => part.property.name === 'Attributes' || part.property.name === `${type}Attributes`)
      .map((attribute) => attributeFields(attribute, representation, part.property.name === 'Attributes'));
    const json = { ...contextOf(representation, part.property.name), value };
    return dataReply(200, json, representation, { edm: ICD_EDM, type: attributeTypeOf(part.property.name) });
  }
  if (part.kind !== 'property') throw new ODataError(501, 'Not implemented.', '501');
  const entity = icdEntity(await productEntity(product, options.auxip.products.factsOf(product)));
  const value = entity[part.property.name];
  const context = contextOf(representation, `Products(${product.id})/${part.property.name}`);
  const isComplex = part.property.type.kind !== 'primitive' && !part.property.isCollection;
  const json = isComplex
    ? { ...context, ...jsonFields(part.property.type, value as Fields, representation) }
    : { ...context, value: jsonValue(part.property, value, representation) };
  const { property } = part;
  const shape =
    property.type.kind === 'complex' && isComplex ? { type: property.type } : { type: ICD_PRODUCT, property };
  return dataReply(200, json, representation, { edm: ICD_EDM, ...shape });
}

function contextOf({ metadata }: Representation, suffix: string): Fields {
  return metadata === 'none' ? {} : { '@odata.context': `$metadata#${suffix}` };
}

async function productFields(
  product: ProductRecord,
  { select, expand }: Pick<TypedOptions, 'select' | 'expand'>,
  representation: Representation,
  { auxip }: IcdOptions,
): Promise<Fields> {
  const facts = auxip.products.factsOf(product);
  const entity = icdEntity(await productEntity(product, facts));
  const fields = entityFields(entity, product.id, { set: 'Products', type: ICD_PRODUCT, select, representation });
  if (expand === undefined) return fields;
  const attributes = groupedAttributes(facts.attributesOf(product));
  return { ...fields, Attributes: attributes.map((attribute) => attributeFields(attribute, representation, true)) };
}

/** The file itself, or a redirect to the store; the quota books both (auxip.md#quota). */
function readValue({ wire, options: query }: ODataRequest, product: ProductRecord, options: IcdOptions): Reply {
  negotiate('media', wire.headers, query.format);
  const { username, roles } = requireCaller(wire);
  if (!options.auxip.quota.request(username, roles.includes('download'), product.contentLength)) {
    throw applicationError(429, 'Too Many Requests !');
  }
  const disposition = { 'Content-Disposition': `attachment; filename="${product.name}"` };
  if (options.download === 'redirect') {
    return { status: 302, headers: { ...disposition, Location: options.auxip.presign(product) } };
  }
  const object = options.auxip.stored(product.id);
  if (object === undefined) throw applicationError(404, 'Product not found');
  const reply = objectReply(wire, object);
  return { ...reply, headers: { ...reply.headers, ...disposition, 'Content-Type': 'application/octet-stream' } };
}
