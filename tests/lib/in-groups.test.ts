import { expect, test } from 'vitest';
import { inGroups } from '../../scripts/lib/in-groups';

test('items come in groups of the size, and no more are asked for than are needed', () => {
  let asked = 0;
  function* items(): Iterable<number> {
    while (asked < 5) yield (asked += 1);
  }
  const groups = inGroups(items(), 2)[Symbol.iterator]();
  expect(groups.next().value).toEqual([1, 2]);
  expect(asked).toBe(2);
  expect([groups.next().value, groups.next().value, groups.next().done]).toEqual([[3, 4], [5], true]);
  expect([...inGroups([], 2)]).toEqual([]);
});
