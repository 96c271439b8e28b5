/** XML of moderate size as a tree of elements. Names are local: prefixes and namespaces are left out. */
import { SaxesParser } from 'saxes';

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** By local name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** What stands directly in the element, without blanks around it. */
  readonly text: string;
  /** Of the start tag, from 1. */
  readonly line: number;
}

export interface XmlLimits {
  readonly maxDepth: number;
  readonly maxElements: number;
}

/** Why a text is not read; `message` is a clause for a sentence. */
export class XmlProblem extends Error {}

interface OpenElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly line: number;
  text: string;
}

/**
 * Entities are those of XML itself: a document type declaration that defines more is refused, so that nothing expands or is loaded.
 * @throws XmlProblem for what is not well-formed, or beyond the limits
 */
export function parseXml(xml: string, { maxDepth, maxElements }: XmlLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  parser.on('doctype', (declaration) => {
    if (declaration.includes('['))
      throw new XmlProblem('it has a document type declaration with definitions of its own');
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (open.length >= maxDepth) throw new XmlProblem(`its elements are nested deeper than ${maxDepth}`);
    if (elements > maxElements) throw new XmlProblem(`it has more than ${maxElements} elements`);
    const local = Object.entries(attributes).map(([key, value]) => [localName(key), value] as const);
    open.push({ name: localName(name), attributes: new Map(local), children: [], line: parser.line, text: '' });
  });
  const addText = (text: string): void => {
    const parent = open.at(-1);
    if (parent) parent.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const element = { ...closed, text: closed.text.trim() };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  feed(parser, xml);
  if (!root) throw new XmlProblem('it has no element');
  return root;
}

function feed(parser: SaxesParser, xml: string): void {
  try {
    parser.write(xml).close();
  } catch (error) {
    if (error instanceof XmlProblem) throw error;
    const reason = error instanceof Error ? error.message.replace(/[.]$/, '') : String(error);
    throw new XmlProblem(`it is not well-formed XML: ${reason.replace(/^(\d+):(\d+): /, 'line $1, ')}`);
  }
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Texts are escaped for elements and attributes alike; characters that XML 1.0 has not are left out. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(NOT_IN_XML, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
