import { expect, it } from 'vitest';
import { likeMatcher } from '../../../scripts/sandbox/auxip/like-pattern';
import { ODataError } from '../../../scripts/sandbox/odata/odata-error';

it.each([
  ['contains', 'b_c', 'ab_cd', true],
  ['contains', 'b_c', 'abxcd', false],
  ['contains', 'a%d', 'xabcdx', true],
  ['contains', 'a%d', 'dcba', false],
  ['startswith', 'a%c', 'abcd', true],
  ['startswith', 'b%c', 'abcd', false],
  ['endswith', 'b%d', 'abcd', true],
  ['endswith', 'b%c', 'abcd', false],
  ['contains', '\\%', '100%', true],
  ['contains', '\\%', '100', false],
  ['contains', 'a\\b', 'ab', true],
  ['contains', 'a\\_c', 'a\\xc', true],
  ['contains', 'a\\', 'a%', true],
  ['contains', '%%%', '', true],
] as const)("%s(Name,'%s') of %s is %s", (method, text, value, expected) => {
  expect(likeMatcher(method, text)(value)).toBe(expected);
});

it('fails like the database on a pattern that ends in an escape', () => {
  expect(() => likeMatcher('endswith', 'a\\')).toThrow(ODataError);
});

it('does not take for ever', () => {
  const matches = likeMatcher('contains', '%_'.repeat(60));
  expect(matches(`${'_'.repeat(59)}x`)).toBe(false);
});
