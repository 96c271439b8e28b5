import { like } from '../catalogue/like';
import { uncaught } from '../odata/odata-error';

type Method = 'contains' | 'startswith' | 'endswith';

/**
 * What contains, startswith and endswith become in the database: a LIKE pattern in which the caller's `%` is a wildcard and
 * `\` an escape, while `_` is taken literally (auxip.md#filters).
 * @throws ODataError 500 for a pattern that ends in a lone escape, as the database refuses it
 */
export function likeMatcher(method: Method, text: string): (value: string) => boolean {
  if (!/[%\\]/.test(text)) return plainMatcher(method, text);
  const inner = text.replaceAll('_', '\\_');
  const pattern = `${method === 'startswith' ? '' : '%'}${inner}${method === 'endswith' ? '' : '%'}`;
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(pattern)) throw uncaught();
  return like(pattern);
}

/** Without wildcards and escapes there is no pattern to follow. */
function plainMatcher(method: Method, text: string): (value: string) => boolean {
  if (method === 'contains') return (value) => value.includes(text);
  if (method === 'startswith') return (value) => value.startsWith(text);
  return (value) => value.endsWith(text);
}
