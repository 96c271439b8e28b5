const WIDTH = 120;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A value as JavaScript that people read: on one line where it fits, without quotes where none are needed. */
export function sourceOf(value: unknown, indent = ''): string {
  const flat = onOneLine(value);
  if (indent.length + flat.length <= WIDTH || typeof value !== 'object' || value === null) return flat;
  if (Array.isArray(value) && value.length === 1) return `[${sourceOf(value[0], indent)}]`;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => sourceOf(item, inner))
    : fieldsOf(value).map(([key, field]) => `${keyOf(key)}: ${sourceOf(field, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.map((line) => `${inner}${line},\n`).join('')}${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = fieldsOf(value).map(([key, field]) => `${keyOf(key)}: ${onOneLine(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** In the quotes that need no escapes when the script is written as JSON. */
function textOf(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted === `"${text}"` && !text.includes("'") ? `'${text}'` : quoted;
}

const fieldsOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, field]) => field !== undefined);

const keyOf = (key: string): string => (IDENTIFIER.test(key) ? key : textOf(key));
