import { expect, test } from 'vitest';
import { level0Granules } from '../../../scripts/sandbox/catalogue/granules';
import { expandSeries } from '../../../scripts/sandbox/catalogue/series';
import { parseLevel0Name } from '../../../scripts/sentinel/level0-name';

test('a series: times relative to its own, over the end of a month', () => {
  expect(expandSeries('20240229T180000 6h 3 X_{t}_{t+1d2h3m4s}_{t-90s}')).toEqual([
    'X_20240229T180000_20240301T200304_20240229T175830',
    'X_20240301T000000_20240302T020304_20240229T235830',
    'X_20240301T060000_20240302T080304_20240301T055830',
  ]);
});

test.each(['', 'nonsense', '20240230T000000 1d 2 X_{t}'])('no series: %j', (line) => {
  expect(() => expandSeries(line)).toThrow(SyntaxError);
});

test('granules follow each other without a gap inside an orbit, and orbits are numbered from 1 to 385', () => {
  const granules = level0Granules().map((name) => ({ name, ...parseLevel0Name(name) }));
  expect(granules.filter(({ t0 }) => t0 === undefined)).toEqual([]);
  const ofOrbit = granules.filter(({ name }) => name.startsWith('S3A_OL_0_EFR') && name.includes('_109_302_'));
  expect(ofOrbit).toHaveLength(22);
  ofOrbit.slice(1).forEach((granule, index) => expect(granule.t0).toBe(ofOrbit[index]?.t1));
  const orbits = new Set(granules.map(({ name }) => Number(name.slice(73, 76))));
  expect(Math.min(...orbits)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...orbits)).toBeLessThanOrEqual(385);
});
