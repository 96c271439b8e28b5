import { expect, test } from 'vitest';
import { MAX_JSON_DEPTH, readJson } from '../../scripts/lib/read-json';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test.each([
  ['a value', '{"a":[1,"]}"]}', { value: { a: [1, ']}'] } }],
  ['no JSON', '<html>', { problem: 'not-json' }],
  ['nothing', '', { problem: 'not-json' }],
  ['brackets within strings, after escapes', `"\\"${'['.repeat(300)}"`, { value: `"${'['.repeat(300)}` }],
  ['siblings, however many', `[${'[],'.repeat(1000)}[]]`, { value: Array.from({ length: 1001 }, () => []) }],
])('%s', (_name, text, read) => {
  expect(readJson(text)).toEqual(read);
});

test('nesting up to the limit, and not beyond', () => {
  expect(readJson(nested(MAX_JSON_DEPTH))).toHaveProperty('value');
  for (const depth of [MAX_JSON_DEPTH + 1, 200_000]) expect(readJson(nested(depth))).toEqual({ problem: 'too-deep' });
  expect(readJson('{"a":'.repeat(200_000))).toEqual({ problem: 'too-deep' });
});
