import type { RawOption } from './decode';
import type { Edm, StructuredType } from './edm';
import { parseExpand, type ExpandItem, type NestedSelects } from './expand';
import type { Expression } from './expression';
import { ExpressionParser } from './expression-parser';
import { requireFilter } from './expression-types';
import { badRequest, malformedUri, ODataError } from './odata-error';
import { parseOrderBy, type OrderByItem } from './order-by';
import { requireSearch } from './search';
import { parseSelect, type Selection } from './select';
import { Tokenizer } from './tokenizer';

/** In the order in which the services' library keeps them. */
export const SYSTEM_OPTIONS = [
  '$filter',
  '$format',
  '$expand',
  '$id',
  '$count',
  '$orderby',
  '$search',
  '$select',
  '$skip',
  '$skiptoken',
  '$top',
  '$levels',
  '$deltatoken',
  '$apply',
] as const;
export type SystemOption = (typeof SYSTEM_OPTIONS)[number];

/** Options whose own form is checked; those that need the type of the resource come later (`TypedOptions`). */
export interface RawOptions {
  readonly system: ReadonlyMap<SystemOption, string>;
  readonly aliases: ReadonlyMap<string, string>;
}

/** What the options ask for; those that are accepted and ignored are not among it (auxip.md#query-options). */
export interface TypedOptions {
  readonly filter?: Expression;
  readonly orderBy?: readonly OrderByItem[];
  readonly expand?: readonly ExpandItem[];
  /** $select inside $expand, by navigation property. */
  readonly expandSelects?: ReadonlyMap<ExpandItem, Selection>;
  readonly select?: Selection;
  readonly top?: number;
  readonly skip?: number;
  readonly count: boolean;
  readonly format?: string;
}

/** Sorts options by kind and refuses unknown, doubled and misshapen ones (auxip.md#query-options, rdb.md#query-options). */
export function readOptions(options: readonly RawOption[]): RawOptions {
  const system = new Map<SystemOption, string>();
  const aliases = new Map<string, string>();
  for (const option of options) {
    const [name, value] = [trimmed(option.name), trimmed(option.value)];
    if (name.startsWith('$')) {
      const known = SYSTEM_OPTIONS.find((candidate) => candidate === name);
      if (known === undefined) throw badRequest(`The system query option '${name}' is not defined.`);
      checkForm(known, value);
      if (system.has(known)) throw badRequest(`The system query option '${name}' can be specified only once.`);
      system.set(known, value);
    } else if (name.startsWith('@')) {
      if (aliases.has(name)) throw badRequest(`Duplicated alias. An alias '${name}' was already specified!.`);
      aliases.set(name, value);
    }
  }
  return { system, aliases };
}

/** As Java does it: the library forgives blanks around names and values (Olingo 4.8, UriDecoder). */
function trimmed(text: string): string {
  return text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, '');
}

function checkForm(option: SystemOption, value: string): void {
  const isWrong = FORMS[option]?.test(value) === false;
  if (option === '$levels') throw badRequest("The system query option '$levels' is not allowed here.");
  if (isWrong && option === '$format') {
    throw new ODataError(
      406,
      `The system query option '$format' must be either 'json', 'xml', 'atom', or a valid content type; the value '${value}' is neither.`,
    );
  }
  if (isWrong || ((option === '$top' || option === '$skip') && !isNonNegativeInt32(value)))
    throw notAllowed(option, value);
  if (option === '$search') requireSearch(value);
}

const FORMS: Partial<Readonly<Record<SystemOption, RegExp>>> = {
  $format: /^(?:json|xml|atom|[^/]+\/[^/]+)$/i,
  $count: /^(?:true|false)$/,
  $top: /^[+-]?\d+$/,
  $skip: /^[+-]?\d+$/,
  $id: /./s,
  $skiptoken: /./s,
  $deltatoken: /./s,
};

function isNonNegativeInt32(text: string): boolean {
  const value = Number(text);
  return value >= 0 && value <= 2_147_483_647;
}

function notAllowed(option: string, value: string): ODataError {
  return badRequest(`The system query option '${option}' has the not-allowed value '${value}'.`);
}

/** Parses what depends on the resource's type, in the order in which the service does: the first error is the answer. */
export function typeOptions(edm: Edm, raw: RawOptions, type: StructuredType | undefined): TypedOptions {
  const { system, aliases } = raw;
  if (!isTransformation(system.get('$apply'))) throw malformedUri();
  const parse = <T>(option: SystemOption, parser: (tokens: Tokenizer) => T): T | undefined => {
    const value = system.get(option);
    if (value === undefined) return undefined;
    const tokens = new Tokenizer(value);
    const parsed = parser(tokens);
    if (!tokens.atEnd) throw notAllowed(option, value);
    return parsed;
  };
  const filter = parse('$filter', (tokens) => parseFilter(edm, tokens, type, aliases));
  const orderBy = parse('$orderby', (tokens) => parseOrderBy(edm, tokens, type, aliases));
  const expandSelects: NestedSelects = new Map();
  const expand = parse('$expand', (tokens) => {
    if (type === undefined) throw badRequest("The system query option '$expand' is not allowed.");
    return parseExpand(edm, tokens, type, expandSelects);
  });
  const select = parse('$select', (tokens) => parseSelect(edm, tokens, type));
  return {
    filter,
    orderBy,
    expand,
    expandSelects,
    select,
    top: numberOf(system.get('$top')),
    skip: numberOf(system.get('$skip')),
    count: system.get('$count') === 'true',
    format: system.get('$format'),
  };
}

const TRANSFORMATION =
  /^(?:identity|(?:aggregate|compute|concat|expand|filter|groupby|search|(?:top|bottom)(?:count|percent|sum))\(.+\))$/s;

/** Whether $apply begins with a transformation that there is; what it says is ignored. */
function isTransformation(apply: string | undefined): boolean {
  return apply === undefined || TRANSFORMATION.test(apply.replace(/^identity\//, ''));
}

function parseFilter(
  edm: Edm,
  tokens: Tokenizer,
  type: StructuredType | undefined,
  aliases: ReadonlyMap<string, string>,
): Expression {
  if (tokens.atEnd) throw malformedUri();
  const expression = new ExpressionParser(edm, tokens, type, aliases).parse();
  requireFilter(expression);
  return expression;
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
