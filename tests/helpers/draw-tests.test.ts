import { describe, expect, test } from 'vitest';
import { IS_LONG } from './budget';
import { drawTests, indexesOfDraw } from './draw-tests';

const drawAt = (turn: number, count = 10, period = 3): number[] =>
  [...indexesOfDraw(count, { period, turn, name: 'a file' })].sort((a, b) => a - b);

test('a third is drawn, at least one; the same at the same turn, others at another', () => {
  expect(drawAt(1)).toHaveLength(3);
  expect(drawAt(1)).toEqual(drawAt(1));
  expect(new Set([1, 2, 3, 4].map((turn) => drawAt(turn).join())).size).toBeGreaterThan(1);
  expect([drawAt(1, 0), drawAt(1, 1), drawAt(1, 2, 9).length]).toEqual([[], [0], 1]);
});

test('a few turns see every test', () => {
  const seen = new Set(Array.from({ length: 30 }, (_none, turn) => drawAt(turn)).flat());
  expect(seen.size).toBe(10);
});

describe('of the tests below it', () => {
  const ran: number[] = [];
  describe('some', () => {
    drawTests(3);
    for (const number of [0, 1, 2, 3, 4]) test(`test ${number}`, () => void ran.push(number));
    describe('and those of its groups', () => test.each([5, 6, 7])('test %i', (number) => void ran.push(number)));
  });
  test('the drawn ones are run', () => {
    expect(ran).toHaveLength(IS_LONG ? 8 : 3);
  });
});
