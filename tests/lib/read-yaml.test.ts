import { expect, test } from 'vitest';
import { readYaml } from '../../scripts/lib/input/read-yaml';

test.each<[string, string, RegExp]>([
  ['brackets without end', '['.repeat(100_000), /nested too deeply/],
  // Once the parser took the process with it.
  ['brackets', '['.repeat(3000) + ']'.repeat(3000), /nested too deeply/],
  ['mappings', Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'), /nested too deeply/],
  ['sequences', '- '.repeat(10_000), /nested too deeply/],
  ['aliases that multiply', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', /aliases/],
  ['a circle', 'a: &a\n  b: *a', /aliases/],
  ['a key twice', '{"a": 1, "a": 2}', /unique/],
  ['several documents', 'a: 1\n---\nb: 2', /multiple documents/],
  ['a tag', 'a: !!js/function "x"', /tag/],
  ['no end', '{"a": [1', /flow|Flow/],
])('%s: a problem with its place', (_name, text, problem) => {
  expect(readYaml(text)).toEqual({
    problem: expect.stringMatching(problem) as string,
    place: { line: expect.any(Number) as number, column: expect.any(Number) as number },
  });
});

test('JSON with tabs, and where its members are', () => {
  const read = readYaml('{\n\t"a": [\n\t\t1,\n\t\t{"__proto__": 2}\n\t]\n}');
  if ('problem' in read) throw new Error(read.problem);
  expect(JSON.stringify(read.value)).toBe('{"a":[1,{"__proto__":2}]}');
  expect(read.placeOf(['a', '1', '__proto__'])).toEqual({ line: 4, column: 17 });
  expect(read.placeOf(['a', '7', 'b'])).toEqual({ line: 2, column: 7 });
  expect(read.placeOf([])).toEqual({ line: 1, column: 1 });
});
