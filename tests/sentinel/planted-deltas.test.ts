import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import { misfitOf, acceptableChoices } from '../../scripts/sentinel/acceptable-choices';
import { typesOfMission, type AdfType } from '../../scripts/sentinel/adf-types';
import {
  conclusionOf,
  isPossible,
  learnDeltas,
  learnFrom,
  MAX_DELTA,
  NOTHING_KNOWN,
  type Observation,
} from '../../scripts/sentinel/learn-deltas';
import { sensingTimes } from '../../scripts/sentinel/level0-name';
import { publishedDeltas } from '../../scripts/sentinel/published-deltas';
import { chooseFiles, type AdfFile, type Deltas } from '../../scripts/sentinel/select-adfs';
import { RULES, SELECTION_RULE_NAMES } from '../../scripts/sentinel/selection-rules';
import { HOUR } from '../../scripts/sentinel/time';
import { rounds } from '../helpers/budget';
import { randomOf } from '../helpers/random';

const catalogue = builtinCatalogue();

/** A few products of each mission, and the files that any deltas can lead to. */
const SUBJECTS = (
  [
    ['S3OLCI', 'S3A_OL_0_EFR'],
    ['S3SLSTR', 'S3A_SL_0_SLT'],
    ['S3SRAL', 'S3A_SR_0_SRA'],
    ['S3MWR', 'S3A_MW_0_MWR'],
    ['S1SAR', 'S1A'],
    ['S2MSI', 'S2A'],
  ] as const
).flatMap(([mission, prefix]) => {
  const all = catalogue.level0Within(prefix, 0, Date.UTC(2100, 0, 1));
  const level0s = [0, 0.13, 0.31, 0.52, 0.74, 0.97].flatMap((part) => all[Math.floor(part * all.length)] ?? []);
  const products = level0s.flatMap(({ name, start, stop }) => {
    const times = mission === 'S2MSI' ? { t0: start, t1: stop } : sensingTimes(name);
    return 'error' in times ? [] : [times];
  });
  return typesOfMission(catalogue.types, mission).map((type) => {
    const files = catalogue.adfsOfType(type, mission.slice(0, 2), 'A');
    return { mission, type, products: products.map((times) => ({ ...times, candidates: near(files, type, times) })) };
  });
});

function near(files: readonly AdfFile[], { rule }: AdfType, { t0, t1 }: { t0: number; t1: number }) {
  const far = MAX_DELTA * 1000;
  return RULES[rule].among === 'any' ? files : files.filter(({ start, stop }) => start <= t1 + far && stop >= t0 - far);
}

const TABLES = rounds(10, 100);

function learned({ mission, type, products }: (typeof SUBJECTS)[number], planted: Deltas) {
  const published = publishedDeltas(mission, type.longName);
  const known = products.reduce((knowledge, { t0, t1, candidates }) => {
    const chosen = chooseFiles(candidates, type.rule, { t0, t1, ...planted }).map(({ name }) => name);
    return learnFrom(knowledge, type.rule, { t0, t1, candidates, chosen }, published);
  }, NOTHING_KNOWN);
  return { isPlantedPossible: isPossible(known, planted), kind: conclusionOf(known, published).kind };
}

