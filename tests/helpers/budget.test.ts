import { expect, test } from 'vitest';
import { rowsOfTurn } from './budget';

const ROWS = ['a1', 'b1', 'a2', 'a3', 'c1', 'a4', 'b2'];
const kindOf = (row: string): string => row.charAt(0);
const rowsAt = (turn: number, count: number): string[] => rowsOfTurn(ROWS, { count, kindOf, turn });

test('each kind has a row at every turn, in the order of the table; the same turn has the same rows', () => {
  expect(rowsAt(0, 3)).toEqual(['a1', 'b1', 'c1']);
  expect(rowsAt(1, 3)).toEqual(['a2', 'c1', 'b2']);
  expect(rowsAt(1, 5)).toEqual(['b1', 'a3', 'c1', 'a4', 'b2']);
  expect(rowsAt(9, 4)).toEqual(rowsAt(9, 4));
  expect(rowsAt(7, 100)).toEqual(ROWS);
});

test('a few turns in a row see every row, and fewer rows than kinds are an error', () => {
  for (const count of [3, 4, 5, 6]) {
    const seen = new Set([10, 11, 12, 13].flatMap((turn) => rowsAt(turn, count)));
    expect([...seen].sort()).toEqual([...ROWS].sort());
  }
  expect(() => rowsAt(0, 2)).toThrow('2 rows for 3 kinds');
});
