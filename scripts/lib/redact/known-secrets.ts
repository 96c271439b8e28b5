import { decodings, fullyDecoded, quotedPrintableDecodings, type DecodedText, type Interval } from './decode-text';
import { Needles, MIN_NEEDLE_CHARACTERS, type Needle } from './needles';

/** What stands in the place of a secret. */
export const MASK = '***';

/** Of the secrets met during a run: tokens and addresses follow each other, the oldest have ended. */
const MAX_LEARNED = 1024;

/** Shorter ones are everyday words (`user`), or parts of a date: those are secrets under their own name only. */
const MIN_WORD_CHARACTERS = 5;
const MIN_NUMBER_CHARACTERS = 6;

/** The password of every sandbox, and a word of OAuth (`grant_type=password`): a secret under its own name only. */
const WORD_OF_OAUTH = 'password';

/**
 * Secrets by their value. One that could not be an ordinary word is found wherever it stands and however it is written; a short or
 * plain one (`hunter`) only where no letter or digit goes on before or after it, so that `huntergreen` stays what it is.
 */
export class KnownSecrets {
  readonly #needles = new Needles();
  readonly #words = new Needles();
  readonly #secrets = new Map<string, readonly Needle[]>();
  readonly #learned: string[] = [];
  /** Secrets by what they come to as escapes, where that is too short to be a needle: `\u0041\u0042` to `AB`. */
  readonly #escapes = new Map<string, string>();

  /** Remembers a secret for good. @returns whether it is new and can be searched for */
  add(secret: string): boolean {
    return this.#remember(secret.trim(), (bare) => [...needlesOf(bare), ...rareNeedlesOf(bare)]);
  }

  #remember(bare: string, needlesFor: (bare: string) => readonly Needle[]): boolean {
    if (this.#secrets.has(bare) || !canBeSearched(bare)) return false;
    const needles = needlesFor(bare);
    for (const needle of needles) this.#groupOf(needle).add(needle);
    this.#secrets.set(bare, needles);
    const text = fullyDecoded(bare);
    if (text !== '' && text.length < MIN_NEEDLE_CHARACTERS) this.#escapes.set(text, bare);
    return true;
  }

