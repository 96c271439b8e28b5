import { xml2json } from 'odata-csdl';
import { xmlDepth } from './xml-depth';

/**
 * The part of CSDL JSON that the derivations read; everything else passes through untouched.
 * @see https://docs.oasis-open.org/odata/odata-csdl-json/v4.01/odata-csdl-json-v4.01.html
 */
export interface CsdlProperty {
  $Kind?: 'NavigationProperty';
  $Type?: string;
  $Collection?: boolean;
  $Nullable?: boolean;
}

export interface CsdlElement {
  $Kind: 'EntityType' | 'ComplexType' | 'EnumType' | 'EntityContainer' | 'Function' | 'Action';
  $BaseType?: string;
  [member: string]: unknown;
}

export interface CsdlDocument {
  $EntityContainer: string;
  [namespace: string]: unknown;
}

/** Parses a document of our own: an unknown element or attribute throws. */
export function parseStrictly(xml: string): CsdlDocument {
  return xml2json(xml, { strict: true }) as CsdlDocument;
}

/** Schemas, types, properties, annotations and their records: CSDL has no deeper nesting than some twenty levels. */
const MAX_CSDL_DEPTH = 50;

/** A hundred times the largest of the services. The parser takes a second for some megabytes, and obeys nobody meanwhile. */
const MAX_CSDL_CHARACTERS = 512 * 1024;

/**
 * `$metadata` as a service sends it: what this version of CSDL does not know passes.
 * @throws Error where it is not XML, not CSDL with an entity container, nested deeper than 50 levels, or longer than 512 Ki characters
 */
export function parseCsdl(xml: string): CsdlDocument {
  if (xmlDepth(xml) > MAX_CSDL_DEPTH) throw new Error(`its elements are nested deeper than ${MAX_CSDL_DEPTH} levels`);
  if (xml.length > MAX_CSDL_CHARACTERS) throw new Error(`it is longer than ${MAX_CSDL_CHARACTERS} characters`);
  const csdl = quietly(() => xml2json(xml, { strict: false })) as Partial<CsdlDocument>;
  const { $EntityContainer } = csdl;
  if ($EntityContainer === undefined) throw new Error('it has no entity container');
  return { ...csdl, $EntityContainer };
}

/** The parser writes names of a service that it does not understand to the terminal, as they came. */
function quietly<Result>(parse: () => Result): Result {
  const { assert } = console;
  console.assert = () => undefined;
  try {
    return parse();
  } finally {
    console.assert = assert;
  }
}

/** The elements of the one schema of a document, by unqualified name, with the namespace they live in. */
export function schemaOf(csdl: CsdlDocument): {
  namespace: string;
  elements: Record<string, CsdlElement | CsdlElement[]>;
} {
  const namespace = csdl.$EntityContainer.replace(/\.[^.]+$/, '');
  return { namespace, elements: csdl[namespace] as Record<string, CsdlElement | CsdlElement[]> };
}

/** Members that are properties: their names carry neither `$` nor `@`. */
export function propertiesOf(element: CsdlElement): [name: string, property: CsdlProperty][] {
  return Object.entries(element)
    .filter(([name]) => !name.startsWith('$') && !name.includes('@'))
    .map(([name, property]) => [name, property as CsdlProperty]);
}
