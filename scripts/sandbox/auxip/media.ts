import type { Reply } from '../http/reply';
import { negotiate } from '../odata/content-negotiation';
import { applicationError, methodNotAllowed, uncaught } from '../odata/odata-error';
import type { ODataRequest } from '../odata/odata-service';
import { requireCaller } from './caller';
import type { AuxipOptions } from './options';

/** `Products(<id>)/$value`: a redirect to the store, never the bytes (auxip.md#redirect). */
export function mediaReply(request: ODataRequest, id: string, options: AuxipOptions): Reply {
  const { method, wire } = request;
  if (method === 'PUT' || method === 'DELETE') throw applicationError(501, 'Not supported.');
  if (method !== 'GET') throw methodNotAllowed(method);
  negotiate('media', wire.headers, request.options.format);
  const caller = requireCaller(wire);
  const product = options.products.find(id);
  if (product === undefined) throw uncaught('No entity found for query');
  if (!options.quota.request(caller.username, caller.roles.includes('download'), product.contentLength)) {
    throw applicationError(429, 'Too Many Requests !');
  }
  if (!/^S[123]/.test(product.name)) throw applicationError(500, 'Error when updating user');
  return {
    status: 302,
    headers: { 'Content-Disposition': `filename=${product.name}`, Location: options.presign(product) },
  };
}