  /** Remembers the newest of those that are met on the way; what may be an ordinary word is none. @returns like `add` */
  learn(secret: string): boolean {
    const bare = secret.trim();
    if (!isDistinctive(bare) || !this.#remember(bare, needlesOf)) return false;
    this.#learned.push(bare);
    const oldest = this.#learned.length > MAX_LEARNED ? this.#learned.shift() : undefined;
    if (oldest !== undefined) this.#forget(oldest);
    return true;
  }

  /** @param isMarkup whether it is a finished page, of which a plain secret may be a word: `script` */
  removeFrom(text: string, { isMarkup = false } = {}): string {
    if (this.#secrets.size === 0) return text;
    const found = [decodings(text), quotedPrintableDecodings(text)].flatMap((views) => this.#findIn(views, isMarkup));
    return masked(text, found);
  }

  /** Words and short escapes as they are at last: on the way there `n` of `\n` goes on before a word. */
  #findIn(views: readonly DecodedText[], isMarkup: boolean): Interval[] {
    const inEach = views.flatMap((view) => originsOf(this.#needles.find(view.text), view));
    const last = views.at(-1);
    if (last === undefined) return inEach;
    const words = isMarkup ? [] : originsOf(this.#words.find(last.text), last);
    return [...inEach, ...words, ...this.#escapesIn(last)];
  }

  /** Where so little is written in as many characters as the secret has: not every `AB`. */
  #escapesIn(view: DecodedText): Interval[] {
    return [...this.#escapes].flatMap(([short, secret]) =>
      placesOf(short, view.text)
        .map((place) => view.originOf(place, place + short.length))
        .filter(({ start, end }) => end - start >= secret.length),
    );
  }

  #groupOf({ isWord }: Needle): Needles {
    return isWord ? this.#words : this.#needles;
  }

  #forget(secret: string): void {
    for (const needle of this.#secrets.get(secret) ?? []) this.#groupOf(needle).delete(needle);
    this.#secrets.delete(secret);
    this.#escapes.delete(fullyDecoded(secret));
  }
}

function originsOf(found: readonly Interval[], { originOf }: DecodedText): Interval[] {
  return found.map(({ start, end }) => originOf(start, end));
}

function placesOf(part: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) places.push(at);
  return places;
}

function canBeSearched(secret: string): boolean {
  return (
    secret !== WORD_OF_OAUTH && secret.length >= (/^\d+$/.test(secret) ? MIN_NUMBER_CHARACTERS : MIN_WORD_CHARACTERS)
  );
}

/** Whether a value could be no ordinary word or number: 12 characters, or 6 of at least two kinds (letters, digits, others). */
export function isDistinctive(secret: string): boolean {
  const kinds = [/\p{L}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(secret)).length;
  return secret.length >= 12 || (secret.length >= 6 && kinds >= 2);
}

function needlesOf(secret: string): Needle[] {
  const isWord = !isDistinctive(secret);
  const texts = composed(secret)
    .flatMap((text) => [text, ...[...decodings(text), ...quotedPrintableDecodings(text)].map((view) => view.text)])
    .flatMap(composed);
  const written = [...new Set(texts)].map((text) => ({ text, isWord }));
  const coded = bodiesOf(secret).flatMap(base64Of);
  return [...written, ...notWords([...coded, ...hexOf(Buffer.from(secret))])];
}

/**
 * As libraries write bytes that they were not meant to show: base64 in base64, UTF-16 (Windows, Java) in base64 and hexadecimal, and dumps
 * of buffers (`<Buffer 70 61`, `"data":[112,97`). Not of what is learned on the way, of which there may be a thousand.
 */
function rareNeedlesOf(secret: string): Needle[] {
  const wide = Buffer.from(secret, 'utf16le');
  const inner = standardBase64Of(secret).filter((form) => form.length >= MIN_BASE64_CHARACTERS);
  const bytes = [...Buffer.from(secret)];
  const pairs = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  const dumps = [pairs.join(' '), pairs.join(':'), bytes.join(','), bytes.join(', ')];
  return notWords([
    ...[...base64Of(wide), ...base64Of(Buffer.from(wide).swap16()), ...inner.flatMap(base64Of)],
    ...[...hexOf(wide), ...dumps, ...dumps.map((dump) => dump.toUpperCase())],
  ]);
}

function notWords(texts: readonly string[]): Needle[] {
  return [...new Set(texts)].map((text) => ({ text, isWord: false }));
}

/** A service may have composed its accents otherwise than the user's keyboard. */
function composed(text: string): string[] {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])];
}

/** As it stands in a body that may be packed as base64: plain, in a form, in a URL, in JSON. */
function bodiesOf(secret: string): string[] {
  const form = new URLSearchParams({ p: secret }).toString().slice('p='.length);
  // Half a surrogate pair has no form in a URL: as bytes it is U+FFFD.
  const component = encodeURIComponent(Buffer.from(secret).toString());
  return [...new Set([secret, form, component, JSON.stringify(secret).slice(1, -1)])];
}

/** As dumps write bytes. */
function hexOf(bytes: Buffer): string[] {
  const lower = bytes.toString('hex');
  return [lower, lower.toUpperCase()];
}

/** Characters. Five letters make as many at each offset. */
const MIN_BASE64_CHARACTERS = 6;
/** What is short and in one case, but for its first letter, may be a word; longer ones are none by chance. */
const MAY_BE_WORD = /^(?=.{1,9}$)(?:[A-Z]?[a-z]+|[A-Z]+)$/;

/**
 * Base64 of any text that contains the secret, such as `user:password`: three bytes make four characters, so the secret can stand at
 * three offsets. The characters shared with its neighbours are left out.
 */
function base64Of(secret: string | Buffer): string[] {
  const forms = standardBase64Of(secret);
  const urlForms = forms.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([...forms.map((form) => fullyDecoded(form)), ...urlForms])].filter(
    (form) => form.length >= MIN_BASE64_CHARACTERS && !MAY_BE_WORD.test(form),
  );
}

/** At each offset, as RFC 4648 §4 writes it. */
function standardBase64Of(secret: string | Buffer): string[] {
  const bytes = typeof secret === 'string' ? Buffer.from(secret) : secret;
  return [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const own = [Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6)] as const;
    return padded.toString('base64').slice(...own);
  });
}

/** Parts that touch or overlap are one. */
function masked(text: string, intervals: readonly Interval[]): string {
  const parts: string[] = [];
  let read = 0;
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    if (end <= read) continue;
    if (start > read || parts.length === 0) parts.push(text.slice(read, start), MASK);
    read = end;
  }
  return parts.length === 0 ? text : [...parts, text.slice(read)].join('');
}
