import { expect, test } from 'vitest';
import { edgeNames } from '../../scripts/contract-suite/engine/selection/edges';
import type { AdfType } from '../../scripts/sentinel/adf-types';
import { NO_DELTAS } from '../../scripts/sentinel/select-adfs';
import { sensingTimes } from '../../scripts/sentinel/level0-name';

const HOUR = 3_600_000;
const NOON = Date.parse('2024-03-01T12:00:00Z');

const TYPE: AdfType = {
  longName: 'OL_1_EO__AX',
  shortName: 'OL_1_EO__AX',
  mission: 'S3OLCI',
  productTypes: ['L1EFR'],
  rule: 'LatestValCover',
  variability: 'Dynamic',
  validity: 'ValidityPeriod',
  format: '',
};

/** Two minutes from noon. */
const EDGE = {
  sample: { mission: 'S3OLCI', unit: 'A', productType: 'L1EFR', what: '' },
  level0: 'S3A_OL_0_EFR____20240301T120000_20240301T120200_20240301T140000_0119_109_306______PS1_O_NR_002.SEN3.zip',
};

const file = (start: number, stop: number) => ({ name: `S3A_${TYPE.longName}_${start}`, start, stop, creation: 0 });

/** Minutes after noon at which the made-up products begin and end. */
function momentsOf(names: readonly string[]): (readonly number[])[] {
  return names.map((name) => {
    const times = sensingTimes(name);
    if ('error' in times) throw new Error(times.error);
    return [times.t0, times.t1].map((time) => (time - NOON) / 60_000);
  });
}

test('a product begins with the file and a second later, ends with it and a second earlier, and is as long as it was', () => {
  const moments = momentsOf(edgeNames(EDGE, [TYPE], [file(NOON - HOUR, NOON + HOUR)], () => NO_DELTAS));
  expect(moments).toEqual([
    [-60, -58],
    [-60 + 1 / 60, -58 + 1 / 60],
    [58, 60],
    [58 - 1 / 60, 60 - 1 / 60],
  ]);
});

test('where deltas widen the sensing, its edges are those of the widened one', () => {
  const deltas = { delta0: 600.5, delta1: -1800 };
  const begins = momentsOf(edgeNames(EDGE, [TYPE], [file(NOON - HOUR, NOON + HOUR)], () => deltas));
  expect(begins.map(([begin = 0, end = 0]) => [begin * 60 + 3600 - 600.5, end * 60 - 3600 - 1800])).toEqual([
    [-0.5, expect.any(Number)],
    [0.5, expect.any(Number)],
    [expect.any(Number), 0],
    [expect.any(Number), -1],
  ]);
});

test('between two files it is as close to both with its begin, its middle and its end', () => {
  const files = [file(NOON - HOUR, NOON + 10 * 24 * HOUR), file(NOON + HOUR, NOON + 11 * 24 * HOUR)];
  const begins = momentsOf(edgeNames(EDGE, [TYPE], files, () => NO_DELTAS)).map(([begin]) => begin);
  // The files are as far from noon, where the product is already: a second later the second one is closer.
  expect(begins).toContain(1 / 60);
  expect(begins).toContain(-59 / 60);
});

test('of files further away than a day there are no edges', () => {
  expect(edgeNames(EDGE, [TYPE], [file(NOON - 25 * HOUR, NOON + 100 * HOUR)], () => NO_DELTAS)).toEqual([]);
});