describe('deltas that a service is configured with are among those that are learned', () => {
  test('the published table: each type is explained by zero or as published', () => {
    const planted = SUBJECTS.filter(({ mission, type }) => {
      const { delta0, delta1 } = publishedDeltas(mission, type.longName);
      return delta0 !== 0 || delta1 !== 0;
    });
    expect(planted).toHaveLength(21);
    const kinds = planted.map((item) => learned(item, publishedDeltas(item.mission, item.type.longName)));
    expect(kinds.filter(({ isPlantedPossible }) => !isPlantedPossible)).toEqual([]);
    expect(kinds.filter(({ kind }) => kind !== 'zero' && kind !== 'published')).toEqual([]);
    expect(kinds.some(({ kind }) => kind === 'published')).toBe(true);
  });

  test(`${TABLES} random tables of whole and half seconds, negative ones too, up to days: no false alarm`, () => {
    const random = randomOf(11);
    const wrong: unknown[] = [];
    for (let table = 0; table < TABLES; table++) {
      // Seconds, minutes, hours or days.
      const most = [5, 120, 7200, 4 * 86_400][table % 4] ?? 5;
      const delta = (): number => Math.round((random() - 0.4) * 2 * most * 2) / 2;
      for (const subject of SUBJECTS) {
        const planted = { delta0: delta(), delta1: delta() };
        const { isPlantedPossible, kind } = learned(subject, planted);
        if (!isPlantedPossible || kind === 'contradictory') wrong.push([table, subject.type.longName, planted, kind]);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** Files of three hours that begin every hour, in two bands, created in no order; the products come every few minutes. */
const [ANY_TYPE] = catalogue.types;
const FILES: readonly AdfFile[] = Array.from({ length: 60 }, (_, place) => {
  const start = Math.floor(place / 2) * HOUR + (place % 2) * 60_000;
  const creation = ((place * 37) % 61) * 60_000;
  if (!ANY_TYPE) throw new Error('no type');
  return { name: `F${place}_B0${(place % 2) + 1}.TGZ`, type: ANY_TYPE, start, stop: start + 3 * HOUR, creation };
});
const PLANTED: Deltas = { delta0: 90, delta1: -30.5 };

const bandOf = (name: string): string => name.slice(-7);

/** Wrong choices out of a right one. */
const MUTANTS: Readonly<Record<string, (right: readonly string[]) => readonly string[]>> = {
  'another, older file': ([first = '', ...others]) => {
    const older = FILES.filter(({ name, stop }) => bandOf(name) === bandOf(first) && stop < 6 * HOUR);
    return [older[0]?.name ?? '', ...others];
  },
  'a missing file': ([, ...others]) => others,
  'no file': () => [],
  'an extra file': (right) => [...right, FILES.find(({ name }) => !right.includes(name))?.name ?? ''],
  'the file of another band': (right) => [...right.filter((name) => bandOf(name) !== '_B02.TG'), right[0] ?? ''],
  'the first of the list in place of the last': (right) =>
    [FILES[0]?.name ?? '', FILES[1]?.name ?? ''].slice(0, right.length || 1),
  'no candidate': (right) => [...right.slice(1), 'UNKNOWN_B01.TGZ'],
};

describe('one wrong choice among many right ones is not explained by any deltas', () => {
  const cases = SELECTION_RULE_NAMES.flatMap((rule) => Object.keys(MUTANTS).map((mutant) => [rule, mutant] as const));
  test.each(cases)('%s: %s', (rule, mutant) => {
    const observations = Array.from({ length: 90 }, (_, place): Observation => {
      const t0 = 8 * HOUR + place * 457_000;
      const product = { t0, t1: t0 + 600_000 + (place % 3) * 1_000_000 };
      const chosen = chooseFiles(FILES, rule, { ...product, ...PLANTED }).map(({ name }) => name);
      return { ...product, candidates: FILES, chosen };
    });
    expect(learnDeltas(rule, observations).kind).not.toBe('contradictory');
    const place = observations.findIndex(({ chosen }, index) => index > 40 && chosen.length > 0);
    const before = observations[place];
    if (!before) throw new Error('no choice');
    const wrong = { ...before, chosen: MUTANTS[mutant]?.(before.chosen) ?? [] };
    const choices = acceptableChoices(rule, FILES, { ...before, ...PLANTED });
    // Some mutants choose right: the first file is the oldest one, for example.
    if (misfitOf(choices, wrong.chosen) === undefined) return;
    expect(learnDeltas(rule, observations.with(place, wrong)).kind).toBe('contradictory');
  });
});
