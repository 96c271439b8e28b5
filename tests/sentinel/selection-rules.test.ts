import { describe, expect, test } from 'vitest';
import { applyRule, SELECTION_RULE_NAMES } from '../../scripts/sentinel/selection-rules';
import { fileOf, sensingOf, VECTORS } from './vectors';

const { rules_from_java_tests: fromTests, rules_edge_observed: edges } = VECTORS;

describe('the rules as the service was recorded to apply them (rdb.md#selection-rules)', () => {
  test.each([...fromTests.vectors, ...edges])('$id $rule: $note', (vector) => {
    const chosen = applyRule(vector.rule, vector.files.map(fileOf), sensingOf(vector));
    expect(chosen.map(({ name }) => name)).toEqual(vector.expected);
  });

  test('every rule has a recorded vector', () => {
    expect(new Set(fromTests.vectors.map(({ rule }) => rule))).toEqual(new Set(SELECTION_RULE_NAMES));
  });
});

describe('ties and edges that no recorded vector covers (rdb.md#selection-rules)', () => {
  const at = (time: string) => Date.parse(`2020-01-01T${time}Z`);
  const file = (name: string, start: string, stop: string, creation: string) => ({
    name,
    start: at(start),
    stop: at(stop),
    creation: at(creation),
  });
  const noon = { t0: at('12:00:00'), t1: at('12:10:00'), delta0: 0, delta1: 0 };
  const names = (files: readonly { name: string }[]) => files.map(({ name }) => name);

  test('rules 7 and 9: equal distance, the oldest creation, whatever the order', () => {
    const early = file('early', '11:00:00', '13:00:00', '01:00:00');
    const late = file('late', '11:00:00', '14:00:00', '02:00:00');
    for (const rule of ['LatestValidityClosest', 'LatestValCoverClosest', 'LargestOverlap'] as const) {
      expect(names(applyRule(rule, [early, late], noon))).toEqual(['early']);
      expect(names(applyRule(rule, [late, early], noon))).toEqual(['early']);
    }
  });

  test('rules 7 and 9: the same creation too, the first and the last', () => {
    const item = file('one', '11:00:00', '13:00:00', '01:00:00');
    const another = { ...item, name: 'other' };
    expect(names(applyRule('LatestValidityClosest', [item, another], noon))).toEqual(['one']);
    expect(names(applyRule('LatestValCoverClosest', [item, another], noon))).toEqual(['other']);
  });

  test('rule 2: the last of those created in the same second', () => {
    const item = file('one', '11:00:00', '13:00:00', '01:00:00');
    expect(names(applyRule('LatestValIntersect', [item, { ...item, name: 'other' }], noon))).toEqual(['other']);
  });

  test('rule 6 falls back to the greatest start only when nothing covers', () => {
    const covering = file('covering', '11:00:00', '13:00:00', '01:00:00');
    const future = file('future', '20:00:00', '21:00:00', '01:00:00');
    expect(names(applyRule('LatestValCoverLatestValidity', [covering, future], noon))).toEqual(['covering']);
    expect(names(applyRule('LatestValCoverLatestValidity', [future], noon))).toEqual(['future']);
  });

  test('fractions of a second do not count in distances', () => {
    const sharp = file('sharp', '11:59:00', '13:00:00', '01:00:00');
    const earlier = { ...sharp, name: 'earlier', start: sharp.start - 900 };
    expect(names(applyRule('ClosestStartValidity', [earlier, sharp], noon))).toEqual(['earlier']);
  });

  test('the files given are not touched', () => {
    const files = Object.freeze([
      file('b', '11:00:00', '13:00:00', '02:00:00'),
      file('a', '11:00:00', '13:00:00', '01:00:00'),
    ]);
    for (const rule of SELECTION_RULE_NAMES) applyRule(rule, files, noon);
    expect(names(files)).toEqual(['b', 'a']);
  });
});
