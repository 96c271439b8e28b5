/**
 * An object as JSON with a line per row of its arrays: two of them can be compared line by line, and however many rows there are,
 * they are never one text in memory.
 */
export function* jsonText(value: object): Iterable<string> {
  let before = '{\n';
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    if (inner === undefined) continue;
    yield `${before}${JSON.stringify(key)}: `;
    if (Array.isArray(inner)) yield* rowsText(inner);
    else yield* memberText(inner);
    before = ',\n';
  }
  yield '\n}\n';
}

/** Names in an object that are more begin lines of their own: a text of all could be longer than a text can be. */
export const MAX_ON_A_LINE = 1000;

function* memberText(value: unknown): Iterable<string> {
  const members: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [key, names] = members.at(-1) ?? [];
  if (key === undefined || !isLong(names)) {
    yield JSON.stringify(value);
    return;
  }
  const others = Object.fromEntries(members.slice(0, -1));
  yield `${JSON.stringify({ ...others, [key]: [] }).slice(0, -']}'.length)}\n`;
  for (const [index, name] of names.entries()) yield `${JSON.stringify(name)}${index + 1 < names.length ? ',' : ''}\n`;
  yield ']}';
}

function isLong(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > MAX_ON_A_LINE && value.every((name) => typeof name === 'string');
}

function* rowsText(rows: readonly unknown[]): Iterable<string> {
  yield '[\n';
  for (const [index, row] of rows.entries()) yield `${JSON.stringify(row)}${index + 1 < rows.length ? ',' : ''}\n`;
  yield ']';
}
