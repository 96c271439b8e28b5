import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Level0Record } from '../../../scripts/sandbox/catalogue/catalogue';
import { Level0Index } from '../../../scripts/sandbox/catalogue/level0-index';
import { like } from '../../../scripts/sandbox/catalogue/like';

const SAR = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const MSI = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';
const EFR = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';

const record = (name: string, start = 0, stop = start): Level0Record => ({ name, start, stop });
const indexOf = (records: readonly Level0Record[]) =>
  new Level0Index(new Map(records.map((item) => [item.name, item])));
const names = (records: readonly Level0Record[]) => records.map(({ name }) => name);

describe('look-up by name (rdb.md#look-up-by-name)', () => {
  const index = indexOf([
    record(SAR, Date.parse('2020-11-02T20:33:48Z')),
    record(MSI, Date.parse('2021-03-01T00:17:14Z')),
    record(EFR, Date.parse('2024-03-01T01:04:12Z')),
  ]);

  test.each([
    ['as it stands', SAR, SAR],
    ['without .zip', SAR.replace('.zip', ''), SAR],
    ['without .SAFE.zip', SAR.replace('.SAFE.zip', ''), SAR],
    ['without .SEN3.zip', EFR.replace('.SEN3.zip', ''), EFR],
    ['another extension', EFR.replace('.zip', '.tar'), EFR],
    ['Sentinel-2 without .tar: .09 goes too', MSI.replace('.tar', ''), MSI],
    ['a part of a name', 'S1A_IW', SAR],
    ['the tail of a name', '0417B3_02B4.SAFE', SAR],
    ['wildcards', 'S3A%EFR', EFR],
    ['_ is any character', SAR.replace('_035074_', 'x035074_').replace('x', '_'), SAR],
    ['quotes with backslashes go', String.raw`\"${SAR}\"`, SAR],
    ['what follows the last dot does not count', `${SAR} x`, SAR],
    ['nothing finds the first', '', SAR],
  ])('%s', (_, asked, found) => {
    expect(index.find(asked)?.name).toBe(found);
  });

  test.each([
    SAR.toLowerCase(),
    ` ${SAR}`,
    SAR.replace('0SDV', '0NDV'),
    EFR.replace('0118', '0119'),
    MSI.replace('EPAE', 'SGS_'),
    'S3B',
  ])('not found: %j', (asked) => {
    expect(index.find(asked)).toBeUndefined();
  });

  test('an underscore where the stored name has a letter, in a whole name', () => {
    expect(index.find(MSI.replace('EPAE', 'EPA_'))?.name).toBe(MSI);
  });
});

describe('look-up by interval (rdb.md#look-up-by-interval)', () => {
  test('wholly inside, both ends inclusive, one second off is out', () => {
    const index = indexOf([record(SAR, 10_000, 20_000)]);
    expect(index.within('S1A', 10_000, 20_000)).toHaveLength(1);
    expect(index.within('S1A', 11_000, 20_000)).toHaveLength(0);
    expect(index.within('S1A', 10_000, 19_000)).toHaveLength(0);
    expect(index.within('S1A', 20_000, 10_000)).toHaveLength(0);
  });

  test('times that are swapped in the name are still found', () => {
    expect(indexOf([record(SAR, 20_000, 10_000)]).within('S1A', 15_000, 15_000)).toHaveLength(1);
  });

  const prefixes = ['S1A', 'S1_', 'S%', '%EFR', 'S3A_OL_0_EFR', 'S3A_OL_0_EFR____2024', 'S1A_IW%04', '', 'X', 'S3__OL'];

  test('as a scan over all names finds them', () => {
    const kinds = fc.constantFrom(
      'S1A_IW_RAW__0SDV_',
      'S1A_EW_RAW__0SDH_',
      'S1B_IW_RAW__0SDV_',
      'S3A_OL_0_EFR____',
      'S3A_OL_0_EFR____2024',
      'S3',
    );
    const time = fc.integer({ min: 0, max: 30 });
    const rows = fc.array(fc.tuple(kinds, time, time), { maxLength: 40 });
    fc.assert(
      fc.property(rows, fc.constantFrom(...prefixes), time, time, (list, prefix, start, stop) => {
        const records = list.map(([kind, a, b], index) => record(`${kind}04_${index}`, a, b));
        const matches = like(`${prefix}%`);
        const expected = records.filter((item) => item.start >= start && item.stop <= stop && matches(item.name));
        expect(names(indexOf(records).within(prefix, start, stop)).sort()).toEqual(names(expected).sort());
      }),
      { numRuns: 500 },
    );
  });
});

describe('LIKE', () => {
  test.each([
    ['a_c', 'abc', true],
    ['a_c', 'ac', false],
    ['a%c', 'ac', true],
    ['a%c', 'a\nbc', true],
    [String.raw`a\_c`, 'abc', false],
    [String.raw`a\_c`, 'a_c', true],
    [String.raw`a\%`, 'a%', true],
    ['a.c', 'abc', false],
    ['(a)[b]{1}*+?^$|/-', '(a)[b]{1}*+?^$|/-', true],
    ['a\\', 'a\\', true],
    ['ä_', 'äö', true],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(like(pattern)(text)).toBe(expected);
  });

  test('no text makes it throw', () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.constantFrom('\\', '%', '_', '-', '/', '.', '*', '[', '(', '{', '^'),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
    });
    fc.assert(fc.property(texts, texts, (pattern, text) => typeof like(pattern)(text) === 'boolean'));
  });

  test('is what its definition says', () => {
    const matches = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      if (pattern.startsWith('%'))
        return matches(pattern.slice(1), text) || (text !== '' && matches(pattern, text.slice(1)));
      return (
        text !== '' && (pattern.startsWith('_') || pattern[0] === text[0]) && matches(pattern.slice(1), text.slice(1))
      );
    };
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_'), maxLength: 7 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => like(pattern)(text) === matches(pattern, text)),
      { numRuns: 2000 },
    );
  });

  test('many wildcards do not make it slow', () => {
    expect(like(`${'%a'.repeat(200)}%b`)('a'.repeat(199))).toBe(false);
    expect(like(`${'%_'.repeat(60)}x`)('a'.repeat(100))).toBe(false);
  });
});
