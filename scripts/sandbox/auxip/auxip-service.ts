import { emptyReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { negotiate, type Representation } from '../odata/content-negotiation';
import { metadataXml } from '../odata/metadata';
import {
  applicationError,
  badRequest,
  methodNotAllowed,
  noProcessor,
  ODataError,
  uncaught,
} from '../odata/odata-error';
import { answerOData, type ODataRequest } from '../odata/odata-service';
import type { ResourcePart } from '../odata/resource-path';
import { metadataDocument, serviceDocument } from '../odata/service-documents';
import { requireRole } from './caller';
import { INTERNAL_ROOT } from './internal-root';
import { mediaReply } from './media';
import { AUXIP_EDM, METRIC, SUBSCRIPTION } from './model';
import type { AuxipOptions } from './options';
import { readProperty } from './read-property';
import { readAttributes, readProduct, readProducts } from './read-products';
import { readTable, type Table } from './read-table';
import { createProduct, deleteProduct, updateProduct } from './write-product';
import { actOnSubscription, createSubscription, replaceSubscription, requireJson } from './write-subscriptions';

type EntitySetPart = Extract<ResourcePart, { kind: 'entity-set' }>;

/** auxip.svc; `path` is what follows its root (auxip.md). */
export async function answerAuxip(wire: WireRequest, path: string, options: AuxipOptions): Promise<Reply> {
  return answerOData(AUXIP_EDM, wire, path, (request) =>
    processAuxip({ ...request, options: options.understood(request.options) }, options),
  );
}

function processAuxip(request: ODataRequest, options: AuxipOptions): Promise<Reply> | Reply {
  const { resource, method } = request;
  switch (resource.kind) {
    case 'service':
      return serviceDocument(
        request,
        ['Products', 'Metrics', 'Subscriptions'].map((name) => ({ name, url: name })),
      );
    case 'metadata':
      return metadataDocument(request, metadataXml('auxip'));
    case 'batch':
      throw method === 'POST' ? noProcessor('BatchProcessor') : methodNotAllowed(method);
    case 'resource':
      return processResource(request, resource.parts, options);
    default:
      throw new ODataError(501, 'The requested functionality has not been implemented (yet).');
  }
}

function processResource(
  request: ODataRequest,
  parts: readonly ResourcePart[],
  options: AuxipOptions,
): Promise<Reply> | Reply {
  const [set, ...more] = parts;
  if (set?.kind !== 'entity-set') throw uncaught();
  const [second, third] = more;
  if (second === undefined) return processEntitySet(request, set, options);
  const last = more.at(-1) ?? second;
  if (last.kind === 'ref')
    throw refRefusal(more.length === 1 ? set.isCollection : isCollection(more.at(-2)), request.method);
  if (last.kind === 'count') throw countRefusal(more.at(-2) ?? set, request.method);
  if (last.kind === 'value') {
    if (more.length === 1) return mediaReply(request, set.key ?? '', options);
    throw ['GET', 'PUT', 'DELETE'].includes(request.method)
      ? noProcessor('PrimitiveValueProcessor')
      : methodNotAllowed(request.method);
  }
  if (second.kind === 'action') return actOnSubscription(request, set.key ?? '', second.name, options);
  if (second.kind === 'navigation' && third === undefined) return processNavigation(request, set, second, options);
  if (second.kind === 'property') return processProperty(request, set, second, third, options);
  throw applicationError(501, 'Not supported');
}

function processEntitySet(request: ODataRequest, set: EntitySetPart, options: AuxipOptions): Promise<Reply> | Reply {
  if (request.method === 'GET') return readEntitySet(request, set, options);
  return set.key === undefined ? createEntity(request, set, options) : changeEntity(request, set, set.key, options);
}

function readEntitySet(request: ODataRequest, set: EntitySetPart, options: AuxipOptions): Promise<Reply> | Reply {
  const representation = readRepresentation(request);
  requireRole(request.wire, set.set.name);
  // Single reads search the product table, whatever the set (auxip.md#resources).
  if (set.key !== undefined) return readProduct(set.key, request.options, representation, options);
  switch (set.set.name) {
    case 'Products':
      return readProducts(request.options, representation, options);
    case 'Subscriptions':
      return readTable(subscriptionTable(options), request.options, representation);
    case 'Metrics':
      return readTable(metricTable(options), request.options, representation);
    default:
      throw applicationError(400, `No Class found for ${set.set.name}`);
  }
}

function subscriptionTable({ subscriptions }: AuxipOptions): Table {
  const rows = subscriptions.all.map((subscription) => ({ ...subscription }));
  return { set: 'Subscriptions', entity: 'Subscription', type: SUBSCRIPTION, rows, keyOf: (row) => String(row['Id']) };
}

function metricTable({ metrics }: AuxipOptions): Table {
  const rows = metrics().map((metric) => ({ ...metric }));
  return {
    set: 'Metrics',
    entity: 'Metric',
    type: METRIC,
    rows,
    keyOf: (row) => `'${String(row['Name'])}'`,
  };
}

function createEntity(request: ODataRequest, set: EntitySetPart, options: AuxipOptions): Promise<Reply> | Reply {
  if (request.method !== 'POST') throw methodNotAllowed(request.method);
  if (set.set.name === 'Products') return createProduct(request, options, INTERNAL_ROOT);
  if (set.set.name === 'Subscriptions') return createSubscription(request, options);
  requireJson(request.wire);
  requireRole(request.wire, set.set.name);
  throw applicationError(406, 'Not acceptable.');
}

function changeEntity(request: ODataRequest, set: EntitySetPart, key: string, options: AuxipOptions): Reply {
  const isSubscription = set.set.name === 'Subscriptions';
  switch (request.method) {
    case 'PUT':
    case 'PATCH':
      return isSubscription ? replaceSubscription(request, options) : updateProduct(request);
    case 'DELETE':
      if (!isSubscription) return deleteProduct(request, key, options);
      requireRole(request.wire, 'Subscriptions');
      options.subscriptions.delete(key);
      return emptyReply(204);
    default:
      throw methodNotAllowed(request.method);
  }
}

function processNavigation(
  request: ODataRequest,
  set: EntitySetPart,
  navigation: Extract<ResourcePart, { kind: 'navigation' }>,
  options: AuxipOptions,
): Reply {
  if (request.method !== 'GET') throw methodNotAllowed(request.method);
  const representation = readRepresentation(request);
  requireRole(request.wire, set.set.name);
  if (navigation.key !== undefined) throw applicationError(501, 'Not supported');
  return readAttributes(set.key ?? '', navigation.property.name, request.options.count, representation, options);
}

function processProperty(
  request: ODataRequest,
  set: EntitySetPart,
  { property }: Extract<ResourcePart, { kind: 'property' }>,
  inner: ResourcePart | undefined,
  options: AuxipOptions,
): Promise<Reply> {
  if (request.method !== 'GET') throw methodNotAllowed(request.method);
  const representation = readRepresentation(request);
  if (property.isCollection) throw noProcessor('ComplexCollectionProcessor');
  if (inner !== undefined) throw applicationError(404, 'Property not found');
  return readProperty(set.key ?? '', property, representation, options);
}

/** Every read: what Prefer must not ask for, and how the answer is written. */
function readRepresentation({ wire, options }: ODataRequest): Representation {
  const prefer = wire.headers['prefer'];
  if (prefer === 'return=minimal' || prefer === 'return=representation') {
    throw badRequest(`The Prefer header '${prefer}' is not supported for this HTTP Method.`);
  }
  return negotiate('data', wire.headers, options.format);
}

function isCollection(part: ResourcePart | undefined): boolean {
  return part !== undefined && 'isCollection' in part && part.isCollection;
}

function refRefusal(isOfCollection: boolean, method: string): ODataError {
  if (isOfCollection && method === 'GET') return noProcessor('ReferenceCollectionProcessor');
  const methods = isOfCollection ? ['POST', 'DELETE'] : ['GET', 'PUT', 'PATCH', 'DELETE'];
  return methods.includes(method) ? noProcessor('ReferenceProcessor') : methodNotAllowed(method);
}

function countRefusal(counted: ResourcePart, method: string): ODataError {
  if (method !== 'GET') return methodNotAllowed(method);
  return noProcessor(
    counted.kind === 'property' ? 'CountComplexCollectionProcessor' : 'CountEntityCollectionProcessor',
  );
}
