import type { Interval } from './decode-text';

/** A text to be found. */
export interface Needle {
  readonly text: string;
  /** Found only where no letter or digit goes on before or after it. */
  readonly isWord: boolean;
}

/** Characters that decide where a needle may begin; no needle is shorter. */
export const MIN_NEEDLE_CHARACTERS = 4;

/** From this length on, a needle that was cut off is recognised by its first characters: chai shortens long values. */
const CUT_FROM = 24;
const CUT_PREFIX = 16;
/** Followed by an ellipsis, this much of a needle is enough. */
const ELLIPSIS_PREFIX = 4;
/** Where the rest of a needle that was cut off, or goes on otherwise, ends. */
const DELIMITER = /[\s'"<>&]/g;

/** Places for the beginnings of needles: 2 ** 16. */
const LAST_PLACE = 0xffff;
/** Needles that begin alike, of which the newest are kept: what a hostile service makes up must not cost time without bounds. */
const MAX_ALIKE = 16;
/** Characters that are compared; the rest of a longer needle goes to the next delimiter. */
const COMPARED = 256;

/** Many texts that are searched for at once: the time depends on the length of the text, not on their number. */
export class Needles {
  readonly #byBeginning = new Map<number, readonly Needle[]>();
  readonly #isBeginning = new Uint8Array(LAST_PLACE + 1);

  add({ text, isWord }: Needle): void {
    if (text.length < MIN_NEEDLE_CHARACTERS) return;
    const place = beginningOf(text);
    const alike = this.#byBeginning.get(place) ?? [];
    this.#byBeginning.set(place, [...alike, { text, isWord }].slice(-MAX_ALIKE));
    this.#isBeginning[place] = 1;
  }

  delete({ text }: Needle): void {
    if (text.length < MIN_NEEDLE_CHARACTERS) return;
    const place = beginningOf(text);
    const rest = this.#byBeginning.get(place)?.filter((another) => another.text !== text) ?? [];
    this.#byBeginning.set(place, rest);
    if (rest.length === 0) this.#isBeginning[place] = 0;
  }

  /** Every place where a needle is, also where they overlap; ascending by their beginning, at each the longest. */
  find(text: string): Interval[] {
    const found: Interval[] = [];
    const delimiterFrom = delimitersOf(text);
    let place = 0;
    for (let at = 0; at < text.length; at++) {
      place = moved(place, text.charCodeAt(at));
      const start = at + 1 - MIN_NEEDLE_CHARACTERS;
      if (this.#isBeginning[place] === 0 || start < 0) continue;
      for (const needle of this.#byBeginning.get(place) ?? []) {
        const end = endOf(needle, text, start, delimiterFrom);
        if (end > start) found.push({ start, end });
      }
    }
    return found;
  }
}

/** The place of the four characters that end with this one; what was before them is shifted out. */
function moved(place: number, character: number): number {
  return ((place << 4) ^ (character * 0x9e5)) & LAST_PLACE;
}

function beginningOf(needle: string): number {
  let place = 0;
  for (let at = 0; at < MIN_NEEDLE_CHARACTERS; at++) place = moved(place, needle.charCodeAt(at));
  return place;
}

type DelimiterFrom = (at: number) => number;

/** Where the needle that begins at `start` ends; 0 where there is none. */
function endOf({ text: needle, isWord }: Needle, text: string, start: number, delimiterFrom: DelimiterFrom): number {
  const compared = Math.min(needle.length, COMPARED);
  let same = 0;
  while (same < compared && needle.charCodeAt(same) === text.charCodeAt(start + same)) same++;
  const end = start + same;
  if (isWord && !isBoundary(text, start)) return 0;
  if (same === needle.length) return isWord && !isBoundary(text, end) ? 0 : end;
  if (needle.length >= CUT_FROM && same >= CUT_PREFIX) return delimiterFrom(end);
  return same >= ELLIPSIS_PREFIX && /^(?:…|\.\.\.)/.test(text.slice(end, end + 3)) ? end : 0;
}

/** A text without delimiters is looked through once, not once for each of its needles. */
function delimitersOf(text: string): DelimiterFrom {
  let [from, to] = [0, -1];
  return (at) => {
    if (at >= from && at <= to) return to;
    DELIMITER.lastIndex = at;
    [from, to] = [at, DELIMITER.exec(text)?.index ?? text.length];
    return to;
  };
}

const WORD = /[\p{L}\p{N}_]/u;

/** Whether no word goes on from the character before `at` to the one there. */
function isBoundary(text: string, at: number): boolean {
  return !(WORD.test(text.charAt(at - 1)) && WORD.test(text.charAt(at)));
}
