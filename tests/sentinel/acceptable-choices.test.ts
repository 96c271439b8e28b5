import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptableChoices, misfitOf } from '../../scripts/sentinel/acceptable-choices';
import { chooseFiles, type AdfFile } from '../../scripts/sentinel/select-adfs';
import { SELECTION_RULE_NAMES, type Sensing } from '../../scripts/sentinel/selection-rules';
import { publishedTypes } from '../../scripts/sentinel/published-types';
import { fileOf, sensingOf, VECTORS } from './vectors';

const [type] = publishedTypes();
if (!type) throw new Error('no published type');

const namesOf = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name);

const secondsArb = (from: number, to: number) => fc.integer({ min: from, max: to }).map((seconds) => seconds * 1000);

/** Few different times, so that files tie often. */
const filesArb = fc
  .array(fc.record({ start: secondsArb(0, 6), length: secondsArb(1, 8), creation: secondsArb(0, 3) }), { maxLength: 9 })
  .map((files) =>
    files.map(({ start, length, creation }, index): AdfFile => {
      return { name: `F${index}`, type, start, stop: start + length, creation };
    }),
  );

const sensingArb: fc.Arbitrary<Sensing> = fc.record({
  t0: secondsArb(0, 10),
  t1: secondsArb(0, 10),
  delta0: fc.integer({ min: -4, max: 4 }).map((halves) => halves / 2),
  delta1: fc.integer({ min: -4, max: 4 }).map((halves) => halves / 2),
});

describe('choices that are right whatever the order of the list', () => {
  test.each(SELECTION_RULE_NAMES)('%s: what is chosen in some order, and nothing else', (rule) => {
    fc.assert(
      fc.property(filesArb, sensingArb, (files, sensing) => {
        const right = acceptableChoices(rule, files, sensing);
        const orders = files.flatMap((_, at) => {
          const turned = [...files.slice(at), ...files.slice(0, at)];
          return [turned, turned.toReversed()];
        });
        const chosen = [files, ...orders].map((order) => namesOf(chooseFiles(order, rule, sensing)));
        for (const names of chosen) expect(misfitOf(right, names)).toBeUndefined();
        expect(new Set(right.flatMap(namesOf))).toEqual(new Set(chosen.flat()));
      }),
      { numRuns: 400 },
    );
  });

  const vectors = [...VECTORS.rules_from_java_tests.vectors, ...VECTORS.rules_edge_observed];
  test.each(vectors)('recorded: $id $rule: $note', (vector) => {
    const files = vector.files.map((file) => ({ ...fileOf(file), type }));
    expect(misfitOf(acceptableChoices(vector.rule, files, sensingOf(vector)), vector.expected)).toBeUndefined();
  });
});

describe('what is wrong with a choice', () => {
  const at = (time: string) => Date.parse(`2020-06-01T${time}Z`);
  const file = (name: string, creation: string, start = '00:00:00'): AdfFile => {
    return { name, type, start: at(start), stop: at('23:00:00'), creation: at(creation) };
  };
  const noon: Sensing = { t0: at('12:00:00'), t1: at('12:10:00'), delta0: 0, delta1: 0 };

  test('files of the same creation: either is right, both or none are not, an older one is not', () => {
    // As recorded: two forecasts of AUX_ECMWFD that were created at the same time both cover the product.
    const tied = [file('a', '10:00:00'), file('b', '10:00:00', '03:00:00'), file('old', '09:00:00')];
    const right = acceptableChoices('LatestValCover', tied, noon);
    expect(misfitOf(right, ['a'])).toBeUndefined();
    expect(misfitOf(right, ['b'])).toBeUndefined();
    expect(misfitOf(right, ['a', 'b'])).toEqual({ lost: [], extra: ['b'] });
    expect(misfitOf(right, [])).toEqual({ lost: [tied.slice(0, 2)], extra: [] });
    expect(misfitOf(right, ['old'])).toEqual({ lost: [tied.slice(0, 2)], extra: ['old'] });
  });

  test('bands: one of each, ties within a band only', () => {
    const names = ['X_B01.TGZ', 'Y_B01.TGZ', 'X_B02.TGZ'];
    const right = acceptableChoices('LatestGeneration', names.map((name) => file(name, '10:00:00')), noon); // prettier-ignore
    expect(misfitOf(right, ['X_B02.TGZ', 'Y_B01.TGZ'])).toBeUndefined();
    expect(misfitOf(right, ['X_B01.TGZ', 'Y_B01.TGZ'])?.lost.map(namesOf)).toEqual([['X_B02.TGZ']]);
  });

  test('a record that is listed twice is expected twice where every file is chosen', () => {
    const twice = [file('a', '10:00:00'), file('a', '10:00:00')];
    expect(misfitOf(acceptableChoices('ValCover', twice, noon), ['a', 'a'])).toBeUndefined();
    expect(misfitOf(acceptableChoices('ValCover', twice, noon), ['a'])?.lost).toHaveLength(1);
    expect(misfitOf(acceptableChoices('LatestValCover', twice, noon), ['a'])).toBeUndefined();
  });
});
