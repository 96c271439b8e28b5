/**
 * The tokens of OData's URI grammar (OData ABNF 4.0). White space is no token: it belongs to the operators that need it,
 * and is refused everywhere else.
 */
const TOKENS = {
  open: /\(/y,
  close: /\)/y,
  comma: /,/y,
  semicolon: /;/y,
  colon: /:/y,
  dot: /\./y,
  slash: /\//y,
  equals: /=/y,
  star: /\*/y,
  blank: /[ \t]+/y,

  ref: /\$ref/y,
  value: /\$value/y,
  count: /\$count/y,
  crossjoin: /\$crossjoin/y,
  root: /\$root/y,
  it: /\$it/y,
  any: /any/y,
  all: /all/y,
  null: /null/y,
  max: /max/y,
  levels: /\$levels/y,

  identifier: /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}/uy,
  qualifiedName:
    /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}(?:\.[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127})+/uy,
  alias: /@[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}/uy,

  boolean: /true|false/iy,
  string: /'(?:[^']|'')*'/y,
  guid: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy,
  double: /NaN|-INF|INF|[+-]?\d+(?:\.\d+)?[Ee][+-]?\d+/y,
  decimal: /[+-]?\d+\.\d+/y,
  dateTimeOffset:
    /-?(?:0\d{3}|[1-9]\d{3,})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)/iy,
  date: /-?(?:0\d{3}|[1-9]\d{3,})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/y,
  timeOfDay: /(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?/y,
  integer: /[+-]?\d+/y,
  duration: /duration'[+-]?P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?'/iy,
  binary: /binary'(?:[\w-]{4})*(?:[\w-]{2}(?:==)?|[\w-]{3}=?)?'/iy,
  enumeration:
    /[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*)+'(?:[\p{L}_][\p{L}\p{Nd}_]*|[+-]?\d+)(?:,(?:[\p{L}_][\p{L}\p{Nd}_]*|[+-]?\d+))*'/uy,

  or: /[ \t]+or[ \t]+/y,
  and: /[ \t]+and[ \t]+/y,
  eq: /[ \t]+eq[ \t]+/y,
  ne: /[ \t]+ne[ \t]+/y,
  gt: /[ \t]+gt[ \t]+/y,
  ge: /[ \t]+ge[ \t]+/y,
  lt: /[ \t]+lt[ \t]+/y,
  le: /[ \t]+le[ \t]+/y,
  in: /[ \t]+in[ \t]+/y,
  has: /[ \t]+has[ \t]+/y,
  add: /[ \t]+add[ \t]+/y,
  sub: /[ \t]+sub[ \t]+/y,
  mul: /[ \t]+mul[ \t]+/y,
  div: /[ \t]+div[ \t]+/y,
  mod: /[ \t]+mod[ \t]+/y,
  not: /not[ \t]+/y,
  minus: /-[ \t]*/y,
  asc: /[ \t]+asc/y,
  desc: /[ \t]+desc/y,

  method:
    /(?:ceiling|concat|contains|date|day|endswith|floor|fractionalseconds|geo\.distance|geo\.intersects|geo\.length|hour|indexof|length|maxdatetime|mindatetime|minute|month|now|round|second|startswith|substringof|substring|time|tolower|totaloffsetminutes|totalseconds|toupper|trim|year)\(/y,
  castMethod: /cast\(/y,
  isofMethod: /isof\(/y,
  jsonString: /"(?:[^"\\]|\\(?:[btnfr"/\\]|u[0-9a-f]{4}))*"/iy,
  jsonScalar: /null|true|false|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy,
  expandOption: /\$(?:count|expand|filter|levels|orderby|search|select|skip|top|apply)/y,
} as const satisfies Record<string, RegExp>;

export type Token = keyof typeof TOKENS;

/** Of expressions and JSON; what is nested deeper is malformed. The real parser gives up at some thousands. */
export const MAXIMUM_DEPTH = 500;

/** Reads tokens from a text, front to back; a token that is not there moves nothing. */
export class Tokenizer {
  private position = 0;
  private start = 0;
  private jsonDepth = 0;

  constructor(private readonly source: string) {}

  /** The text of the last token found. */
  get text(): string {
    return this.source.slice(this.start, this.position);
  }

  get atEnd(): boolean {
    return this.position >= this.source.length;
  }

  next(token: Token): boolean {
    const pattern = TOKENS[token];
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.source);
    if (match === null) return false;
    this.start = this.position;
    this.position += match[0].length;
    return true;
  }

  /** The first of the tokens that is there; their order decides between tokens that begin alike. */
  nextOf<T extends Token>(...tokens: readonly T[]): T | undefined {
    return tokens.find((token) => this.next(token));
  }

  /** A JSON array or object, which the grammar takes as one token. */
  nextJson(): boolean {
    const begin = this.position;
    this.jsonDepth += 1;
    const found = this.jsonDepth <= MAXIMUM_DEPTH && (this.jsonArray() || this.jsonObject());
    this.jsonDepth -= 1;
    this.start = begin;
    if (!found) this.position = begin;
    return found;
  }

  private jsonArray(): boolean {
    return this.nextText('[') && this.jsonList(() => this.jsonValue(), ']');
  }

  private jsonObject(): boolean {
    return (
      this.nextText('{') && this.jsonList(() => this.next('jsonString') && this.nextText(':') && this.jsonValue(), '}')
    );
  }

  private jsonList(item: () => boolean, end: string): boolean {
    if (this.nextText(end)) return true;
    do {
      if (!item()) return false;
    } while (this.nextText(','));
    return this.nextText(end);
  }

  private jsonValue(): boolean {
    return this.next('jsonScalar') || this.next('jsonString') || this.nextJson();
  }

  private nextText(text: string): boolean {
    if (!this.source.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }
}

/** Every kind of literal; the order keeps a GUID or a date from being taken for a number. */
export const LITERALS = [
  'null',
  'boolean',
  'string',
  'guid',
  'double',
  'decimal',
  'dateTimeOffset',
  'date',
  'timeOfDay',
  'integer',
  'duration',
  'binary',
  'enumeration',
] as const satisfies readonly Token[];

export type LiteralToken = (typeof LITERALS)[number];
