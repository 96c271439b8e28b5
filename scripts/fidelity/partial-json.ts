/** JSON that was cut off: its complete part, and whether another value contains it. */

/** The value of a JSON text or of its beginning: elements and members that are not complete are left out. */
export function partialJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return cutJson(text);
  }
}

/** Ends after the last complete element or member at any depth, and closes what is open there. */
function cutJson(text: string): unknown {
  const open: string[] = [];
  let complete: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '"') {
      index = endOfString(text, index);
      if (index < 0) break;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? '}' : ']');
      complete = text.slice(0, index + 1) + closing(open);
    } else if (character === '}' || character === ']') {
      open.pop();
      complete = text.slice(0, index + 1) + closing(open);
    } else if (character === ',') {
      complete = text.slice(0, index) + closing(open);
    }
  }
  try {
    return complete === undefined ? undefined : (JSON.parse(complete) as unknown);
  } catch {
    return undefined;
  }
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === '"') return index;
  }
  return -1;
}

const closing = (open: readonly string[]): string => [...open].reverse().join('');

/** Whether all of `part` is in `whole`, the elements of arrays in any order, each once. */
export function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    if (!Array.isArray(whole) || part.length > whole.length) return false;
    const left: unknown[] = [...(whole as unknown[])];
    return part.every((item) => {
      const found = left.findIndex((candidate) => contains(candidate, item));
      if (found < 0) return false;
      left.splice(found, 1);
      return true;
    });
  }
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return false;
  return Object.entries(part).every(([name, value]) => contains((whole as Record<string, unknown>)[name], value));
}
