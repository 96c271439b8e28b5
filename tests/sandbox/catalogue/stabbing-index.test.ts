import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StabbingIndex } from '../../../scripts/sandbox/catalogue/stabbing-index';

const time = fc.integer({ min: 0, max: 30 });
const intervals = fc.array(fc.record({ start: time, stop: time }), { maxLength: 70 });

test('finds exactly what begins before the end and ends after the beginning, and all that is reversed', () => {
  fc.assert(
    fc.property(intervals, time, time, (list, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const expected = [...list.keys()].filter((index) => {
        const { start, stop } = list[index]!;
        return start > stop || (start < to && stop > from);
      });
      expect(new StabbingIndex(list).overlapping(from, to).sort((a, b) => a - b)).toEqual(expected);
    }),
  );
});

test('parts that end too early are skipped as a whole', () => {
  const list = Array.from({ length: 50_000 }, (_, index) => ({ start: index, stop: index + 2 }));
  const looked: number[] = [];
  const index = new StabbingIndex(list);
  looked.push(...index.overlapping(25_000, 25_001));
  expect(looked.sort((a, b) => a - b)).toEqual([24_999, 25_000]);
});
