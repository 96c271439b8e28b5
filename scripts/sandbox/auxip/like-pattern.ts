import { uncaught } from '../odata/odata-error';

/**
 * What contains, startswith and endswith become in the database: a LIKE pattern in which the caller's `%` is a wildcard and
 * `\` an escape, while `_` is taken literally (auxip.md §2.3).
 */
export function likeMatcher(method: 'contains' | 'startswith' | 'endswith', text: string): (value: string) => boolean {
  const inner = text.replaceAll('_', '\\_');
  if (!/[%\\]/.test(text)) return plainMatcher(method, text);
  const pattern = `${method === 'startswith' ? '' : '%'}${inner}${method === 'endswith' ? '' : '%'}`;
  const expression = toRegExp(pattern);
  return (value) => expression.test(value);
}

function plainMatcher(method: 'contains' | 'startswith' | 'endswith', text: string): (value: string) => boolean {
  if (method === 'contains') return (value) => value.includes(text);
  if (method === 'startswith') return (value) => value.startsWith(text);
  return (value) => value.endsWith(text);
}

/** A pattern that ends in a lone escape is a database error. */
function toRegExp(pattern: string): RegExp {
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index);
    if (character === '%') source += '.*';
    else if (character === '_') source += '.';
    else if (character !== '\\') source += escape(character);
    else if (++index < pattern.length) source += escape(pattern.charAt(index));
    else throw uncaught();
  }
  return new RegExp(`^${source.replace(/(?:\.\*){2,}/g, '.*')}$`, 's');
}

function escape(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
