import type { OwnCitation } from './contract-case';

/**
 * What a promise rests on. An id is printed as it stands: the page under docs/services and the anchor of its heading, or the name of a
 * published document. tests/citations.test.ts checks that each leads to a heading.
 */
const DOCS = 'https://github.com/auxflow/auxflow/blob/main/docs';

/** Title by page and anchor. */
const SECTIONS = {
  'access.md#gateway': 'Gateway',
  'access.md#lifetimes': 'Lifetimes',
  'access.md#proxies-and-limits': 'Proxies and limits',
  'access.md#roles': 'Roles',
  'access.md#token-answer': 'Token answer',
  'access.md#token-errors': 'Token errors',
  'access.md#token-request': 'Token request',
  'auxip.md#attributes': 'Attributes',
  'auxip.md#dates': 'Dates',
  'auxip.md#errors': 'Errors',
  'auxip.md#expanded-attributes': 'Expanded attributes',
  'auxip.md#filters': 'Filters',
  'auxip.md#lists': 'Lists',
  'auxip.md#names-and-replacements': 'Names and replacements',
  'auxip.md#query-options': 'Query options',
  'auxip.md#quota': 'Quota',
  'auxip.md#redirect': 'Redirect',
  'auxip.md#resources': 'Resources',
  'auxip.md#selected-properties': 'Selected properties',
  'auxip.md#single-entries': 'Single entries',
  'auxip.md#specification-icd': 'Specification (ICD)',
  'auxip.md#store': 'Store',
  'rdb.md#answers': 'Answers',
  'rdb.md#caches': 'Caches',
  'rdb.md#calls': 'Calls',
  'rdb.md#candidates': 'Candidates',
  'rdb.md#empty-lists': 'Empty lists',
  'rdb.md#entries': 'Entries',
  'rdb.md#error-bodies': 'Error bodies',
  'rdb.md#files-and-links': 'Files and links',
  'rdb.md#first-platform-and-unit-win': 'First platform and unit win',
  'rdb.md#formats-and-methods': 'Formats and methods',
  'rdb.md#hazards': 'Hazards',
  'rdb.md#length-of-a-request': 'Length of a request',
  'rdb.md#look-up-by-interval': 'Look-up by interval',
  'rdb.md#manuals': 'Manuals',
  'rdb.md#query-options': 'Query options',
  'rdb.md#resources': 'Resources',
  'rdb.md#selection': 'Selection',
  'rdb.md#selection-rules': 'Selection rules',
  'rdb.md#shared-token': 'Shared token',
  'rdb.md#silent-incompleteness': 'Silent incompleteness',
  'rdb.md#status-codes': 'Status codes',
  'reprocessing.md#adf-names': 'ADF names',
  'reprocessing.md#adf-types': 'ADF types',
  'reprocessing.md#entities': 'Entities',
  'reprocessing.md#functions': 'Functions',
  'reprocessing.md#query-options': 'Query options',
} as const;

const OASIS = 'https://docs.oasis-open.org/odata/odata/v4.01/os';

type PublishedId =
  | '--max-seconds'
  | 'docs/sandbox.md'
  | 'OData protocol'
  | 'OData URL conventions'
  | 'RFC 9110 §15.5.6';

const PUBLISHED: Readonly<Record<PublishedId, string>> = {
  '--max-seconds': `${DOCS}/contract.md#how-long-answers-take`,
  'docs/sandbox.md': `${DOCS}/sandbox.md`,
  'OData protocol': `${OASIS}/part1-protocol/odata-v4.01-os-part1-protocol.html`,
  'OData URL conventions': `${OASIS}/part2-url-conventions/odata-v4.01-os-part2-url-conventions.html`,
  'RFC 9110 §15.5.6': 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6',
};

type SectionId = keyof typeof SECTIONS;
export type CitationId = SectionId | PublishedId;

export interface Citation {
  readonly id: CitationId;
  /** `auxip.svc: Filters`. */
  readonly title: string;
  readonly url: string;
}

/** What it is called, and where it leads. */
export function shownCitation(cite: CitationId | OwnCitation): { readonly cite: string; readonly url?: string } {
  if (typeof cite === 'string') return { cite, url: citationOf(cite).url };
  return { cite: cite.text, ...(cite.url === undefined ? {} : { url: cite.url }) };
}

export const CITATION_IDS = [...Object.keys(SECTIONS), ...Object.keys(PUBLISHED)] as readonly CitationId[];

export function citationOf(id: CitationId): Citation {
  if (!isSection(id)) return { id, title: id, url: PUBLISHED[id] };
  const [page = ''] = id.split('.');
  const service = page === 'access' ? 'Access' : `${page}.svc`;
  return { id, title: `${service}: ${SECTIONS[id]}`, url: `${DOCS}/services/${id}` };
}

/** A text in parts: its citations, and what is between them. */
export function splitCitations(text: string): (string | Citation)[] {
  return text.split(ANY_CITATION).map((part) => (isCitation(part) ? citationOf(part) : part));
}

/** Citations become links: `[auxip.svc: Filters](https://…)`. */
export function citationsInMarkdown(text: string): string {
  return splitCitations(text)
    .map((part) => (typeof part === 'string' ? part : `[${part.title}](${part.url})`))
    .join('');
}

/** Longest first: an id may begin another one. */
const ANY_CITATION = new RegExp(
  `(${[...CITATION_IDS]
    .sort((a, b) => b.length - a.length)
    .map(escapeForPattern)
    .join('|')})(?![\\w-])`,
);

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function isCitation(text: string): text is CitationId {
  return CITATION_IDS.some((id) => id === text);
}

function isSection(id: CitationId): id is SectionId {
  return id in SECTIONS;
}
