/**
 * A text without the ways of writing that lie between a secret and where it turns up: JSON and JavaScript escapes, HTML entities, percent
 * encoding (of URLs and forms), shell quoting; each may stand inside the others. The decoded text is only searched, never shown, so
 * it may know less than the original: a backslash that escapes nothing is dropped, a line end, a tab and `+` are blanks.
 * Decoding a secret and decoding any writing of it give the same text.
 */
export interface DecodedText {
  readonly text: string;
  /** Where a part of the decoded text, from `start` to before `end`, stands in the original. */
  readonly originOf: (start: number, end: number) => Interval;
}

/** From `start` to before `end`, in UTF-16 code units. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** How often what was decoded is decoded again: JSON inside JSON inside a URL, with one to spare. */
const DEEPEST = 5;

/**
 * A text as it is, and after each pass of decoding it. Where a secret begins beside a quotation mark, or holds escapes itself, one pass
 * more may spoil what the one before had laid open; so each is searched.
 */
export function decodings(original: string): DecodedText[] {
  if (!/[\\%&'"+\s\b\0\u2400]/.test(original)) return [decodedBy([], original)];
  return decodedInPasses(original, NULS, ESCAPES);
}

/** After the last pass. */
export function fullyDecoded(original: string): string {
  return decodings(original).at(-1)?.text ?? original;
}

/**
 * A text as mail writes it (quoted-printable, RFC 2045 §6.7): `=E9` for what is not ASCII, `=` at the end of a line that goes on. Apart
 * from the rest, for `password=CAFE…` may be just that. None where nothing is written so.
 */
export function quotedPrintableDecodings(original: string): DecodedText[] {
  return QUOTED.test(original) ? decodedInPasses(original, SOFT_LINE_ENDS, QUOTED_PRINTABLE).slice(1) : [];
}

function decodedInPasses(original: string, first: RegExp, further: RegExp): DecodedText[] {
  const joined = decodeOnce(original, first);
  const passes = joined ? [joined] : [];
  while (passes.length < DEEPEST) {
    const pass = decodeOnce(passes.at(-1)?.text ?? original, further);
    if (pass === undefined) break;
    passes.push(pass);
  }
  return [original, ...passes.map(({ text }) => text)].map((text, depth) => decodedBy(passes.slice(0, depth), text));
}

function decodedBy(passes: readonly Pass[], text: string): DecodedText {
  return {
    text: text.replace(/[+\s\b]/g, ' '),
    originOf: (start, end) => passes.reduceRight((part, pass) => originIn(pass, part), { start, end }),
  };
}

interface Pass {
  readonly text: string;
  /** Ascending. */
  readonly changes: readonly Change[];
}

/** `before` became `after`, which may be empty. */
interface Change {
  readonly before: Interval;
  readonly after: Interval;
}

/** Of texts in UTF-16 that were read as bytes; what shows a NUL writes U+2400. */
const NULS = /[\0\u2400]+/g;

const LINE_END = String.raw`(?:(?:\\+r)?\\+n|\r?\n)`;

const ESCAPES = new RegExp(
  [
    String.raw`(?:\\+x[0-9a-f]{2})+`,
    // Bash and git write the bytes of what is not ASCII so.
    String.raw`(?:\\+[0-3][0-7]{2})+`,
    // Base64 in lines of 64 or 76 characters, as mail, PEM and many libraries write it: one text again.
    String.raw`(?<fold>${LINE_END})(?<=(?<![A-Z0-9+/])[A-Z0-9+/]{64}(?:[A-Z0-9+/]{12})?${LINE_END})(?=[A-Z0-9+/])`,
    String.raw`\\+u[0-9a-f]{4}`,
    String.raw`\\+u\{[0-9a-f]{1,6}\}`,
    String.raw`\\+[nrtbfv]?`,
    String.raw`(?:%[0-9a-f]{2})+`,
    // What the old escape() of JavaScript makes.
    String.raw`%u[0-9a-f]{4}`,
    // Browsers do without the semicolon of a number.
    String.raw`&#(?:[0-9]{1,7}|x[0-9a-f]{1,6});?`,
    String.raw`&[a-z][a-z0-9]{1,15};`,
    // A shell writes one apostrophe as '\'' or '"'"'; without its backslash the first is a run of them.
    String.raw`'"'"'`,
    String.raw`'{2,}`,
    // CSV.
    String.raw`"{2,}`,
    NULS.source,
  ].join('|'),
  'gi',
);

const SOFT_LINE_ENDS = new RegExp(`=[ \\t]*${LINE_END}`, 'g');
const QUOTED = new RegExp(`=[0-9A-F]{2}|${SOFT_LINE_ENDS.source}`);
const QUOTED_PRINTABLE = new RegExp(`(?:=[0-9A-F]{2})+|${ESCAPES.source}`, 'gi');

/** Undefined where there is nothing to decode. */
function decodeOnce(text: string, escapes: RegExp): Pass | undefined {
  const changes: Change[] = [];
  const parts: string[] = [];
  let [read, written] = [0, 0];
  for (const match of text.matchAll(escapes)) {
    parts.push(text.slice(read, match.index));
    written += match.index - read;
    read = match.index;
    const replaced: Replaced[] = match.groups?.fold === undefined ? decoded(match[0]) : [[match[0], '']];
    for (const [before, after] of replaced) {
      if (before !== after)
        changes.push({
          before: { start: read, end: read + before.length },
          after: { start: written, end: written + after.length },
        });
      parts.push(after);
      read += before.length;
      written += after.length;
    }
  }
  if (changes.length === 0) return undefined;
  return { text: [...parts, text.slice(read)].join(''), changes };
}

type Replaced = readonly [before: string, after: string];

function decoded(escape: string): Replaced[] {
  if (/^%u/i.test(escape)) return [[escape, characterOf(parseInt(escape.slice(2), 16)) ?? escape]];
  if (escape.startsWith('%')) return decodedBytes(escape.match(/%../g) ?? [], 16);
  if (escape.startsWith('='))
    return /^=[0-9a-f]/i.test(escape) ? decodedBytes(escape.match(/=../g) ?? [], 16) : [[escape, '']];
  if (/^[\0\u2400]/.test(escape)) return [[escape, '']];
  if (escape.startsWith('&')) return [[escape, entity(escape)]];
  if (/^['"]/.test(escape)) return [[escape, escape.charAt(0)]];
  if (/^\\+x/i.test(escape)) return decodedBytes(escape.match(/\\+x../gi) ?? [], 16);
  if (/^\\+[0-3]/.test(escape)) return decodedBytes(escape.match(/\\+[0-7]{3}/g) ?? [], 8);
  const code = /u\{?([0-9a-f]+)\}?$/i.exec(escape)?.[1];
  if (code !== undefined) return [[escape, characterOf(parseInt(code, 16)) ?? escape]];
  return [[escape, /[nrtbfv]$/i.test(escape) ? ' ' : '']];
}

/** Bytes as digits of that radix behind a sign: characters of UTF-8, and of Latin-1 where they are none. */
function decodedBytes(written: readonly string[], radix: 8 | 16): Replaced[] {
  const digits = radix === 16 ? 2 : 3;
  const bytes = Buffer.from(written.map((sign) => parseInt(sign.slice(-digits), radix)));
  const replaced: Replaced[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = lengthOfCharacter(bytes[at] ?? 0);
    const character = bytes.toString('utf8', at, at + length);
    const isWhole = !character.includes('\ufffd');
    const end = isWhole ? at + length : at + 1;
    replaced.push([written.slice(at, end).join(''), isWhole ? character : bytes.toString('latin1', at, end)]);
    at = end;
  }
  return replaced;
}

/** bytes, by the first of them (RFC 3629 §3) */
function lengthOfCharacter(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/** The names that HTML has for signs of ASCII, and in order for U+00A0 to U+00FF (HTML Standard §13.5). */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    ...{ quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', Tab: ' ', NewLine: ' ', excl: '!', num: '#', dollar: '$' },
    ...{ percnt: '%', lpar: '(', rpar: ')', ast: '*', plus: '+', comma: ',', period: '.', sol: '/', colon: ':' },
    ...{ semi: ';', equals: '=', quest: '?', commat: '@', lbrack: '[', lsqb: '[', bsol: '\\', rbrack: ']', rsqb: ']' },
    ...{ euro: '€', midast: '*', UnderBar: '_', VerticalLine: '|', DiacriticalGrave: '`' },
    ...{ Hat: '^', lowbar: '_', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}', rbrace: '}' },
  }),
  ...(
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
    'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute ' +
    'Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml ' +
    'Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml ' +
    'eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'
  )
    .split(' ')
    .map((name, place) => [name, String.fromCharCode(0xa0 + place)] as const),
]);

function entity(written: string): string {
  const name = written.replace(/^&|;$/g, '');
  const number = /^#(x?)([0-9a-f]+)$/i.exec(name);
  if (number === null) return ENTITIES.get(name) ?? written;
  return characterOf(parseInt(number[2] ?? '', number[1] === '' ? 10 : 16)) ?? written;
}

function characterOf(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Where a part of a pass's result was before it; what was changed in one piece belongs to the part as a whole. */
function originIn({ changes }: Pass, { start, end }: Interval): Interval {
  return { start: placeBefore(changes, start, 'start'), end: placeBefore(changes, end - 1, 'end') };
}

/** Of the character that is now at `place`: where what it was made of begins or ends. */
function placeBefore(changes: readonly Change[], place: number, edge: 'start' | 'end'): number {
  const change = lastUpTo(changes, place);
  if (change !== undefined && place < change.after.end) return change.before[edge];
  const moved = change === undefined ? place : change.before.end + place - change.after.end;
  return edge === 'start' ? moved : moved + 1;
}

/** The last change whose result begins at `place` or before it. */
function lastUpTo(changes: readonly Change[], place: number): Change | undefined {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.after.start ?? Infinity) <= place) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1];
}
