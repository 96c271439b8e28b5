import { describe, expect, test } from 'vitest';
import { shareWords, wilson } from '../../bench/mutants/share';

describe('a share that was measured on a sample', () => {
  test('comes with the interval of all, in percent', () => {
    expect(shareWords(255, 271)).toBe('94.1 % (90.6–96.3)');
  });

  test('none of ten leaves room above, all of ten the same room below', () => {
    const [none, all] = [wilson(0, 10), wilson(10, 10)];
    expect(none[0]).toBeCloseTo(0, 10);
    expect(none[1]).toBeCloseTo(0.2775, 4);
    expect([1 - all[1], 1 - all[0]]).toEqual([expect.closeTo(none[0], 10), expect.closeTo(none[1], 10)]);
  });
});
