import type { Fields } from './write-value';
import { escapeXml } from './xml';

const NAMESPACES =
  'xmlns:a="http://www.w3.org/2005/Atom" xmlns:m="http://docs.oasis-open.org/odata/ns/metadata" xmlns:d="http://docs.oasis-open.org/odata/ns/data"';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** The JSON form of an entity, a collection or a property as Atom or plain XML (OData Atom Format 4.0), without links. */
export function writeAtom(json: Fields): string {
  const context = escapeXml(text(json['@odata.context']));
  const { value } = json;
  if (Array.isArray(value)) {
    const count =
      json['@odata.count'] === undefined ? '' : `<m:count>${escapeXml(text(json['@odata.count']))}</m:count>`;
    const entries = value.map((item) => entry(item as Fields, '')).join('');
    return `${DECLARATION}<a:feed ${NAMESPACES} m:context="${context}">${count}${entries}</a:feed>`;
  }
  if (value !== undefined)
    return `${DECLARATION}<m:value ${NAMESPACES} m:context="${context}">${content(value)}</m:value>`;
  return `${DECLARATION}${entry(json, ` ${NAMESPACES} m:context="${context}"`)}`;
}

function entry(fields: Fields, attributes: string): string {
  const properties = Object.entries(fields)
    .map(([name, value]) => element(name, value))
    .join('');
  return `<a:entry${attributes}><a:content type="application/xml"><m:properties>${properties}</m:properties></a:content></a:entry>`;
}

function element(name: string, value: unknown): string {
  if (name.includes('@')) return '';
  if (value === null) return `<d:${name} m:null="true"/>`;
  return `<d:${name}>${content(value)}</d:${name}>`;
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<m:element>${content(item)}</m:element>`).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, part]) => element(name, part))
      .join('');
  }
  return escapeXml(text(value));
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
