import { expect, test } from 'vitest';
import { bytes, duration, roughly } from '../../scripts/lib/format';

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [374.4740021739319, '374 B'],
  [999.4, '999 B'],
  [999.6, '1 kB'],
  [1000, '1 kB'],
  [1234, '1.23 kB'],
  [999_499, '999 kB'],
  [999_999, '1 MB'],
  [9_380_000, '9.38 MB'],
  [999_999_999, '1 GB'],
  [999_500_000_000, '1 TB'],
  [1_234_000_000_000_000, '1230 TB'],
])('%d bytes are %s', (count, text) => {
  expect(bytes(count)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [0.0419, '42 ms'],
  [0.9994, '999 ms'],
  [0.9996, '1.0 s'],
  [8.149, '8.1 s'],
  [59.94, '59.9 s'],
  [59.97, '1 min 0 s'],
  [60, '1 min 0 s'],
  [119.4, '1 min 59 s'],
  [119.6, '2 min 0 s'],
  [3599.6, '1 h 0 min'],
  [7265, '2 h 1 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0.2, '1 s'],
  [12, '12 s'],
  [59, '59 s'],
  [59.5, '1 min'],
  [89, '1 min'],
  [91, '2 min'],
  [3569, '59 min'],
  [3599, '1 h 0 min'],
  [7500, '2 h 5 min'],
])('%d seconds to go are roughly %s', (seconds, text) => {
  expect(roughly(seconds)).toBe(text);
});

test('no number of seconds has 60 seconds, 1000 milliseconds or 60 minutes, and no number of bytes 1000 of a smaller unit', () => {
  for (let step = 0; step < 20_000; step++) {
    const value = 1.0007 ** step;
    expect(`${duration(value / 1000)}, ${roughly(value / 1000)}`).not.toMatch(/\b(60(\.0)? s|1000 ms|60 min)\b/);
    if (value < 1e15) expect(bytes(value)).toMatch(/^\d{1,3}(\.\d{1,2})? [kMGT]?B$/);
  }
});
