import { metadataJson } from '../../lib/olingo-metadata-json';
import { emptyReply, textReply, type Reply } from '../http/reply';
import { negotiate } from './content-negotiation';
import { methodNotAllowed } from './odata-error';
import type { ODataRequest } from './odata-service';
import { escapeXml } from './xml';

/** One line of a service document. */
export interface Offering {
  readonly name: string;
  readonly url: string;
  /** Left out for entity sets. */
  readonly kind?: 'FunctionImport';
}

/** GET of the service root (OData JSON §5); HEAD answers without any type. */
export function serviceDocument(request: ODataRequest, offerings: readonly Offering[]): Reply {
  requireRead(request.method);
  if (request.method === 'HEAD') return emptyReply(200);
  const { form, metadata, contentType } = negotiate('data', request.wire.headers, request.options.format);
  if (form !== 'json') return textReply(200, contentType, atomService(offerings));
  const context = metadata === 'none' ? {} : { '@odata.context': '$metadata' };
  return textReply(200, contentType, JSON.stringify({ ...context, value: offerings }));
}

/** GET of `$metadata`: XML unless JSON is asked for; HEAD answers without any type. */
export function metadataDocument(request: ODataRequest, xml: string): Reply {
  requireRead(request.method);
  if (request.method === 'HEAD') return emptyReply(200);
  const { form, contentType } = negotiate('metadata', request.wire.headers, request.options.format);
  return textReply(200, contentType, form === 'json' ? JSON.stringify(metadataJson(xml)) : xml);
}

function requireRead(method: string): void {
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed(method);
}

function atomService(offerings: readonly Offering[]): string {
  const collections = offerings.map(({ name, url, kind }) => {
    const element = kind === 'FunctionImport' ? 'metadata:function-import' : 'app:collection';
    return `<${element} href="${escapeXml(url)}" metadata:name="${escapeXml(name)}"><atom:title>${escapeXml(name)}</atom:title></${element}>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><app:service xmlns:atom="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app" xmlns:metadata="http://docs.oasis-open.org/odata/ns/metadata" metadata:context="$metadata"><app:workspace><atom:title>OData.CSC.Container</atom:title>${collections.join('')}</app:workspace></app:service>`;
}
