import type { AdfRecord, Catalogue } from '../catalogue/catalogue';
import { textReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { negotiate } from '../odata/content-negotiation';
import { metadataXml } from '../odata/metadata';
import { applicationError, methodNotAllowed, noProcessor, ODataError, uncaught } from '../odata/odata-error';
import { answerOData, type ODataRequest } from '../odata/odata-service';
import { metadataDocument, serviceDocument } from '../odata/service-documents';
import { baselineEntries } from './baseline';
import { readBaselineCall } from './baseline-call';
import { RDB_EDM } from './model';
import type { RdbQuirks } from './quirks';
import { writeBaseline } from './write-baseline';

export interface RdbOptions {
  readonly catalogue: () => Catalogue;
  /** Root of auxip.svc as callers know it: the base of every AuxipLink. */
  readonly auxipRoot: () => string;
  readonly quirks: RdbQuirks;
}

/** rdb.svc; `path` is what follows its root (rdb.md). */
export function answerRdb(wire: WireRequest, path: string, options: RdbOptions): Promise<Reply> {
  return answerOData(RDB_EDM, wire, path, (request) => processRdb(request, options));
}

function processRdb(request: ODataRequest, options: RdbOptions): Reply {
  const { resource, method, wire } = request;
  switch (resource.kind) {
    case 'service':
      return serviceDocument(request, [
        { name: 'getReprocessingDataBaseline', url: 'getReprocessingDataBaseline', kind: 'FunctionImport' },
      ]);
    case 'metadata':
      return metadataDocument(request, metadataXml('rdb'));
    case 'batch':
      throw method === 'POST' ? noProcessor('BatchProcessor') : methodNotAllowed(method);
    case 'resource':
      break;
    default:
      throw new ODataError(501, 'The requested functionality has not been implemented (yet).');
  }
  const last = resource.parts.at(-1);
  if (last?.kind === 'count') throw noProcessor('CountEntityCollectionProcessor');
  if (method !== 'GET') throw methodNotAllowed(method);
  const representation = negotiate('data', wire.headers, request.options.format);
  if (last?.kind !== 'function') throw applicationError(501, 'Only function call is supported, see => /$metadata');
  if (wire.headers.authorization === undefined) throw uncaught();
  const call = readBaselineCall(last.parameters);
  const catalogue = options.catalogue();
  const entries = baselineEntries(call, catalogue, options.quirks.source(catalogue, call));
  const body = writeBaseline(
    entries.map((entry) => options.quirks.entry(entry)),
    representation,
    (adf) => linkOf(adf, options.auxipRoot()),
  );
  return textReply(200, representation.contentType, body);
}

function linkOf(adf: AdfRecord, auxipRoot: string): string {
  return `${auxipRoot}/Products(${adf.id})/$value`;
}
