import { expect, test } from 'vitest';
import { withAsked } from '../../scripts/campaign/locations';
import { roomForRunAt } from '../../scripts/campaign/sample';
import { DOCUMENTED_RULES } from '../../scripts/download/quota';

const NOW = Date.UTC(2026, 0, 1);
const asked = [
  { id: 'fresh', bytes: 1, at: NOW - 60_000, location: 'https://store.example/fresh' },
  { id: 'old', bytes: 1, at: NOW - 590_000, location: 'https://store.example/old' },
  { id: 'unanswered', bytes: 1, at: NOW },
  { id: 'unencrypted', bytes: 1, at: NOW, location: 'http://store.example/x' },
];

test('a location that Newman was granted is used once, while it lives', async () => {
  const own: string[] = [];
  const locate = withAsked(
    asked,
    (id) => {
      own.push(id);
      return Promise.resolve(`https://store.example/again/${id}`);
    },
    { now: () => NOW },
  );
  expect(await locate('fresh')).toBe('https://store.example/fresh');
  expect(await locate('fresh')).toBe('https://store.example/again/fresh');
  for (const id of ['old', 'unanswered', 'unencrypted', 'other'])
    expect(await locate(id)).toBe(`https://store.example/again/${id}`);
  expect(own).toEqual(['fresh', 'old', 'unanswered', 'unencrypted', 'other']);
});

test.each([
  ['nothing before', [], 5, 0],
  ['a run that has room', [-4000, -3000], 3, 0],
  ['a run that has none for all', [-4000, -3000], 4, 8000],
  ['a run that is over', [-60_000, -59_000, -58_000, -57_000, -56_000], 5, 0],
  ['a run of five that is not', [-5000, -4000, -3000, -2000, -1000], 1, 10_000],
])('room in the pace after %s', (_, before, count, wait) => {
  const grants = before.map((at) => ({ at: NOW + at, id: '', bytes: 0 }));
  expect(roomForRunAt(count, grants, DOCUMENTED_RULES, NOW) - NOW).toBe(wait);
});
