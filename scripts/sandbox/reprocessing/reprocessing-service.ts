import type { Collation } from '../auxip/collation';
import type { Catalogue } from '../catalogue/catalogue';
import { nginxPage } from '../http/html-pages';
import { emptyReply, jsonReply, textReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { percentDecode, splitQuery } from '../odata/decode';
import { metadataXml } from '../odata/metadata';
import { ODataError } from '../odata/odata-error';
import type { TypedOptions } from '../odata/query-options';
import type { Fields } from '../odata/write-value';
import { baselineForPeriod, parseArguments } from './baseline-functions';
import type { StructuredType } from '../odata/edm';
import { queryRows, ROW_SETS, type RowSet } from './entity-sets';
import { atomDocument, serviceDocumentXml } from './atom';
import { requireReadable } from './address/require-readable';
import { formOf, type Form } from './media';
import { FUNCTIONS, REPROCESSING_EDM } from './model';
import { notFound, ReprocessingError, reprocessingErrorReply, unexpected } from './reprocessing-error';
import { auxFileFields } from './rows';

/** The upstream's own address, which leaks into every context (reprocessing.md). */
const ORIGIN = 'http://reprobase:8080';
const SERVICE_ROOT = `${ORIGIN}/reprocessing.svc`;
const CONTEXT_ROOT = `${SERVICE_ROOT}/$metadata`;
const VERSION = { 'OData-Version': '4.0' };

export interface ReprocessingOptions {
  readonly catalogue: () => Catalogue;
  /** The query options as the service understands them. */
  readonly understood: (options: TypedOptions) => TypedOptions;
  readonly collation?: Collation;
}

/** reprocessing.svc; `path` is what follows its root (reprocessing.md). */
export function answerReprocessing(wire: WireRequest, path: string, options: ReprocessingOptions): Reply {
  try {
    return answer(wire, plusAsBlank(path), options);
  } catch (error) {
    if (error instanceof ReprocessingError) return reprocessingErrorReply(error.at(urlOf(wire)));
    if (error instanceof ODataError) {
      const code = error.status === 500 ? 9000 : 1000;
      return reprocessingErrorReply(new ReprocessingError(code, error.message));
    }
    return { ...reprocessingErrorReply(new ReprocessingError(9000, 'Unknown error')), defect: error };
  }
}

function answer(wire: WireRequest, whole: string, options: ReprocessingOptions): Reply {
  const path = whole.replace(/^\//, '');
  if (wire.method === 'POST' || wire.method === 'PUT' || wire.method === 'DELETE') return write(wire, path);
  if (wire.method === 'HEAD') return { status: 500, headers: { 'Content-Type': 'application/json;charset=UTF-8' } };
  if (wire.method !== 'GET') throw new ReprocessingError(1800, `${wire.method} is not supported`);
  requireReadable(wire.query === undefined ? whole : `${whole}?${wire.query}`);
  const form = formOf(wire.headers.accept, optionsOf(wire).find(({ name }) => name === '$format')?.value);
  // Nothing ever comes: the proxy in front gives up.
  if (form === 'hangs') return { ...nginxPage(504), delivery: { delayMs: 60_000 } };
  if (path === '') return serviceDocument(form);
  if (path === '$metadata') return textReply(200, 'application/xml', metadataXml('reprocessing'), VERSION);
  const [resource = '', ...more] = path.split('/').map(percentDecode);
  const call = /^(\w+)\((.*)\)$/s.exec(resource);
  if (call?.[1] !== undefined && FUNCTIONS.includes(call[1])) return callFunction(call[1], call[2] ?? '', options);
  const set = ROW_SETS.find(({ name }) => name === (call?.[1] ?? resource));
  if (set === undefined) throw unexpected(`'?' expected but '${resource.charAt(0)}' found.`);
  const { reply, entities } =
    call === null ? readSet(set, more, wire, options) : readOne(set, call[2] ?? '', more, wire, options);
  if (form !== 'xml' || entities === undefined) return reply;
  const body = atomDocument(entities, SERVICE_ROOT, set.name, set.type);
  return textReply(200, 'application/atom+xml', body, VERSION);
}

/** An answer, with the entities that it holds where they could be written in Atom. */
interface Read {
  readonly reply: Reply;
  readonly entities?: Fields;
}

/** XML unless JSON is asked for by name, the sets in the order of the model. */
function serviceDocument(form: Form): Reply {
  const sets = REPROCESSING_EDM.entitySets.map(({ name }) => name);
  if (form !== 'json') return textReply(200, 'application/xml', serviceDocumentXml(SERVICE_ROOT, sets), VERSION);
  return json({ '@odata.context': CONTEXT_ROOT, value: ROW_SETS.map(({ name }) => ({ name, url: name })) });
}

/** For segments that the grammar reads and this service does not answer, such as `$ref`: the refusal of a segment that is no type. */
function noSegment(text: string): ReprocessingError {
  const identifier = '[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Nd}\\p{Mn}\\p{Mc}\\p{Pc}\\p{Cf}]*';
  return unexpected(`string matching regex '(${identifier}\\.)+' expected but '${text.charAt(0)}' found.`);
}

function urlOf({ path, query }: WireRequest): string {
  return `${ORIGIN}${path}${query === undefined ? '' : `?${query}`}`;
}

function callFunction(name: string, text: string, options: ReprocessingOptions): Reply {
  const isList = name === 'GetReproBaselineListForPeriod';
  const files = baselineForPeriod(parseArguments(text), options.catalogue(), isList);
  if (isList) {
    const value = files.map((adf) => auxFileFields(adf, false));
    return json({ '@odata.context': `${CONTEXT_ROOT}#OData.RBA.AuxFile`, value });
  }
  return json({ '@odata.context': `${CONTEXT_ROOT}#Collection(Edm.String)`, value: files.map((adf) => adf.name) });
}

function readSet(set: RowSet, more: readonly string[], wire: WireRequest, options: ReprocessingOptions): Read {
  const [suffix, ...rest] = more;
  if (rest.length > 0 || (suffix !== undefined && suffix !== '$count')) throw noSegment(suffix ?? '');
  const { rows, count } = queryRows(set, optionsOf(wire), options);
  const context = { '@odata.context': `${CONTEXT_ROOT}#${set.name}` };
  if (suffix === '$count') return { reply: json({ '@odata.context': `${CONTEXT_ROOT}#`, value: rows.length }) };
  const entities = { ...context, ...(count ? { '@odata.count': rows.length } : {}), value: rows };
  return { reply: json(entities), entities };
}

function readOne(
  set: RowSet,
  key: string,
  more: readonly string[],
  wire: WireRequest,
  options: ReprocessingOptions,
): Read {
  const name = set.type.key ?? '';
  const literal = key.replace(new RegExp(`^${name}=`), '');
  const isQuoted = /^'.*'$/s.test(literal);
  if (isQuoted && set.name === 'AuxFiles') throw wrongKeyType(literal.slice(1, -1));
  if (!isQuoted && set.name !== 'AuxFiles') throw unexpected(`''' expected but '${literal.charAt(0)}' found.`);
  const wanted = isQuoted ? literal.slice(1, -1) : literal.toLowerCase();
  const navigation = set.type.navigations.find((item) => item.name === more[0])?.name;
  const raw = navigation === undefined ? optionsOf(wire) : [{ name: '$expand', value: navigation }];
  const row = queryRows(set, raw, options).rows.find((candidate) => candidate[name] === wanted);
  const segment = more[0];
  if (segment !== undefined && segment !== '$value' && !isMember(set.type, segment)) throw noSegment(segment);
  if (row === undefined) throw notFound();
  const [property, ...rest] = more;
  if (property === undefined) {
    const entities = { '@odata.context': `${CONTEXT_ROOT}#${set.name}/$entity`, ...row };
    return { reply: json(entities), entities };
  }
  if (property === '$value' && rest.length === 0)
    return { reply: textReply(200, 'application/json', 'www.google.fr', VERSION) };
  if (rest.length > 0) throw noSegment(property);
  if (property === 'AuxType')
    return { reply: json({ '@odata.context': `${CONTEXT_ROOT}#AuxTypes/$entity`, ...typeOf(row) }) };
  const context = navigation ?? `${set.name}(${key})/${property}`;
  return { reply: json({ '@odata.context': `${CONTEXT_ROOT}#${context}`, value: withoutTypes(row[property]) }) };
}

function isMember({ properties, navigations }: StructuredType, name: string): boolean {
  return [...properties, ...navigations].some((member) => member.name === name);
}

function wrongKeyType(value: string): ReprocessingError {
  return new ReprocessingError(
    9000,
    `java.lang.IllegalArgumentException: Parameter value [${value}] did not match expected type [java.util.UUID (n/a)]`,
  );
}

/** Rows of a list say their type only where they are expanded. */
function withoutTypes(rows: unknown): unknown {
  return Array.isArray(rows) ? (rows as Fields[]).map((row) => ({ ...row, '@odata.type': undefined })) : rows;
}

/** The type that a file belongs to, as it stands alone. */
function typeOf(file: Fields): Fields {
  const type = file.AuxType as Fields;
  return { ...type, '@odata.id': `AuxTypes('${String(type.LongName)}')`, '@odata.type': undefined };
}

/** Any account may write (reprocessing.md#query-options); here it gets the answer, and the data stay as they are. */
function write(wire: WireRequest, path: string): Reply {
  const resource = percentDecode(path);
  if (!ROW_SETS.some(({ name }) => resource === name || resource.startsWith(`${name}(`))) {
    throw new ReprocessingError(1000, `The URI contains an incorrectly specified path: ${resource}`);
  }
  if (wire.method === 'DELETE') return emptyReply(204, VERSION);
  const posted = parseBody(wire.body);
  return jsonReply(wire.method === 'POST' ? 201 : 200, posted, VERSION);
}

function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new ReprocessingError(2000, 'Unable to unmarshall the body');
  }
}

function optionsOf(wire: WireRequest) {
  return splitQuery(wire.query === undefined ? undefined : plusAsBlank(wire.query));
}

/** Here `+` is a blank (reprocessing.md#query-options). */
function plusAsBlank(text: string): string {
  return text.replaceAll('+', '%20');
}

function json(value: Fields): Reply {
  return jsonReply(200, value, VERSION);
}
