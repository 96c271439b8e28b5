import { describe, expect, test } from 'vitest';
import {
  edgeNames,
  FAR_ROUND,
  NEAR_ROUND,
  NEWEST_ROUND,
  UNUSUAL_ROUND,
} from '../../scripts/contract-suite/engine/selection/edges';
import type { Opinion } from '../../scripts/contract-suite/engine/selection/judge';
import type { AdfType } from '../../scripts/sentinel/adf-types';
import { NO_DELTAS } from '../../scripts/sentinel/select-adfs';
import { MAX_DELTA } from '../../scripts/sentinel/learn-deltas';
import { sensingTimes } from '../../scripts/sentinel/level0-name';
import { applyRule, SELECTION_RULE_NAMES, type SelectionRuleName } from '../../scripts/sentinel/selection-rules';

const USUAL: Opinion = { deltas: NO_DELTAS, isSilent: false };
const UNUSUAL: Opinion = { ...USUAL, unusual: [NO_DELTAS, { delta0: 60, delta1: 60 }] };

const HOUR = 3_600_000;
const SEED = '20261129';
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
  round: NEAR_ROUND,
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
  const moments = momentsOf(edgeNames(EDGE, [TYPE], [file(NOON - HOUR, NOON + HOUR)], () => USUAL, SEED));
  expect(moments).toEqual([
    [-60, -58],
    [-60 + 1 / 60, -58 + 1 / 60],
    [58, 60],
    [58 - 1 / 60, 60 - 1 / 60],
  ]);
});

test('where deltas widen the sensing, its edges are those of the widened one', () => {
  const deltas = { delta0: 600.5, delta1: -1800 };
  const begins = momentsOf(
    edgeNames(EDGE, [TYPE], [file(NOON - HOUR, NOON + HOUR)], () => ({ ...USUAL, deltas }), SEED),
  );
  expect(begins.map(([begin = 0, end = 0]) => [begin * 60 + 3600 - 600.5, end * 60 - 3600 - 1800])).toEqual([
    [-0.5, expect.any(Number)],
    [0.5, expect.any(Number)],
    [expect.any(Number), 0],
    [expect.any(Number), -1],
  ]);
});

test('what is unusual is tried once more at both ends of what was learned, with a sensing twice as long, further away', () => {
  const edge = { ...EDGE, round: UNUSUAL_ROUND };
  const far = file(NOON - 48 * HOUR, NOON + 48 * HOUR);
  const moments = momentsOf(edgeNames(edge, [TYPE], [far], () => UNUSUAL, SEED));
  expect(new Set(moments.map(([begin = 0, end = 0]) => Math.round((end - begin) * 60)))).toEqual(new Set([4 * 60]));
  const begins = moments.map(([begin]) => begin);
  expect([begins[0], begins[4]]).toEqual([-48 * 60, -48 * 60 + 1]);
});

test('a type without any file is tried where every file covers the sensing, whatever the deltas: it ends before it begins', () => {
  const edge = { ...EDGE, round: UNUSUAL_ROUND };
  const silent = () => ({ ...UNUSUAL, isSilent: true });
  const days = 24 * 60;
  expect(momentsOf(edgeNames(edge, [TYPE], [file(NOON - HOUR, NOON + HOUR)], silent, SEED))).toEqual([
    [10 * days, -10 * days],
  ]);
  expect(edgeNames(edge, [TYPE], [file(NOON + 1, NOON + HOUR)], silent, SEED)).toEqual([]);
});

test('between two files it is as close to both with its begin, its middle and its end', () => {
  const files = [file(NOON - HOUR, NOON + 10 * 24 * HOUR), file(NOON + HOUR, NOON + 11 * 24 * HOUR)];
  const begins = momentsOf(edgeNames(EDGE, [TYPE], files, () => USUAL, SEED)).map(([begin]) => begin);
  // The files are as far from noon, where the product is already: a second later the second one is closer.
  expect(begins).toContain(1 / 60);
  expect(begins).toContain(-59 / 60);
});

test('of files further away than a day there are no edges', () => {
  expect(edgeNames(EDGE, [TYPE], [file(NOON - 25 * HOUR, NOON + 100 * HOUR)], () => USUAL, SEED)).toEqual([]);
});

test('a type without any file whose files need only touch the sensing is tried with one that touches them however it is narrowed', () => {
  const edge = { ...EDGE, round: UNUSUAL_ROUND };
  const touching = { ...TYPE, rule: 'ValIntersectWithoutDuplicate' } as const;
  const silent = () => ({ ...UNUSUAL, isSilent: true });
  const days = 24 * 60;
  expect(momentsOf(edgeNames(edge, [touching], [file(NOON - HOUR, NOON + HOUR)], silent, SEED))).toEqual([
    [-10 * days, 10 * days],
  ]);
});

