import { describe, expect, test } from 'vitest';
import { baselineUrl, type BaselineRequest } from '../../scripts/services/rdb';
import { failureOf } from '../helpers/failure-of';

const ROOT = 'https://auxiliary.copernicus.eu/rdb.svc';
const NAME = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const OLCI = { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' };

test('by names: quoted, separated by commas without a blank', () => {
  expect(baselineUrl(ROOT, { ...OLCI, level0Names: [NAME, 'S3A_X'] })).toBe(
    `${ROOT}/getReprocessingDataBaseline(l0_names='${NAME},S3A_X',mission='S3OLCI',unit='A',product_type='L2LFR')`,
  );
});

test('by interval: start and stop without quotes', () => {
  const request = { ...OLCI, start: '2024-02-29T23:59:59Z', stop: '2024-03-02T00:00:00.5Z' };
  expect(baselineUrl(`${ROOT}/`, request)).toBe(
    `${ROOT}/getReprocessingDataBaseline(start=2024-02-29T23:59:59Z,stop=2024-03-02T00:00:00.5Z,mission='S3OLCI',unit='A',product_type='L2LFR')`,
  );
});

describe('refused before anything is sent', () => {
  const interval = (start: string, stop: string) => ({ ...OLCI, start, stop });
  const day = '2024-03-01T00:00:00Z';
  const cases: [string, BaselineRequest, string][] = [
    ['quote, which the service would delete', { ...OLCI, level0Names: ["S3A'"] }, 'USAGE'],
    ['double quote', { ...OLCI, level0Names: ['S3A"'] }, 'USAGE'],
    ['slash', { ...OLCI, level0Names: ['S3A/x'] }, 'USAGE'],
    ['comma within a name', { ...OLCI, level0Names: ['S3A,S3B'] }, 'USAGE'],
    ['no name: it would match every L0', { ...OLCI, level0Names: [] }, 'USAGE'],
    ['empty name', { ...OLCI, level0Names: [''] }, 'USAGE'],
    ['wildcard', { ...OLCI, level0Names: ['%'] }, 'USAGE'],
    ['blank after the comma, as the manuals print it', { ...OLCI, level0Names: ['S3A_X', ' S3A_Y'] }, 'L0_NAME_PADDED'],
    ['newline after a name', { ...OLCI, level0Names: ['S3A_X\n'] }, 'L0_NAME_PADDED'],
    ['quote in the mission', { ...OLCI, mission: "S3'", level0Names: ['S3A'] }, 'USAGE'],
    ['empty unit', { ...OLCI, unit: '', level0Names: ['S3A'] }, 'USAGE'],
    ['quoted start', interval(`'${day}'`, day), 'TIME_MALFORMED'],
    ['offset, which the service ignores', interval('2024-03-01T00:00:00+05:00', day), 'TIME_MALFORMED'],
    ['date alone', interval('2024-03-01', day), 'TIME_MALFORMED'],
    ['month 13', interval('2024-13-01T00:00:00Z', day), 'TIME_MALFORMED'],
    ['30 February', interval('2024-02-30T00:00:00Z', day), 'TIME_MALFORMED'],
    ['24 o’clock', interval('2024-02-28T24:00:00Z', day), 'TIME_MALFORMED'],
    ['start after stop', interval('2024-03-02T00:00:00Z', day), 'INTERVAL_ORDER'],
  ];
  test.each(cases)('%s', async (_name, request, code) => {
    expect((await failureOf(() => baselineUrl(ROOT, request))).code).toBe(code);
  });
});
