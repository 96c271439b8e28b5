/** Entities as reprocessing.svc writes them in Atom, and its service document in XML (its library is SDL's OData framework). */
import { keyName, type Property, type StructuredType } from '../odata/edm';
import type { Fields } from '../odata/write-value';
import { escapeText, escapeXml } from '../odata/xml';

const RELATED = 'http://docs.oasis-open.org/odata/ns/related';
const NAMESPACES =
  'xmlns:metadata="http://docs.oasis-open.org/odata/ns/metadata" xmlns:data="http://docs.oasis-open.org/odata/ns/data" xmlns="http://www.w3.org/2005/Atom"';

/** A list of entities, or one of them. */
export function atomDocument(json: Fields, root: string, set: string, type: StructuredType): string {
  const context = `metadata:context="${escapeXml(String(json['@odata.context']))}" xml:base="${root}"`;
  const updated = `<updated>${nowInNanoseconds()}</updated>`;
  const { value } = json;
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!Array.isArray(value))
    return `${declaration}${entry(json, root, set, type, updated, ` ${NAMESPACES} ${context}`)}`;
  const count = json['@odata.count'];
  const counted = count === undefined ? '' : `<metadata:count>${JSON.stringify(count)}</metadata:count>`;
  const head = `<id>${root}/${set}</id><title></title>${updated}<link rel="self" title="${set}" href="${set}"></link>`;
  const entries = (value as Fields[]).map((row) => entry(row, root, set, type, updated, ''));
  return `${declaration}<feed ${NAMESPACES} ${context}>${counted}${head}${entries.join('')}</feed>`;
}

function entry(
  fields: Fields,
  root: string,
  set: string,
  type: StructuredType,
  updated: string,
  attributes: string,
): string {
  const key = String(fields[keyName(type) ?? '']);
  const id = escapeXml(set === 'AuxFiles' ? `${set}(${key})` : `${set}('${key}')`);
  const name = type.name.replace('OData.RBA.', '');
  const links = type.navigations.map((navigation) => navigationLinks(navigation, id));
  const category = `<category scheme="http://docs.oasis-open.org/odata/ns/scheme" term="#${type.name}"></category>`;
  const data = type.properties
    .filter((property) => property.name in fields)
    .map((property) => element(property, fields));
  const author = '<author><name>SDL OData v4 framework</name></author>';
  const edit = `<link rel="edit" title="${name}" href="${id}"></link>`;
  const content = `<content type="application/xml"><metadata:properties>${data.join('')}</metadata:properties></content>`;
  return `<entry${attributes}><id>${root}/${id}</id><title></title><summary></summary>${updated}${author}${edit}${links.join('')}${category}${content}</entry>`;
}

function navigationLinks({ name, isCollection }: Property, id: string): string {
  const kind = isCollection ? 'feed' : 'entry';
  const related = `<link rel="${RELATED}/${name}" type="application/atom+xml;type=${kind}" title="${name}" href="${id}/${name}"></link>`;
  return `${related}<link rel="${RELATED}links/${name}" type="application/xml" title="${name}" href="${id}/${name}/$ref"></link>`;
}

const ENUMERATIONS: Readonly<Record<string, string>> = {
  Variability: 'OData.RBA.Variability',
  Validity: 'OData.RBA.TimeValidity',
  Rule: 'OData.RBA.Rule',
};

function element({ name, type }: Property, fields: Fields): string {
  const value = fields[name];
  if (value === null || value === undefined) return `<data:${name} metadata:null="true"></data:${name}>`;
  const said = ENUMERATIONS[name] === undefined ? type.name.replace('Edm.', '') : `#${ENUMERATIONS[name]}`;
  const typed = said === 'String' ? '' : ` metadata:type="${said}"`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `<data:${name}${typed}>${escapeText(text)}</data:${name}>`;
}

/** Java's Instant of a finer clock than ours. */
function nowInNanoseconds(): string {
  return new Date()
    .toISOString()
    .replace('Z', '112558Z')
    .replace(/[.]000112558Z$/, '.001112558Z');
}

export function serviceDocumentXml(root: string, sets: readonly string[]): string {
  const collections = sets.map((name) => `<collection href="${name}"><atom:title>${name}</atom:title></collection>`);
  return `<service xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:metadata="http://docs.oasis-open.org/odata/ns/metadata" xmlns:base="${root}" xmlns:context="${root}/$metadata"><workspace><atom:title>Container</atom:title>${collections.join('')}</workspace></service>`;
}
