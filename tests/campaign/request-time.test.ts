import { expect, test } from 'vitest';
import { requestTime } from '../../scripts/campaign/request/request-time';
import { failureOf } from '../helpers/failure-of';

test.each([
  ['2024-03-01T00:00:00Z', '2024-03-01T00:00:00Z'],
  ['2024-03-01T00:00:00.125Z', '2024-03-01T00:00:00.125Z'],
  ['2024-03-01', '2024-03-01T00:00:00Z'],
  [' 2024-03-01 ', '2024-03-01T00:00:00Z'],
  ['2024-03-01T06:30Z', '2024-03-01T06:30:00Z'],
  ['2024-03-01t06:30:00z', '2024-03-01T06:30:00Z'],
  ['2024-03-01T00:30:00+01:00', '2024-02-29T23:30:00Z'],
  ['2023-12-31T23:30:00-0130', '2024-01-01T01:00:00Z'],
])('%s is %s', (text, utc) => {
  expect(requestTime('start', text)).toBe(utc);
});

test.each([
  'yesterday',
  '2024-03-01T00:00:00',
  '2024-3-1',
  '2024-02-30T00:00:00+01:00',
  '2024-03-01T00:00:00+25:00',
  '',
])('%j is refused', async (text) => {
  const error = { code: 'TIME_MALFORMED', option: 'start', value: text };
  expect(await failureOf(() => requestTime('start', text))).toEqual(error);
});
