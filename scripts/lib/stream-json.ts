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
    else yield JSON.stringify(inner);
    before = ',\n';
  }
  yield '\n}\n';
}

function* rowsText(rows: readonly unknown[]): Iterable<string> {
  yield '[\n';
  for (const [index, row] of rows.entries()) yield `${JSON.stringify(row)}${index + 1 < rows.length ? ',' : ''}\n`;
  yield ']';
}
