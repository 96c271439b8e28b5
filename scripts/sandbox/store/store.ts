import { createHash } from 'node:crypto';
import { textReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import type { ActiveScenario } from '../faults/scenarios/active-scenario';
import type { StoredObject } from './stored-object';
import { parseRange } from './byte-range';
import { streamFileBytes } from './file-bytes';
import type { UrlSigner } from './presigned-url';

export interface StoreOptions {
  readonly signer: UrlSigner;
  /** The object under `/auxip/<id>/<name>`, or undefined when there is none. */
  readonly find: (id: string) => StoredObject | undefined;
  readonly scenario: Pick<ActiveScenario, 'store' | 'storeReply' | 'aroundStore' | 'urlVerdict'>;
}

/** The object store behind `$value` (auxip.md#store). All its errors are XML. */
export function answerStore(request: WireRequest, options: StoreOptions): Promise<Reply> {
  return options.scenario.aroundStore(request, (seen) => answerFromStore(seen, options));
}

function answerFromStore(request: WireRequest, options: StoreOptions): Reply {
  if (request.headers.authorization !== undefined) {
    return storeError(
      400,
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    );
  }
  if (request.method !== 'GET') {
    return storeError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  const check = options.scenario.urlVerdict(options.signer.check(request.path, request.query));
  if (check === 'expired') return storeError(403, 'AccessDenied', 'Request has expired');
  if (check === 'unsigned') return storeError(403, 'AccessDenied', 'Access Denied');
  if (check === 'forged') {
    return storeError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
  const object = options.find(/^\/auxip\/([^/]+)\//.exec(request.path)?.[1] ?? '');
  if (object === undefined) return storeError(404, 'NoSuchKey', 'The specified key does not exist.');
  const call = { request, object };
  return options.scenario.store(call) ?? options.scenario.storeReply(call, objectReply(request, object));
}

/** The object or the part of it that is asked for. */
export function objectReply(request: WireRequest, object: StoredObject): Reply {
  const etag = entityTag(object);
  const headers = {
    'Accept-Ranges': 'bytes',
    'Content-Type': 'binary/octet-stream',
    ETag: etag,
    'Last-Modified': new Date(object.lastModified).toUTCString(),
  };
  if (isPreconditionFailed(request, etag)) {
    return storeError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const ranged = rangeApplies(request, etag, headers['Last-Modified']);
  const range = ranged ? parseRange(request.headers.range, object.contentLength) : undefined;
  if (range === 'unsatisfiable') {
    const refusal = storeError(416, 'InvalidRange', 'The requested range is not satisfiable');
    return { ...refusal, headers: { ...refusal.headers, 'Content-Range': `bytes */${object.contentLength}` } };
  }
  const { from, to } = range ?? { from: 0, to: object.contentLength };
  const partial = range === undefined ? {} : { 'Content-Range': `bytes ${from}-${to - 1}/${object.contentLength}` };
  return {
    status: range === undefined ? 200 : 206,
    headers: { ...headers, ...partial, 'Content-Length': to - from },
    body: streamFileBytes(object.id, from, to, object.content),
  };
}

/** Not the MD5, as for multipart uploads: clients must not count on it (auxip.md#store). */
function entityTag(object: StoredObject): string {
  return `"${createHash('sha256').update(`${object.id} ${object.contentLength}`).digest('hex').slice(0, 32)}-1"`;
}

function isPreconditionFailed(request: WireRequest, etag: string): boolean {
  const required = request.headers['if-match'];
  return required !== undefined && required !== '*' && !required.split(',').some((tag) => tag.trim() === etag);
}

/** If-Range (RFC 9110 §13.1.5): when the validator no longer fits, the whole file is sent. */
function rangeApplies(request: WireRequest, etag: string, lastModified: string): boolean {
  const validator = request.headers['if-range'];
  return validator === undefined || validator === etag || validator === lastModified;
}

export function storeError(status: number, code: string, message: string): Reply {
  return textReply(
    status,
    'application/xml',
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>sandbox</RequestId></Error>`,
  );
}
