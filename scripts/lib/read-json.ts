/**
 * Levels of nesting that are read. Answers of the services have six; code that walks a value recursively (Ajv, JSON.stringify) would
 * overflow the stack on some ten thousand.
 */
export const MAX_JSON_DEPTH = 100;

/** As a problem of a file. */
export const TOO_DEEP = 'it is nested too deeply';

export type ReadJson = { readonly value: unknown } | { readonly problem: 'not-json' | 'too-deep' };

/** JSON from outside, in linear time and with bounded depth. Never throws. */
export function readJson(text: string): ReadJson {
  if (isDeeperThan(text, MAX_JSON_DEPTH)) return { problem: 'too-deep' };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: 'not-json' };
  }
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, OPEN_OBJECT, CLOSE_ARRAY, CLOSE_OBJECT] = Array.from('"\\[{]}', (character) =>
  character.charCodeAt(0),
);

function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) isInString = false;
    } else if (code === QUOTE) isInString = true;
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      if (++depth > limit) return true;
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth--;
  }
  return false;
}

/** A JSON object: no list, and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
