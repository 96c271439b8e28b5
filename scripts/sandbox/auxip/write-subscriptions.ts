import type { Reply } from '../http/reply';
import { emptyReply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { negotiate, type Representation } from '../odata/content-negotiation';
import { dataReply } from '../odata/data-reply';
import { structuralProperty } from '../odata/edm';
import { applicationError, badRequest, methodNotAllowed, ODataError, uncaught } from '../odata/odata-error';
import type { ODataRequest } from '../odata/odata-service';
import { entityFields } from '../odata/write-entity';
import type { Fields } from '../odata/write-value';
import { requireRole } from './caller';
import { AUXIP_EDM, SUBSCRIPTION } from './model';
import type { AuxipOptions } from './options';
import type { SubscriptionRequest } from './subscriptions';
import { isRecord } from '../../lib/read-json';

/** POST /Subscriptions (auxip.md#subscriptions). */
export function createSubscription({ wire, options: query }: ODataRequest, options: AuxipOptions): Reply {
  const representation = negotiate('data', wire.headers, query.format);
  requireJson(wire);
  requireRole(wire, 'Subscriptions');
  const created = options.subscriptions.create(subscriptionRequest(wire));
  return dataReply(201, createdJson({ ...created }, created.Id, representation), representation, {
    edm: AUXIP_EDM,
    type: SUBSCRIPTION,
    set: 'Subscriptions',
  });
}

/** PUT /Subscriptions(<id>): creates another one, whatever the id. */
export function replaceSubscription({ wire }: ODataRequest, options: AuxipOptions): Reply {
  requireJson(wire);
  requireRole(wire, 'Subscriptions');
  options.subscriptions.create(subscriptionRequest(wire));
  return emptyReply(204);
}

/** POST /Subscriptions(<id>)/OData.CSC.Pause and the like: no role is asked for. */
export function actOnSubscription(
  { method, wire }: ODataRequest,
  id: string,
  action: string,
  options: AuxipOptions,
): Reply {
  if (method !== 'POST') throw methodNotAllowed(method);
  if (wire.headers['content-type'] !== undefined) requireJson(wire);
  const result = options.subscriptions.act(id, action);
  if (result === 'unknown') throw uncaught('No entity found for query');
  return emptyReply(result === 'done' ? 200 : 304);
}

function createdJson(subscription: Fields, id: string, representation: Representation): Fields {
  const output = { set: 'Subscriptions', type: SUBSCRIPTION, select: undefined, representation };
  return {
    ...(representation.metadata === 'none' ? {} : { '@odata.context': '$metadata#Subscriptions' }),
    ...entityFields(subscription, id, output),
  };
}

/** @throws ODataError 400 without Content-Type, 406 for one that cannot be read */
export function requireJson(wire: WireRequest): void {
  const contentType = wire.headers['content-type'];
  if (contentType === undefined) throw badRequest('The Content-Type HTTP header must be specified for this request.');
  if (!/^[^/;]+\/[^/;]+(?:;|$)/.test(contentType)) throw badRequest(`The content type '${contentType}' is not valid.`);
  if (!/^application\/json *(?:;|$)/i.test(contentType)) {
    throw new ODataError(406, `The content type '${contentType.replace(/ *; */g, ';')}' is not supported.`);
  }
}

function subscriptionRequest(wire: WireRequest): SubscriptionRequest {
  const body = jsonObject(wire);
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@')) continue;
    if (structuralProperty(SUBSCRIPTION, name) === undefined) {
      throw badRequest(`'${name}' can not be mapped as a property or an annotation.`);
    }
    if (value !== null && typeof value !== 'string') throw badRequest(`Invalid JSON type for property '${name}'.`);
  }
  return {
    FilterParam: required(body, 'FilterParam'),
    NotificationEndpoint: required(body, 'NotificationEndpoint'),
    NotificationEpUsername: required(body, 'NotificationEpUsername'),
    NotificationEpPassword: required(body, 'NotificationEpPassword'),
  };
}

function required(body: Fields, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw applicationError(400, "Can't create subscription ...");
  return value;
}

/** @throws ODataError 400 for a body that is no JSON object */
export function jsonObject(wire: WireRequest): Fields {
  try {
    const body: unknown = JSON.parse(wire.body.toString('utf8'));
    if (isRecord(body)) return body;
  } catch {
    // answered below
  }
  throw badRequest('The syntax of the JSON document is not valid.');
}
