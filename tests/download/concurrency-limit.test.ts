import { expect, test } from 'vitest';
import { createConcurrencyLimit } from '../../scripts/download/concurrency-limit';

test('as many are on as were asked for; the others begin in their order as these end', async () => {
  const newTurn = createConcurrencyLimit(2);
  const turns = Array.from({ length: 5 }, newTurn);
  const begun: number[] = [];
  const work = turns.map(async (turn, index) => (await turn.begin(), void begun.push(index)));
  await Promise.all(work.slice(0, 2));
  expect(begun).toEqual([0, 1]);
  turns[1]?.end();
  await work[2];
  expect(begun).toEqual([0, 1, 2]);
  turns[0]?.end();
  turns[2]?.end();
  await Promise.all(work);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

test('one that has ended gives its place once, and waits for another like all', async () => {
  const newTurn = createConcurrencyLimit(1);
  const [first, second, third] = [newTurn(), newTurn(), newTurn()];
  await first.begin();
  await first.begin();
  let begun = '';
  const work = [second.begin().then(() => (begun += '2')), third.begin().then(() => (begun += '3'))];
  first.end();
  first.end();
  work.push(first.begin().then(() => (begun += '1')));
  await work[0];
  expect(begun).toBe('2');
  second.end();
  await work[1];
  third.end();
  await work[2];
  expect(begun).toBe('231');
});
