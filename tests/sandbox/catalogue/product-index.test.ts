import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentedSize } from '../../../scripts/sandbox/catalogue/documented-sizes';
import { formatTime, idOfName, productOf, type CatalogueFile } from '../../../scripts/sandbox/catalogue/product-facts';
import { ProductIndex } from '../../../scripts/sandbox/catalogue/product-index';

const file = (name: string): CatalogueFile => ({ id: idOfName(name), name, start: 0, stop: 1_000, creation: 500 });
const byName = (a: CatalogueFile, b: CatalogueFile) => (a.name < b.name ? -1 : 1);

const part = fc.string({ unit: fc.constantFrom('A', 'B', '_'), maxLength: 4 });
const names = fc.uniqueArray(fc.string({ unit: fc.constantFrom('A', 'B', '_', '0'), minLength: 1, maxLength: 6 }), {
  maxLength: 60,
});

describe('search by name', () => {
  test('finds what a plain search finds, in order, and makes entries when they are asked for', () => {
    fc.assert(
      fc.property(names, part, (all, text) => {
        const files = all.map(file).sort(byName);
        const index = new ProductIndex(files, 'small', new Map());
        const named = (list: Iterable<{ name: string }>) => Array.from(list, ({ name }) => name);
        const sorted = files.map(({ name }) => name);
        expect(named(index.withPrefix(text))).toEqual(sorted.filter((name) => name.startsWith(text)));
        expect(named(index.withText(text))).toEqual(sorted.filter((name) => name.includes(text)));
        expect(index.withText(text).length).toBe(sorted.filter((name) => name.includes(text)).length);
        expect(named(index.withText(text).slice(1, 3))).toEqual(
          sorted.filter((name) => name.includes(text)).slice(1, 3),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('a text with a line break is in no name', () => {
    const index = new ProductIndex([file('A'), file('B')], 'small', new Map());
    expect([...index.withText('A\nB')]).toEqual([]);
  });

  test('by id, and all', () => {
    const index = new ProductIndex([file('A'), file('B')], 'small', new Map());
    expect(index.find(idOfName('B'))?.name).toBe('B');
    expect(index.find('')).toBeUndefined();
    expect(Array.from(index.all(), ({ name }) => name)).toEqual(['A', 'B']);
  });
});

describe('what is made up of an entry', () => {
  test('ids are UUIDs of version 5, always the same', () => {
    expect(idOfName('A')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(idOfName('A')).toBe(idOfName('A'));
    expect(idOfName('A')).not.toBe(idOfName('B'));
  });

  test('dates as the service writes them: fractions of 0 to 6 digits, never padded', () => {
    const dates = Array.from({ length: 500 }, (_, index) => productOf(file(String(index)), 'small').publicationDate);
    const digits = new Set(dates.map((date) => /^[0-9T:-]{19}(?:[.]([0-9]*[1-9]))?Z$/.exec(date)?.[1]?.length ?? 0));
    expect([...digits].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const date of dates) expect(Date.parse(date)).toBeGreaterThan(500);
    expect(formatTime(Date.parse('2021-03-04T11:44:30.180Z'))).toBe('2021-03-04T11:44:30.18Z');
    expect(formatTime(Date.parse('9999-12-31T23:59:50Z'))).toBe('9999-12-31T23:59:50Z');
  });

  test('documented sizes are whole bytes in the range of the family', () => {
    expect(documentedSize('S2A_OPER_GIP_R2DENT_MPC__', 0)).toBe(3_039);
    expect(documentedSize('S3A_SR_2_SURFAX_', 0.999)).toBeLessThan(430_000_000);
    expect(documentedSize('S3__SY_1_CDIBAX_', 0.5)).toBe(16_800_000_000);
    expect(Number.isInteger(documentedSize('S1A_AUX_CAL', 0.3))).toBe(true);
  });
});