describe('at any time of the mission', () => {
  const year = 365 * 24 * HOUR;
  const files = [0, 1, 2, 3].map((place) => ({
    ...file(NOON - (6 - place) * year, NOON + (place === 1 ? 9 : place) * year),
    creation: NOON - ((place * 2) % 5) * year,
  }));
  const far = edgeNames({ ...EDGE, round: FAR_ROUND }, [TYPE], files, () => USUAL, SEED);
  const chosen = (rule: SelectionRuleName, name: string): string => {
    const times = sensingTimes(name);
    if ('error' in times) throw new Error(times.error);
    return applyRule(rule, files, { ...times, ...NO_DELTAS })
      .map(({ start }) => start)
      .join();
  };

  test.each(SELECTION_RULE_NAMES.filter((rule) => rule !== TYPE.rule))('%s chooses another file somewhere', (rule) => {
    expect(far.filter((name) => chosen(rule, name) !== chosen(TYPE.rule, name))).not.toEqual([]);
  });

  test.each(['LatestValIntersect', 'LatestValCover'] as const)(
    '%s: a lone file is tried where no deltas explain the other kind',
    (rule) => {
      const lone = file(NOON - 6 * year, NOON + 90 * year);
      const names = edgeNames({ ...EDGE, round: FAR_ROUND }, [{ ...TYPE, rule }], [lone], () => USUAL, SEED);
      const times = names.map((name) => {
        const read = sensingTimes(name);
        if ('error' in read) throw new Error(read.error);
        return read;
      });
      const days = [-MAX_DELTA, 0, MAX_DELTA];
      const deltas = days.flatMap((delta0) => days.map((delta1) => ({ delta0, delta1 })));
      const tells = times.filter((sensing) =>
        deltas.every((each) => {
          const chosenBy = (name: SelectionRuleName) => applyRule(name, [lone], { ...sensing, ...each }).length;
          return chosenBy('LatestValIntersect') === 1 && chosenBy('LatestValCover') === 0;
        }),
      );
      expect(tells).toHaveLength(1);
    },
  );

  test('few names, the same for the same seed', () => {
    expect(far.length).toBeGreaterThan(0);
    expect(far.length).toBeLessThanOrEqual(5);
    const again = edgeNames({ ...EDGE, round: FAR_ROUND }, [TYPE], files, () => USUAL, SEED);
    expect(again).toEqual(far);
  });
});

describe('the last day of a year', () => {
  const EDGE_OF_YEAR = { ...EDGE, round: FAR_ROUND };
  const from = (...days: readonly string[]) =>
    days.map((day) => ({ ...file(Date.parse(day), Date.parse('2099-12-31')), creation: Date.parse(day) }));
  const firstOf = (...days: readonly string[]) => edgeNames(EDGE_OF_YEAR, [TYPE], from(...days), () => USUAL, SEED)[0];

  test('is tried first where other files are chosen a year later, and ends in the first week of the next', () => {
    // Monday, 2018-12-31; 2017 ends on a Sunday.
    expect(firstOf('2016-02-01', '2018-03-01', '2019-02-01')).toMatch(/_20181231T000000_20181231T000200_/);
  });

  test('is not tried where the year makes no difference', () => {
    expect(firstOf('2016-02-01')).not.toMatch(/1231T/);
  });
});

describe('the newest files', () => {
  const DAYS = 24 * HOUR;
  const daily = (...creations: readonly number[]) =>
    creations.map((creation, place) => ({ ...file(NOON + (place - 1) * DAYS, NOON + (place + 2) * DAYS), creation }));
  const asked = (files: ReturnType<typeof daily>) =>
    momentsOf(edgeNames({ ...EDGE, round: NEWEST_ROUND }, [TYPE], files, () => USUAL, SEED)).map(([begin]) => begin);

  test('are tried just after the one created last begins to hold, in the middle, and two days later', () => {
    expect(asked(daily(NOON, NOON + 1))).toEqual([1 / 60, 36 * 60 - 1, 48 * 60]);
  });

  test('are those of a month ago: younger ones a service that was not started again since does not know', () => {
    expect(asked(daily(NOON, NOON + 1, Date.now() - 29 * DAYS))).toEqual([1 / 60]);
    expect(asked(daily(NOON, NOON + 1, Date.now() - 31 * DAYS))).toEqual([24 * 60 + 1 / 60, 60 * 60 - 1, 72 * 60]);
  });
});
