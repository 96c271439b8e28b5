/**
 * portman finds the operation of a request by its path, in which it puts back only the first variable of a segment: functions
 * with several arguments get no tests. Here they have one variable, `f({a})` for `f(a={a},b={b})`, until portman is done.
 */
import type { PostmanItem } from '../../scripts/contract-suite/collection/postman-collection';
import type { OpenApiDocument } from '../../scripts/generate/openapi';

export interface Simplified {
  readonly openApi: OpenApiDocument;
  /** Whole argument lists again in what was made of it. */
  readonly restore: (items: readonly PostmanItem[]) => PostmanItem[];
}

export function oneVariableEach(openApi: OpenApiDocument): Simplified {
  const originals = new Map<string, string>();
  const paths = Object.entries(openApi.paths).map(([path, item]) => {
    const simple = path.replace(/\([^)]*?\{(\w+)\}[^)]*?\{[^)]*\)/, '({$1})');
    if (simple === path) return [path, item] as const;
    originals.set(simple.slice(1), path.slice(1));
    const [first] = item.get?.parameters ?? [];
    return [simple, { ...item, get: { ...item.get, parameters: [first] } }] as const;
  });
  return {
    openApi: { ...openApi, paths: Object.fromEntries(paths) as OpenApiDocument['paths'] },
    restore: (items) => restore(items, originals),
  };
}

function restore(items: readonly PostmanItem[], originals: ReadonlyMap<string, string>): PostmanItem[] {
  return items.map((item) => {
    if (item.item) return { ...item, item: restore(item.item, originals) };
    if (item.request === undefined || typeof item.request.url === 'string') return item;
    const path = item.request.url.path.map((segment) => {
      const original = originals.get(segment.replaceAll('{{', '{').replaceAll('}}', '}'));
      return original?.replaceAll('{', '{{').replaceAll('}', '}}') ?? segment;
    });
    return { ...item, request: { ...item.request, url: { ...item.request.url, path } } };
  });
}
