import type { IncomingHttpHeaders } from 'node:http';
import { badRequest, ODataError, uncaught } from './odata-error';

/** How an answer is written. */
export interface Representation {
  readonly form: 'json' | 'xml' | 'atom';
  readonly metadata: 'none' | 'minimal' | 'full';
  /** 64-bit integers as strings (OData JSON §3.2). */
  readonly ieee754: boolean;
  /** As the Content-Type header says it. */
  readonly contentType: string;
}

/** What kinds of answers there are: each has media types of its own (auxip.md#query-options, auxip.md#redirect). */
export type Offer = 'data' | 'metadata' | 'media' | 'text';

interface MediaType {
  readonly type: string;
  readonly subtype: string;
  /** Lower-case names. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Accepted extends MediaType {
  readonly quality: number;
}

const JSON_TYPE = { type: 'application', subtype: 'json' };
const OFFERS: Readonly<Record<Offer, readonly MediaType[]>> = {
  data: [
    { ...JSON_TYPE, parameters: { 'odata.metadata': 'minimal' } },
    { ...JSON_TYPE, parameters: { 'odata.metadata': 'none' } },
    { ...JSON_TYPE, parameters: { 'odata.metadata': 'full' } },
    { type: 'application', subtype: 'atom+xml', parameters: {} },
    { type: 'application', subtype: 'xml', parameters: {} },
  ],
  metadata: [
    { type: 'application', subtype: 'xml', parameters: {} },
    { ...JSON_TYPE, parameters: {} },
  ],
  media: [{ type: 'application', subtype: 'octet-stream', parameters: {} }],
  text: [{ type: 'text', subtype: 'plain', parameters: {} }],
};

/** The representation asked for by $format, Accept and Accept-Charset; 400 or 406 when there is none (rdb.md#formats-and-methods). */
export function negotiate(offer: Offer, headers: IncomingHttpHeaders, format?: string): Representation {
  if (format !== undefined) return negotiateFormat(offer, format.trim(), headers['accept-charset']);
  const charset = acceptCharset(headers['accept-charset']);
  const accept = headers.accept;
  const ranges = accept === undefined ? [acceptAnything] : acceptRanges(accept);
  const found = firstMatch(ranges, OFFERS[offer], charset);
  if (found === undefined) throw notAcceptable(406, accept ?? '*/*');
  return representation(found);
}

/** How an error is written: as any answer, JSON where the impossible is asked for (rdb.md#error-bodies). */
export function negotiateError(headers: IncomingHttpHeaders, format?: string): Representation {
  try {
    return negotiate('data', headers, format);
  } catch {
    return negotiate('data', {});
  }
}

const acceptAnything: Accepted = {
  type: '*',
  subtype: '*',
  parameters: {},
  quality: 1,
};

function negotiateFormat(offer: Offer, format: string, charsets: string | string[] | undefined): Representation {
  const unsupported = (status: number) => new ODataError(status, `The $format option '${format}' is not supported.`);
  const parsed = SHORT_FORMATS.get(format.toLowerCase()) ?? mediaType(format);
  if (typeof parsed === 'string' || parsed.type === '*' || parsed.subtype === '*') throw unsupported(400);
  const wanted = offer === 'metadata' && format.toLowerCase() === 'json' ? { ...parsed, parameters: {} } : parsed;
  const { charset } = wanted.parameters as { readonly charset?: string };
  const fromHeader = charset === undefined ? acceptCharset(charsets) : undefined;
  try {
    const found = firstMatch([wanted], OFFERS[offer], charset === undefined ? fromHeader : acceptCharset(charset));
    if (found !== undefined) return representation(found);
  } catch (error) {
    throw error instanceof ODataError ? unsupported(error.status) : error;
  }
  throw unsupported(406);
}

const SHORT_FORMATS = new Map<string, MediaType>([
  ['json', { ...JSON_TYPE, parameters: { 'odata.metadata': 'minimal' } }],
  ['xml', { type: 'application', subtype: 'xml', parameters: {} }],
  ['atom', { type: 'application', subtype: 'atom+xml', parameters: {} }],
]);

/** Media ranges of an Accept header, best first (RFC 9110 §12.5.1). */
function acceptRanges(accept: string): Accepted[] {
  const ranges = javaSplit(accept, ',').map((item) => mediaRange(item.trim()));
  const wrong = ranges.find((range) => typeof range === 'string');
  if (wrong !== undefined) throw notAcceptable(400, wrong);
  if (ranges.length === 0) throw uncaught('Index 0 out of bounds for length 0');
  return ranges.filter((range) => typeof range !== 'string').sort(bySpecificity);
}

function bySpecificity(a: Accepted, b: Accepted): number {
  return (
    b.quality - a.quality ||
    Number(a.type === '*') - Number(b.type === '*') ||
    Number(a.subtype === '*') - Number(b.subtype === '*') ||
    Object.keys(b.parameters).length - Object.keys(a.parameters).length
  );
}

/** One media range, or the text by which the service names a syntactically bad one (leading blank included). */
function mediaRange(text: string): Accepted | string {
  const parsed = mediaType(text);
  if (typeof parsed === 'string') return parsed;
  if (parsed.type === '*' && parsed.subtype !== '*') return text;
  const { q = '1', ...parameters } = parsed.parameters;
  if (!/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(q)) return text;
  return { ...parsed, parameters, quality: Number(q) };
}

/** As Java splits: empty parts at the end vanish. */
function javaSplit(text: string, separator: string): string[] {
  const parts = text.split(separator);
  while (text !== '' && parts.at(-1) === '') parts.pop();
  return parts;
}

function mediaType(text: string): MediaType | string {
  const mark = text.indexOf(';');
  const range = mark < 0 ? text : text.slice(0, mark);
  const [type, subtype, ...more] = range.replace(/\/+$/, '').split('/');
  if (type === undefined || subtype === undefined || more.length > 0) return ` ${text}`;
  if (type === '') return ` '${text}'.`;
  const parameters: Record<string, string> = {};
  for (const parameter of mark < 0 ? [] : javaSplit(text.slice(mark + 1), ';')) {
    const [name, value, ...others] = parameter.trim().split('=');
    if (parameter === '') return 'An empty parameter is not allowed.';
    if (name === '' && value) return "Illegal parameter name ''.";
    if (!name || !value || others.length > 0) {
      return `Parameter '${parameter}' must have exactly one '=' that separates the name and the value.`;
    }
    parameters[name.trim().toLowerCase()] = value;
  }
  return { type, subtype, parameters };
}

function firstMatch(
  ranges: readonly MediaType[],
  offers: readonly MediaType[],
  charset: string | undefined,
): MediaType | undefined {
  for (const range of ranges) {
    for (const offer of offers) {
      const candidate = applyParameters(offer, range, charset);
      if (matches(range, candidate)) return candidate;
    }
  }
  return undefined;
}

/** The offer with the parameters that any answer can have. */
function applyParameters(offer: MediaType, range: MediaType, charset: string | undefined): MediaType {
  const wishes: Record<string, string> = {};
  const inRange = range.parameters['charset'];
  if (charset !== undefined) wishes['charset'] = charset;
  else if (inRange !== undefined) wishes['charset'] = utf8(inRange, range);
  const ieee754 = range.parameters['ieee754compatible']?.toLowerCase();
  if (ieee754 === 'true' || ieee754 === 'false') wishes['ieee754compatible'] = ieee754;
  else if (ieee754 !== undefined) throw notAcceptable(400, rangeText(range));
  return { ...offer, parameters: { ...offer.parameters, ...wishes } };
}

function utf8(charset: string, range: MediaType): string {
  if (/^utf-?8$/i.test(charset)) return 'utf-8';
  const status = /^[\w-]+$/.test(charset) ? 406 : 400;
  throw new ODataError(status, `The charset specified in Accept header '${rangeText(range)}' is not supported.`);
}

function matches(range: MediaType, offer: MediaType): boolean {
  if (range.type === '*') return true;
  if (range.type.toLowerCase() !== offer.type) return false;
  if (range.subtype === '*') return true;
  if (range.subtype.toLowerCase() !== offer.subtype) return false;
  return Object.entries(range.parameters).every(
    ([name, value]) =>
      name === 'charset' || name === 'q' || offer.parameters[name]?.toLowerCase() === value.toLowerCase(),
  );
}

/** The charset to answer in, or undefined when none is asked for: the best of those that are served, if the others are at least named rightly. */
function acceptCharset(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const items = javaSplit(String(header), ',');
  const charsets = (items.length === 0 ? [String(header)] : items).map((item) => charsetRange(item.trim()));
  const served = charsets.flatMap((item) => (item instanceof ODataError ? [] : [item]));
  const refusals = charsets.flatMap((item) => (item instanceof ODataError ? [item] : []));
  const refusal = served.length === 0 ? refusals[0] : refusals.find(({ status }) => status === 400);
  if (refusal !== undefined) throw refusal;
  const [best] = served.sort((a, b) => b.quality - a.quality);
  return best?.name === '*' ? 'utf-8' : best?.name;
}

function charsetRange(text: string): { readonly name: string; readonly quality: number } | ODataError {
  const [name = '', ...parameters] = text.split(';');
  const quality = /^\s*q=(.+)$/i.exec(parameters.join(';'))?.[1] ?? '1';
  const about = `'${text}' is not supported.`;
  if (!/^(?:utf-?8|\*)$/i.test(name)) {
    return /^[^,][\w!#$%&'*+\-.`|~;^]*$/.test(name)
      ? new ODataError(406, `The charset specified in Accept charset header ${about}`)
      : badRequest(`The Accept charset header ${about}`);
  }
  if (/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality)) return { name, quality: Number(quality) };
  return badRequest(`The Accept charset header ${about}`);
}

function notAcceptable(status: number, range: string): ODataError {
  return new ODataError(status, `The content-type range '${range}' is not supported as value of the Accept header.`);
}

function rangeText(range: MediaType): string {
  return `${range.type}/${range.subtype}${Object.entries(range.parameters)
    .map(([name, value]) => `;${name}=${value}`)
    .join('')}`;
}

/** As the services' Tomcat writes it: a blank behind each semicolon, the charset at the end and without one. */
function contentTypeOf({ type, subtype }: MediaType, parameters: readonly (readonly [string, string])[]): string {
  const charset = parameters.filter(([name]) => name === 'charset').map(([, value]) => `;charset=${value}`);
  const others = parameters.filter(([name]) => name !== 'charset').map(([name, value]) => `; ${name}=${value}`);
  return `${type}/${subtype}${[...others, ...charset].join('')}`;
}

function representation(media: MediaType): Representation {
  const parameters = Object.entries(media.parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const metadata = media.parameters['odata.metadata'];
  return {
    form: media.subtype === 'json' ? 'json' : media.subtype === 'atom+xml' ? 'atom' : 'xml',
    metadata: metadata === 'none' || metadata === 'full' ? metadata : 'minimal',
    ieee754: media.parameters['ieee754compatible'] === 'true',
    contentType: contentTypeOf(media, parameters),
  };
}
