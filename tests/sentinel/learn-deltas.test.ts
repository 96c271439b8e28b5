import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isExplained,
  isPossible,
  learnFrom,
  NOTHING_KNOWN,
  type Observation,
} from '../../scripts/sentinel/learn-deltas';
import { groupByBand } from '../../scripts/sentinel/bands';
import {
  applyRule,
  SELECTION_RULE_NAMES,
  type SelectionRuleName,
  type Validity,
} from '../../scripts/sentinel/selection-rules';
import { NO_DELTAS, type Deltas } from '../../scripts/sentinel/select-adfs';
import { rounds } from '../helpers/budget';

type File = Validity & { readonly name: string };

const seconds = (from: number, to: number) => fc.integer({ min: from, max: to }).map((value) => value * 1000);
const halves = (most: number) => fc.integer({ min: -2 * most, max: 2 * most }).map((value) => value / 2);

/** A crowded little world, where files begin, end and tie at the same seconds; some stop before they start. */
const filesArb: fc.Arbitrary<File[]> = fc
  .array(fc.record({ start: seconds(-9, 15), length: seconds(-1, 12), creation: seconds(0, 4), name: fc.nat(9) }), {
    maxLength: 8,
  })
  .map((files) =>
    files.map(({ start, length, creation, name }) => ({ name: `F${name}`, start, stop: start + length, creation })),
  );

const productArb = fc.record({ t0: seconds(0, 8), t1: seconds(0, 8) });

const deltasArb: fc.Arbitrary<Deltas> = fc.record({ delta0: halves(6), delta1: halves(6) });

/** Rules whose distances are rounded: pairs within the rounding are not excluded. */
const ROUNDED: readonly SelectionRuleName[] = ['LatestValidityClosest', 'BestCentredCover'];

const BOX: readonly Deltas[] = Array.from({ length: 33 * 33 }, (_, place) => {
  return { delta0: (place % 33) / 2 - 8, delta1: Math.floor(place / 33) / 2 - 8 };
});

function answer(
  rule: SelectionRuleName,
  candidates: readonly File[],
  product: { t0: number; t1: number },
  deltas: Deltas,
): Observation {
  const chosen = groupByBand(candidates).flatMap((files) => applyRule(rule, files, { ...product, ...deltas }));
  return { candidates, ...product, chosen: chosen.map(({ name }) => name) };
}

describe('the pairs that explain answers', () => {
  test.each(SELECTION_RULE_NAMES)('%s: those with which the rule chooses the same, and no others', (rule) => {
    const exact = !ROUNDED.includes(rule);
    fc.assert(
      fc.property(
        filesArb,
        fc.array(productArb, { minLength: 1, maxLength: 3 }),
        deltasArb,
        (files, products, planted) => {
          const observations = products.map((product) => answer(rule, files, product, planted));
          const known = observations.reduce(
            (knowledge, item) => learnFrom(knowledge, rule, item, NO_DELTAS),
            NOTHING_KNOWN,
          );
          const wrong = [planted, ...BOX].filter((deltas) => {
            const explained = observations.every((item) => isExplained(rule, item, deltas));
            return (exact || explained) && isPossible(known, deltas) !== explained;
          });
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: rounds(50, 500) },
    );
  });
});

test('an answer without candidates leaves every pair possible, also when what is known was kept as JSON, as by the suite', () => {
  const nothing: Observation = { candidates: [], t0: 0, t1: 1000, chosen: [] };
  const known = learnFrom(NOTHING_KNOWN, 'LatestValCover', nothing, NO_DELTAS);
  const kept = JSON.parse(JSON.stringify(known)) as typeof known;
  expect(isPossible(kept, { delta0: -600, delta1: 7200 })).toBe(true);
});
