import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { definedOncePerFolder, onlyFolders, type Suite } from '../../scripts/newman/suite';

const SUITE = JSON.parse(
  readFileSync(path.join(ROOT, 'collections', 'service-contract.postman_collection.json'), 'utf8'),
) as Suite;

const textOf = (value: unknown): string => JSON.stringify(value);
const LONG = 100_000;

test('the long script comes once per folder, before its first request; every other request gets a short one', () => {
  const { event, item } = definedOncePerFolder(onlyFolders(SUITE, ['Quota', 'Expiry']));
  expect(textOf(event).length).toBeLessThan(300);
  for (const { item: [first, ...others] = [] } of item) {
    expect(textOf(first?.event).length).toBeGreaterThan(LONG);
    expect(textOf(first?.event)).toContain('contractTexts = {}');
    expect(others.filter((item) => textOf(item.event).length > LONG)).toEqual([]);
  }
  expect(item.map(({ name }) => name)).toEqual(['Quota', 'Expiry']);
});

test('the collection itself keeps it before every request, and one without such a script stays as it is', () => {
  const before = textOf(SUITE);
  definedOncePerFolder(SUITE);
  expect(textOf(SUITE)).toBe(before);
  const another: Suite = { item: [{ name: 'a', item: [{ name: 'b' }] }] };
  expect(definedOncePerFolder(another)).toBe(another);
});
