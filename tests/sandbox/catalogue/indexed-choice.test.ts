import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexedChoice } from '../../../scripts/sandbox/catalogue/indexed-choice';
import type { AdfType } from '../../../scripts/sentinel/adf-types';
import { SELECTION_RULE_NAMES, type Sensing } from '../../../scripts/sentinel/selection-rules';
import { chooseFiles, type AdfFile } from '../../../scripts/sentinel/select-adfs';

const TYPE: AdfType = {
  longName: 'T',
  shortName: 'T',
  mission: 'S3OLCI',
  productTypes: [],
  rule: 'LatestValCover',
  variability: 'Static',
  validity: 'AnyTime',
  format: '',
};

/** Few different times, so that ties, touching ends and reversed intervals are frequent; halves test whole seconds. */
const time = fc.integer({ min: 0, max: 40 }).map((halves) => halves * 500);
const files = fc
  .array(fc.record({ start: time, stop: time, creation: time, band: fc.constantFrom('B01', 'B02', 'B8A') }), {
    maxLength: 40,
  })
  .chain((rows) => fc.boolean().map((banded) => rows.map((row, index) => fileOf(row, index, banded))));
const seconds = fc.integer({ min: -8, max: 8 });
const sensing: fc.Arbitrary<Sensing> = fc.record({ t0: time, t1: time, delta0: seconds, delta1: seconds });

function fileOf(
  row: { start: number; stop: number; creation: number; band: string },
  index: number,
  banded: boolean,
): AdfFile {
  const { band, ...validity } = row;
  return { ...validity, type: TYPE, name: banded ? `F${index}_${band}.TGZ` : `F${index}.TGZ` };
}

describe('the indexed choice is the plain one', () => {
  test.each(SELECTION_RULE_NAMES)('%s', (rule) => {
    fc.assert(
      fc.property(files, fc.array(sensing, { minLength: 1, maxLength: 4 }), (list, sensings) => {
        const choose = indexedChoice<AdfFile>();
        for (const item of sensings) expect(choose(list, rule, item)).toEqual(chooseFiles(list, rule, item));
      }),
      { numRuns: 400 },
    );
  });
});
