import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesOf } from '../../scripts/campaign/request/batches';
import { baselineUrl } from '../../scripts/services/rdb';

const ROOT = 'https://auxiliary.copernicus.eu/rdb.svc';
const selection = { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' };
const name = (index: number): string =>
  `S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_${String(index).padStart(4, '0')}_109_302______PS1_O_NR_002.SEN3.zip`;

test('an interval is one call, the other form stays empty', () => {
  const rows = batchesOf({ ...selection, start: '2024-03-01T00:00:00Z', stop: '2024-03-02T00:00:00Z' }, ROOT);
  expect(rows).toEqual([
    {
      mission: 'S3OLCI',
      unit: 'A',
      product_type: 'L2LFR',
      l0_names: '',
      start: '2024-03-01T00:00:00Z',
      stop: '2024-03-02T00:00:00Z',
    },
  ]);
});

test('any number of names: all, once, in their order, below 2000 characters of URL, as few calls as that allows', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), (count) => {
      const level0Names = Array.from({ length: count }, (_, index) => name(index));
      const rows = batchesOf({ ...selection, level0Names }, ROOT);
      const batches = rows.map((row) => row.l0_names.split(','));
      expect(batches.flat()).toEqual(level0Names);
      for (const batch of batches)
        expect(baselineUrl(ROOT, { ...selection, level0Names: batch }).length).toBeLessThan(2000);
      // 18 names of Sentinel-3 fit (rdb.md#length-of-a-request).
      expect(batches.length).toBe(Math.ceil(count / 18));
    }),
    { numRuns: 50 },
  );
});
