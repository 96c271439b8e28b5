import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCompactTime, parseCompactTime } from '../../scripts/sentinel/time';

test('every second of the years 0 to 9999 and back', () => {
  const seconds = fc.integer({
    min: Date.parse('0000-01-01T00:00:00Z') / 1000,
    max: Date.parse('9999-12-31T23:59:59Z') / 1000,
  });
  fc.assert(fc.property(seconds, (second) => parseCompactTime(formatCompactTime(second * 1000)) === second * 1000));
});

test.each([
  '20200230T000000',
  '20210229T000000',
  '20200101T240000',
  '20200101T006000',
  '20200101',
  '20200101t000000',
  '',
])('not a time: %j', (text) => {
  expect(parseCompactTime(text)).toBeUndefined();
});

test('the open end of Sentinel-2', () => {
  expect(parseCompactTime('99999999T999999')).toBe(Date.parse('9999-12-31T23:59:59Z'));
});
