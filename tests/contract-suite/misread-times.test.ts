import { describe, expect, test } from 'vitest';
import type { Knowledge } from '../../scripts/contract-suite/engine/selection/knowledge';
import { misreadTimes } from '../../scripts/contract-suite/engine/selection/misread-times';
import { learnFrom, NOTHING_KNOWN } from '../../scripts/sentinel/learn-deltas';
import { NO_DELTAS, type Deltas } from '../../scripts/sentinel/select-adfs';
import { applyRule } from '../../scripts/sentinel/selection-rules';

const HOUR = 3_600_000;
/** A file for each hour, and sensings at its edges. */
const FILES = Array.from({ length: 96 }, (_, hour) => ({
  name: `F${hour}`,
  start: hour * HOUR,
  stop: (hour + 1) * HOUR,
  creation: hour,
}));
const SENSINGS = [0, 1, 59].map((minutes) => ({
  t0: 24 * HOUR + minutes * 60_000,
  t1: 24 * HOUR + minutes * 60_000 + 1000,
}));

/** What is known after a service answered with these deltas. */
function knownOf(deltas: Deltas) {
  return SENSINGS.reduce((known, sensing) => {
    const chosen = applyRule('ValIntersectWithoutDuplicate', FILES, { ...sensing, ...deltas }).map(({ name }) => name);
    return learnFrom(known, 'ValIntersectWithoutDuplicate', { candidates: FILES, ...sensing, chosen }, NO_DELTAS);
  }, NOTHING_KNOWN);
}

const LATER: Deltas = { delta0: -7200, delta1: 7200 };

/** Types of S2MSI; one of another mission is as it should be. */
function knowledgeOf(...deltas: readonly Deltas[]): Knowledge {
  const own = deltas.map((each, place) => [`S2MSI T${place}`, { known: knownOf(each) }] as const);
  const types = Object.fromEntries([...own, ['S1SAR OTHER', { known: knownOf(NO_DELTAS) }] as const]);
  return { types, attributes: {} };
}

describe('a mission whose times are read otherwise', () => {
  test('is one whose types all have the files of a sensing some hours away', () => {
    expect(misreadTimes(knowledgeOf(LATER, LATER, LATER))).toBe(
      'S2MSI: all 3 types have the files of a sensing 7200 s after the one named',
    );
  });

  test('a type of which nothing is known changes nothing', () => {
    const { types, attributes } = knowledgeOf(LATER, LATER, LATER);
    const more = { ...types, 'S2MSI SILENT': { known: NOTHING_KNOWN } };
    expect(misreadTimes({ types: more, attributes })).toMatch(/^S2MSI: all 4 types/);
  });

  test.each([
    ['ends 3600 s after', { delta0: 0, delta1: 3600 }],
    ['ends 3600 s before', { delta0: 0, delta1: -3600 }],
    ['begins 7200 s before', { delta0: 7200, delta1: 0 }],
  ] as const)('or one whose types all have the files of a sensing that %s', (words, deltas) => {
    const same = Array<Deltas>(5).fill(deltas);
    expect(misreadTimes(knowledgeOf(...same))).toBe(
      `S2MSI: all 5 types have the files of a sensing that ${words} the one named`,
    );
    expect(misreadTimes(knowledgeOf(...same.slice(1)))).toBeUndefined();
    expect(misreadTimes(knowledgeOf(...same, NO_DELTAS))).toBeUndefined();
  });

  test('a type whose files are those of another day has them whatever the time', () => {
    const days = (count: number): Deltas => ({ delta0: -count * 86_400, delta1: count * 86_400 });
    const words = 'S2MSI T0: its files are those of a sensing more than 48 h away';
    expect(misreadTimes(knowledgeOf(days(2)))).toBe(words);
    expect(misreadTimes(knowledgeOf(days(0.9)))).toBeUndefined();
    expect(misreadTimes(knowledgeOf({ delta0: 2 * 86_400, delta1: 2 * 86_400 }))).toBeUndefined();
  });

  test.each([
    ['two types are not enough', [LATER, LATER]],
    ['one type tells that the times are right', [LATER, LATER, LATER, NO_DELTAS]],
    ['a sensing that is widened is at no other time', Array<Deltas>(3).fill({ delta0: 7200, delta1: 7200 })],
    ['one type is widened, too', [LATER, LATER, LATER, { delta0: 7200, delta1: 7200 }]],
    ['zero is right', [NO_DELTAS, NO_DELTAS, NO_DELTAS]],
    ['an amount that no clock is wrong by', Array<Deltas>(3).fill({ delta0: -5000, delta1: 5000 })],
  ])('%s', (_why, deltas) => {
    expect(misreadTimes(knowledgeOf(...deltas))).toBeUndefined();
  });
});
