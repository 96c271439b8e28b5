import type { Reply } from '../http/reply';
import { textReply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { checkAllowedOptions } from './allowed-options';
import { negotiateError } from './content-negotiation';
import { splitQuery } from './decode';
import type { Edm, StructuredType } from './edm';
import { badRequest, ODataError, uncaught } from './odata-error';
import { readOptions, typeOptions, type RawOptions, type TypedOptions } from './query-options';
import { missingEntityId, parseResourcePath, type Resource } from './resource-path';
import { escapeXml } from './xml';

/** A request after everything that OData's grammar and model can say about it. */
export interface ODataRequest {
  readonly method: string;
  readonly resource: Resource;
  readonly options: TypedOptions;
  readonly wire: WireRequest;
}

/** `path`: what follows the service root in the request line, raw. */
export async function answerOData(
  edm: Edm,
  wire: WireRequest,
  path: string,
  handle: (request: ODataRequest) => Promise<Reply> | Reply,
): Promise<Reply> {
  let format = formatInQuery(wire);
  try {
    const method = methodOf(wire);
    checkVersion(wire);
    const { resource, options, allow } = parse(edm, wire, path);
    format = options.format;
    allow(method);
    return withVersion(await handle({ method, resource, options, wire }));
  } catch (error) {
    if (error instanceof ODataError) return withVersion(errorReply(error, wire, format));
    return {
      ...withVersion(errorReply(uncaught(), wire, format)),
      defect: error,
    };
  }
}

/** An address that could be read; `allow` refuses options that its resource does not take. */
interface Address {
  readonly resource: Resource;
  readonly options: TypedOptions;
  readonly allow: (method: string) => void;
}

function parse(edm: Edm, wire: WireRequest, path: string): Address {
  const raw = readOptions(splitQuery(wire.query));
  const resource = parseResourcePath(edm, path, raw.aliases);
  if (resource.kind === 'entity-id') return parseEntityId(edm, raw);
  const options = typeOptions(edm, raw, typeOf(resource));
  return {
    resource,
    options,
    allow: (method) => checkAllowedOptions(resource, raw, method),
  };
}

/**
 * What an error is written in while the address is not read: the library cuts $format out of the query with its `=`, or seven characters
 * where there is none, so that any query at all leads to JSON (Olingo 4.8, ODataHandlerImpl.getFormatOption).
 */
function formatInQuery({ query }: WireRequest): string | undefined {
  if (query === undefined) return undefined;
  const name = '$format';
  const index = query.indexOf(name);
  const end = query.indexOf('&', index);
  return query.slice(index + name.length, end < 0 ? query.length : end);
}

/** `$entity?$id=Products(…)`: the resource stands in the option. */
function parseEntityId(edm: Edm, raw: RawOptions): Address {
  const id = raw.system.get('$id');
  if (id === undefined) throw missingEntityId();
  if (id.startsWith('http')) {
    throw badRequest('$id with absolute url different from base url is not implemented!');
  }
  const resource = parseResourcePath(edm, `/${id}`, raw.aliases);
  const options = typeOptions(edm, raw, typeOf(resource));
  return {
    resource,
    options,
    allow: (method) => checkAllowedOptions({ kind: 'entity-id' }, raw, method),
  };
}

/** POST with X-HTTP-Method stands for that method (rdb.md#formats-and-methods). */
function methodOf(wire: WireRequest): string {
  if (wire.method !== 'POST') return wire.method;
  const method = wire.headers['x-http-method'] ?? wire.headers['x-http-method-override'];
  const override = wire.headers['x-http-method-override'] ?? method;
  if (method === undefined) return 'POST';
  if (String(method).toUpperCase() !== String(override).toUpperCase()) {
    throw badRequest(
      `x-http-method header '${String(method)}' and x-http-method-override header '${String(override)}' are not the same.`,
    );
  }
  return String(method);
}

/** What options are parsed against: the last part that has a type; $count, $ref and $value have none of their own. */
function typeOf(resource: Resource): StructuredType | undefined {
  if (resource.kind !== 'resource') return undefined;
  const last = resource.parts.findLast((part) => 'type' in part);
  return last !== undefined && 'type' in last && last.type.kind !== 'primitive' ? last.type : undefined;
}

/** Versions below 4 are refused; 4.01 is taken and answered in 4.0 (rdb.md#formats-and-methods). */
function checkVersion(wire: WireRequest): void {
  for (const header of ['odata-version', 'odata-maxversion']) {
    const value = wire.headers[header];
    if (value !== undefined && !(Number.parseFloat(String(value)) >= 4)) {
      throw badRequest(`OData version '${String(value)}' is not supported.`);
    }
  }
}

function withVersion(reply: Reply): Reply {
  return { ...reply, headers: { 'OData-Version': '4.0', ...reply.headers } };
}

/** The error in the form that $format or Accept asks for (rdb.md#error-bodies). */
function errorReply(error: ODataError, wire: WireRequest, format: string | undefined): Reply {
  const { form, contentType } = negotiateError(wire.headers, format);
  if (form === 'json') {
    return textReply(
      error.status,
      contentType,
      JSON.stringify({ error: { code: error.code, message: error.message } }),
    );
  }
  const xml = `<?xml version="1.0" encoding="UTF-8"?><error xmlns="http://docs.oasis-open.org/odata/ns/metadata"><code>${error.code ?? 'null'}</code><message>${escapeXml(error.message)}</message></error>`;
  return textReply(error.status, contentType, xml);
}
