import type { Collation } from '../auxip/collation';
import type { Catalogue } from '../catalogue/catalogue';
import { emptyReply, jsonReply, textReply, type Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import { percentDecode, splitQuery } from '../odata/decode';
import { metadataXml } from '../odata/metadata';
import { ODataError } from '../odata/odata-error';
import type { TypedOptions } from '../odata/query-options';
import type { Fields } from '../odata/write-value';
import { baselineForPeriod, parseArguments } from './baseline-functions';
import { queryRows, ROW_SETS, type RowSet } from './entity-sets';
import { ReprocessingError, reprocessingErrorReply } from './reprocessing-error';
import { auxFileFields } from './rows';

/** The upstream's own address, which leaks into every context (auxip.md §5). */
const CONTEXT_ROOT = 'http://reprobase:8080/reprocessing.svc/$metadata';
const VERSION = { 'OData-Version': '4.0' };

export interface ReprocessingOptions {
  readonly catalogue: () => Catalogue;
  /** The query options as the service understands them. */
  readonly understood: (options: TypedOptions) => TypedOptions;
  readonly collation?: Collation;
}

/** reprocessing.svc; `path` is what follows its root (auxip.md §5). */
export function answerReprocessing(wire: WireRequest, path: string, options: ReprocessingOptions): Reply {
  try {
    checkAccept(wire.headers.accept);
    return answer(wire, plusAsBlank(path).replace(/^\//, ''), options);
  } catch (error) {
    if (error instanceof ReprocessingError) return reprocessingErrorReply(error);
    if (error instanceof ODataError) {
      const code = error.status === 500 ? 9000 : 1000;
      return reprocessingErrorReply(new ReprocessingError(code, error.message));
    }
    return { ...reprocessingErrorReply(new ReprocessingError(9000, 'Unknown error')), defect: error };
  }
}

function answer(wire: WireRequest, path: string, options: ReprocessingOptions): Reply {
  if (wire.method === 'POST' || wire.method === 'PUT' || wire.method === 'DELETE') return write(wire, path);
  if (wire.method !== 'GET' && wire.method !== 'HEAD')
    throw new ReprocessingError(1800, `${wire.method} is not supported`);
  if (path === '')
    return json({ '@odata.context': CONTEXT_ROOT, value: ROW_SETS.map(({ name }) => ({ name, url: name })) });
  if (path === '$metadata') return textReply(200, 'application/xml', metadataXml('reprocessing'), VERSION);
  const [resource = '', ...more] = path.split('/').map(percentDecode);
  const call = /^(\w+)\((.*)\)$/s.exec(resource);
  if (call?.[1] !== undefined && FUNCTIONS.includes(call[1])) return callFunction(call[1], call[2] ?? '', options);
  const set = ROW_SETS.find(({ name }) => name === (call?.[1] ?? resource));
  if (set === undefined)
    throw new ReprocessingError(1000, `The URI contains an incorrectly specified path: ${resource}`);
  if (call !== null) return readOne(set, call[2] ?? '', more, wire, options);
  return readSet(set, more, wire, options);
}

const FUNCTIONS: readonly string[] = ['GetReproBaselineListForPeriod', 'GetReproBaselineNamesForPeriod'];

function callFunction(name: string, text: string, options: ReprocessingOptions): Reply {
  const isList = name === 'GetReproBaselineListForPeriod';
  const files = baselineForPeriod(parseArguments(text), options.catalogue(), isList);
  if (isList) {
    const value = files.map((adf) => auxFileFields(adf, false));
    return json({ '@odata.context': `${CONTEXT_ROOT}#OData.RBA.AuxFile`, value });
  }
  return json({ '@odata.context': `${CONTEXT_ROOT}#Collection(Edm.String)`, value: files.map((adf) => adf.name) });
}

function readSet(set: RowSet, more: readonly string[], wire: WireRequest, options: ReprocessingOptions): Reply {
  const [suffix, ...rest] = more;
  if (rest.length > 0 || (suffix !== undefined && suffix !== '$count' && suffix !== '$value')) {
    throw new ReprocessingError(1000, `The URI contains an incorrectly specified path: ${more.join('/')}`);
  }
  const { rows, count } = queryRows(set, optionsOf(wire), options);
  const context = { '@odata.context': `${CONTEXT_ROOT}#${set.name}` };
  if (suffix === '$value') return textReply(200, 'text/plain', 'com.sdl.odata.api.service.ODataContent', VERSION);
  if (suffix === '$count') return json({ ...context, value: rows.length });
  return json({ ...context, ...(count ? { '@odata.count': rows.length } : {}), value: rows });
}

function readOne(
  set: RowSet,
  key: string,
  more: readonly string[],
  wire: WireRequest,
  options: ReprocessingOptions,
): Reply {
  const name = set.type.key ?? '';
  const literal = key.replace(new RegExp(`^${name}=`), '');
  const isQuoted = /^'.*'$/s.test(literal);
  if (isQuoted === (set.name === 'AuxFiles')) throw new ReprocessingError(1000, `The key ${key} is invalid`);
  const wanted = isQuoted ? literal.slice(1, -1) : literal.toLowerCase();
  const navigation = set.type.navigations.find((one) => one.name === more[0])?.name;
  const raw = navigation === undefined ? optionsOf(wire) : [{ name: '$expand', value: navigation }];
  const row = queryRows(set, raw, options).rows.find((candidate) => candidate[name] === wanted);
  if (row === undefined) throw new ReprocessingError(3500, `No entity found for key ${key}`);
  const [property, ...rest] = more;
  if (property === undefined) return json({ '@odata.context': `${CONTEXT_ROOT}#${set.name}/$entity`, ...row });
  if (rest.length > 0 || !Object.hasOwn(row, property) || property.startsWith('@')) {
    throw new ReprocessingError(1000, `The URI contains an incorrectly specified path: ${more.join('/')}`);
  }
  if (property === 'AuxType') return json({ '@odata.context': `${CONTEXT_ROOT}#AuxTypes/$entity`, ...typeOf(row) });
  const context = navigation ?? `${set.name}(${key})/${property}`;
  return json({ '@odata.context': `${CONTEXT_ROOT}#${context}`, value: row[property] });
}

/** The type that a file belongs to, as it stands alone. */
function typeOf(file: Fields): Fields {
  return { ...(file.AuxType as Fields), '@odata.type': undefined };
}

/** Any account may write (auxip.md §5.2); here it gets the answer, and the data stay as they are. */
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

/** Here `+` is a blank (auxip.md §5.2). */
function plusAsBlank(text: string): string {
  return text.replaceAll('+', '%20');
}

function checkAccept(accept: string | undefined): void {
  if (accept === undefined || /\*\/\*|application\/(?:json|\*)/i.test(accept)) return;
  throw new ReprocessingError(1700, `Unsupported media type: ${accept}`);
}

function json(value: Fields): Reply {
  return jsonReply(200, value, VERSION);
}
