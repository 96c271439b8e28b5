/** Entities, collections and properties as the services' library (Apache Olingo) writes them in Atom and XML. */
import {
  findType,
  inheritedProperties,
  keyName,
  structuralProperty,
  type Edm,
  type Property,
  type StructuredType,
} from './edm';
import type { Fields } from './write-value';
import { escapeText, escapeXml } from './xml';

/** What the JSON form does not say of itself. */
export interface AtomShape {
  readonly edm: Edm;
  /** Of the entities, or of the complex property. */
  readonly type: StructuredType;
  /** Names the entities; those of no set have no ids. */
  readonly set?: string;
  /** Of the feed. */
  readonly feedId?: string;
  /** Of a property that is no complex value. */
  readonly property?: Property;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';
const ATOM = 'xmlns:a="http://www.w3.org/2005/Atom"';
const METADATA = 'xmlns:m="http://docs.oasis-open.org/odata/ns/metadata"';
const DATA = 'xmlns:d="http://docs.oasis-open.org/odata/ns/data"';
const RELATED = 'http://docs.oasis-open.org/odata/ns/related';

/** The JSON form of an answer as Atom, or as plain XML where it is a property. */
export function writeAtom(json: Fields, shape: AtomShape): string {
  const context = `m:context="${escapeXml(String(json['@odata.context']))}"`;
  const { value } = json;
  if (shape.property !== undefined) return DECLARATION + primitiveDocument(value, shape.property, context);
  if (shape.type.kind === 'complex') return DECLARATION + complexDocument(json, shape.type, context);
  if (!Array.isArray(value)) return DECLARATION + entry(json, shape, ` ${ATOM} ${METADATA} ${DATA} ${context}`);
  const id = shape.feedId === undefined ? '' : element('a:id', '', escapeText(shape.feedId));
  const count = json['@odata.count'];
  const counted = count === undefined ? '' : element('m:count', '', text(count));
  const entries = (value as Fields[]).map((fields) => entry(fields, shape, ''));
  return DECLARATION + element('a:feed', ` ${ATOM} ${METADATA} ${DATA} ${context}`, id + counted + entries.join(''));
}

/** Empty elements are written with both tags. */
function element(name: string, attributes: string, content: string): string {
  return `<${name}${attributes}>${content}</${name}>`;
}

function primitiveDocument(value: unknown, property: Property, context: string): string {
  return element('m:value', ` ${METADATA} ${context}${typeAttribute(property, value)}`, text(value));
}

function complexDocument(json: Fields, type: StructuredType, context: string): string {
  const attributes = ` ${METADATA} ${DATA} ${ATOM} m:type="#${type.name}" ${context}`;
  return element('m:value', attributes, properties(json, type));
}

function entry(fields: Fields, shape: AtomShape, attributes: string): string {
  const type = resolvedType(fields, shape);
  const id = idOf(fields, shape);
  const named = id === undefined ? '' : element('a:id', '', escapeText(id));
  const edit = id === undefined ? '' : element('a:link', ` rel="edit" href="${escapeXml(id)}"`, '');
  const media = `${escapeXml(id ?? '')}/$value`;
  const stream = type.hasStream === true ? element('a:content', ` type="application/json" src="${media}"`, '') : '';
  const links = allNavigations(type).map((navigation) => navigationLink(navigation, fields, id, shape));
  const category = ` scheme="http://docs.oasis-open.org/odata/ns/scheme" term="#${type.name}"`;
  const data = element('m:properties', '', properties(fields, type));
  return element(
    'a:entry',
    attributes,
    [
      named,
      element('a:title', '', ''),
      element('a:summary', '', ''),
      element('a:updated', '', new Date().toISOString().replace(/[.]\d+/, '')),
      element('a:author', '', element('a:name', '', '')),
      edit,
      stream,
      ...links,
      element('a:category', category, ''),
      type.hasStream === true ? data : element('a:content', ' type="application/xml"', data),
    ].join(''),
  );
}

function resolvedType(fields: Fields, { edm, type }: AtomShape): StructuredType {
  const said = fields['@odata.type'];
  return (typeof said === 'string' ? findType(edm, 'entity', said.slice(1)) : undefined) ?? type;
}

function idOf(fields: Fields, { set, type }: AtomShape): string | undefined {
  const key = keyName(type);
  if (set === undefined || key === undefined) return undefined;
  const value = String(fields[key]);
  return `${set}(${structuralProperty(type, key)?.type.name === 'Edm.String' ? `'${value}'` : value})`;
}

/** The service links what it expands itself otherwise than its library does. */
function navigationLink(navigation: Property, fields: Fields, id: string | undefined, shape: AtomShape): string {
  const { name } = navigation;
  const isExpanded = name in fields;
  const [rel, kind] = isExpanded && name === 'Attributes' ? [`${RELATED}links`, 'entry'] : [RELATED, 'feed'];
  const href = id === undefined ? '' : ` href="${escapeXml(id)}/${name}"`;
  const attributes = ` rel="${rel}/${name}" type="application/atom+xml;type=${kind}" title="${name}"${href}`;
  if (!isExpanded || navigation.type.kind === 'primitive') return element('a:link', attributes, '');
  const inner: AtomShape = { edm: shape.edm, type: navigation.type };
  const entries = (fields[name] as Fields[]).map((row) => entry(row, inner, ''));
  return element('a:link', attributes, element('m:inline', '', element('a:feed', '', entries.join(''))));
}

function allNavigations(type: StructuredType): readonly Property[] {
  return [...(type.base === undefined ? [] : allNavigations(type.base)), ...type.navigations];
}

function properties(fields: Fields, type: StructuredType): string {
  return inheritedProperties(type)
    .filter(({ name }) => name in fields)
    .map((property) => {
      const value = fields[property.name];
      return element(`d:${property.name}`, typeAttribute(property, value), propertyContent(property, value));
    })
    .join('');
}

function typeAttribute({ type, isCollection }: Property, value: unknown): string {
  if (value === null || value === undefined) return ' m:null="true"';
  if (isCollection) return ` m:type="#Collection(${type.name})"`;
  if (type.kind !== 'primitive') return ` m:type="#${type.name}"`;
  return type.name === 'Edm.String' ? '' : ` m:type="${type.name.replace('Edm.', '')}"`;
}

function propertyContent({ type, isCollection }: Property, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type.kind === 'primitive') return text(value);
  if (!isCollection) return properties(value as Fields, type);
  return (value as Fields[]).map((item) => element('m:element', '', properties(item, type))).join('');
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return escapeText(typeof value === 'string' ? value : JSON.stringify(value));
}
