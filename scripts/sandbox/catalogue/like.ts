/**
 * SQL's LIKE as PostgreSQL has it: `%` any text, `_` any character, backslash takes the next one literally. Callers choose
 * the pattern, so it is matched piece by piece between the `%`, each at the first place where it stands: no pattern is slow.
 */
export function like(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern);
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) {
    const whole = new RegExp(`^${first}$`, 'u');
    return (text) => whole.test(text);
  }
  const begin = new RegExp(`^${first}`, 'u');
  const between = others.map((piece) => new RegExp(piece, 'gu'));
  const end = new RegExp(`${last}$`, 'u');
  return (text) => {
    let position = begin.exec(text)?.[0].length;
    for (const piece of between) {
      if (position === undefined) return false;
      piece.lastIndex = position;
      position = piece.test(text) ? piece.lastIndex : undefined;
    }
    const tail = end.exec(text);
    return position !== undefined && tail !== null && tail.index >= position;
  };
}

/** The pattern cut at its `%`, as sources of regular expressions without repetition. */
function piecesOf(pattern: string): string[] {
  const pieces = [''];
  for (const [token] of pattern.matchAll(/\\?[^]/gu)) {
    if (token === '%') pieces.push('');
    else pieces.push((pieces.pop() ?? '') + sourceOf(token));
  }
  return pieces;
}

function sourceOf(token: string): string {
  if (token === '_') return '[^]';
  const literal = token.length > 1 && token.startsWith('\\') ? token.slice(1) : token;
  return literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
