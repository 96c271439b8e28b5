/** What is judged of campaigns that are made here, with the truth at hand: no service, no command line. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCompleteness } from '../../scripts/campaign/completeness/check-completeness';
import { notesOf } from '../../scripts/campaign/completeness/notes';
import { collectManifest } from '../../scripts/campaign/manifest';
import { noteOnRepeatedFiles } from '../../scripts/campaign/unusual-names';
import { Failure } from '../../scripts/errors/errors';
import type { BaselineAnswer } from '../../scripts/services/schema/types/BaselineAnswer';
import { FOUND_MESSAGE } from '../../scripts/sentinel/level0-messages';
import {
  judgedCampaign,
  judgementOf,
  wantedTypes,
  type CampaignFacts,
} from '../../scripts/campaign/completeness/judge';
import { withAllowed } from '../../scripts/campaign/completeness/allowed';
import { judgeType } from '../../scripts/campaign/completeness/judge-type';
import { matrixOf } from '../../scripts/campaign/completeness/matrix-of-campaign';
import { cellAt } from '../../scripts/matrix/explain-cell';
import { findingAt, totalsOf, type CellState } from '../../scripts/matrix/matrix';
import { loadCatalogue } from '../../scripts/sandbox/catalogue/load-directory';
import type { AdfType } from '../../scripts/sentinel/adf-types';
import { publishedDeltas } from '../../scripts/sentinel/published-deltas';
import { chooseFiles, NO_DELTAS, type Deltas } from '../../scripts/sentinel/select-adfs';
import { IS_LONG, rounds, TURN } from '../helpers/budget';
import { inTurns } from '../helpers/in-turns';
import { campaignOf, catalogue, factsOf, namesOf, OLCI, type Made } from '../helpers/made-campaign';
import { pick, randomOf } from '../helpers/random';

/** Each plants its gaps in another tenth. */
const ROUNDS = rounds(4, 10);

describe('gaps that are planted in right baselines', () => {
  type Plant = (
    files: readonly string[],
    random: () => number,
  ) => { files: readonly string[]; type: string; state: CellState };
  const typeAt = (name: string): string =>
    wantedTypes(catalogue.types, 'S3OLCI', 'L2LFR').find(({ longName }) => name.includes(longName))?.longName ?? '';
  const otherFilesOf = (name: string): readonly string[] => {
    const type = catalogue.types.find(({ longName }) => longName === typeAt(name));
    return type ? catalogue.adfsOfType(type, 'S3', 'A').map((file) => file.name) : [];
  };
  const PLANTS: readonly Plant[] = [
    (files, random) => {
      const type = typeAt(pick(files, random));
      return { files: files.filter((name) => typeAt(name) !== type), type, state: 'missing' };
    },
    (files, random) => {
      const taken = pick(
        files.filter((name) => otherFilesOf(name).length > files.length / 20 + 1),
        random,
      );
      const [another = ''] = otherFilesOf(taken).filter((name) => !files.includes(name));
      return {
        files: files.map((name) => (name === taken ? another : name)),
        type: typeAt(taken),
        state: 'unexpected',
      };
    },
    (files, random) => {
      const besides = pick(
        files.filter((name) => otherFilesOf(name).some((item) => !files.includes(item))),
        random,
      );
      const [another = ''] = otherFilesOf(besides).filter((name) => !files.includes(name));
      return { files: [...files, another], type: typeAt(besides), state: 'unexpected' };
    },
  ];

  test(`${ROUNDS * 100} baselines, a gap in each tenth: every cell of the matrix is what was planted, and the verdict is red only then`, () => {
    const random = randomOf(7);
    for (let round = 0; round < ROUNDS; round++) {
      const names = Array.from({ length: 100 }, () => pick(OLCI.names, random));
      const facts = campaignOf({ ...OLCI, names: [...new Set(names)] });
      const planted = new Map<string, { type: string; state: CellState }>();
      const products = facts.products.map((product, place) => {
        if (place % 10 !== round) return product;
        const { files, type, state } = pick(PLANTS, random)(product.files, random);
        planted.set(product.name, { type, state });
        return { ...product, files };
      });
      const campaign = judgedCampaign({ ...facts, products });
      const matrix = matrixOf(campaign, { unit: 'A' });
      const seen = matrix.level0.flatMap(({ name }, column) =>
        matrix.types.flatMap(({ type }, row) => {
          const state = findingAt(matrix, row, column)?.state;
          return state === 'present' || state === 'not-applicable' ? [] : [{ name, type, state }];
        }),
      );
      const expected = [...planted].map(([name, gap]) => ({ name, ...gap }));
      const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
      expect(seen.sort(byName)).toEqual(expected.sort(byName));
      expect(judgementOf(campaign).errors.length).toBeGreaterThan(0);
    }
  });

  test('a cell explains itself: interval, margins, age, and what would be chosen otherwise', () => {
    const facts = campaignOf({ ...OLCI, names: OLCI.names.slice(0, 3) });
    const matrix = matrixOf(judgedCampaign(facts), { unit: 'A' });
    expect(totalsOf(matrix)).toMatchObject({ missing: 0, unexpected: 0, duplicate: 0, unknown: 0 });
    matrix.types.forEach(({ type, rule }, row) => {
      const cell = cellAt(matrix, row, 1);
      const level0 = matrix.level0[1];
      if (!cell?.interval || !rule || level0?.t0 === undefined || level0.t1 === undefined) throw new Error(type);
      expect(cell.interval).toEqual({ from: level0.t0, to: level0.t1 });
      for (const { marginBefore = NaN, marginAfter = NaN, start = NaN, stop = NaN } of cell.answered)
        expect([marginBefore, marginAfter]).toEqual([(level0.t0 - start) / 1000, (stop - level0.t1) / 1000]);
      const known = catalogue.types.find(({ longName }) => longName === type);
      const left = known
        ? catalogue.adfsOfType(known, 'S3', 'A').filter(({ name }) => !cell.answered.some((file) => file.name === name))
        : [];
      const next = chooseFiles(left, rule, { t0: level0.t0, t1: level0.t1, ...NO_DELTAS }).map(({ name }) => name);
      if (cell.answered.length > 0) expect([type, cell.otherwise?.map(({ name }) => name)]).toEqual([type, next]);
    });
    expect(cellAt(matrix, 0, 99)).toBeUndefined();
  });
});

/** A campaign with the files of one type changed in some baselines. */
function changing(
  made: Made,
  type: string,
  change: (own: readonly string[], place: number) => readonly string[],
): CampaignFacts {
  const facts = campaignOf(made);
  const isOwn = (name: string): boolean => name.includes(type);
  const products = facts.products.map((product, place) => {
    const own = product.files.filter(isOwn);
    return { ...product, files: [...product.files.filter((name) => !isOwn(name)), ...change(own, place)] };
  });
  return { ...facts, products };
}

const SAR = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const TWO_HOURS_LATER = SAR.replace('20201102T203348_20201102T203421', '20201102T223348_20201102T223421');
const AT_MIDNIGHT = SAR.replace('20201102T203348_20201102T203421', '20201103T003348_20201103T003421');

describe('what only looks explained', () => {
  const none = (): readonly string[] => [];
  const sar = (productType: string): Made => ({
    ...{ mission: 'S1SAR', unit: 'A', productType, names: [SAR, TWO_HOURS_LATER, AT_MIDNIGHT] },
  });
  /** Of all files of Sentinel-1, the same but for one. */
  const configured = (other: string, types = /./): ReadonlyMap<string, string> =>
    new Map(
      catalogue.types.flatMap((type) =>
        catalogue.adfsOfType(type, 'S1', 'A').map(({ name }) => {
          const usual = types.test(name) ? '7' : '';
          return [name, name === other ? '6' : usual] as const;
        }),
      ),
    );
  const calibrations = catalogue.types
    .filter(({ longName }) => longName === 'AUX_CAL')
    .flatMap((type) => catalogue.adfsOfType(type, 'S1', 'A').map(({ name }) => name));

  const isOfMarch = (name: string): boolean => name.startsWith('20240301T', 16);

  test('an older file for a whole day: the longest delta is no limit that answers show', () => {
    const [from, hours] = [Date.UTC(2024, 2, 1), 3_600_000];
    const file = (name: string, day: number) => ({
      ...{ name, start: from + day * 24 * hours, stop: from + (day + 10) * 24 * hours, creation: from + day * hours },
    });
    const products = Array.from({ length: 12 }, (_, place) => ({
      ...{ name: String(place), t0: from + (2 * place + 1) * hours, t1: from + (2 * place + 1.1) * hours },
    }));
    const type = catalogue.types.find(({ longName }) => longName === 'AX___FRO_AX');
    if (!type) throw new Error('no type');
    const judgedWith = (name: string) =>
      judgeType({
        ...{ type, mission: 'S3OLCI', candidates: [file('A', -1), file('B', 0)], products },
        ...{ judged: [...products.keys()], answers: products.map(() => ({ names: [name] })) },
      }).deviations.length;
    expect([judgedWith('B'), judgedWith('A')]).toEqual([0, 12]);
  });

  test('the neighbour of a file that spans just the interval that deltas would make', () => {
    const [name = ''] = OLCI.names.filter(isOfMarch).slice(6);
    const made = campaignOf({ ...OLCI, names: [name] });
    const type = made.types.find(({ longName }) => longName === 'AX___MA1_AX');
    const files = (type ? made.candidatesOf(type) : []).toSorted((a, b) => a.start - b.start).map((file) => file.name);
    const before = ([first = '', ...more]: readonly string[]): string[] => [
      files[files.indexOf(first) - 1] ?? '',
      ...more,
    ];
    const facts = changing({ ...OLCI, names: [name] }, 'AX___MA1_AX', before);
    expect(judgementOf(judgedCampaign(facts)).errors).not.toEqual([]);
  });

  test('a second file beside the latest, of which nothing is listed', () => {
    const made = { mission: 'S3SRAL', unit: 'A', productType: 'L1SRA', names: namesOf('S3A_SR_0_SRA').slice(0, 5) };
    const old = ([name = '']: readonly string[]) => [name, name.replace(/_2\d{7}T(?=\d{6}_+)/, '_20160301T')];
    const facts = changing(made, 'SR_1_USO_AX', (own, place) => (place === 2 ? old(own) : own));
    expect(judgementOf(judgedCampaign(facts))).toMatchObject({ errors: [{ code: 'ADF_UNEXPECTED' }], doubts: [] });
  });

  test('a maximal age, of Sentinel-3', () => {
    const made = {
      mission: 'S3MWR',
      unit: 'A',
      productType: 'L1MWR',
      names: namesOf('S3A_MW_0_MWR').filter(isOfMarch).slice(6, 7),
    };
    const facts = changing(made, 'AX___MF1_AX', none);
    expect(judgementOf(judgedCampaign(facts))).toMatchObject({ errors: [{ code: 'ADF_TYPE_MISSING' }], doubts: [] });
  });

  test('an instrument configuration: that of all other files, none at all, or one that neighbours have', () => {
    const errorsIn = (facts: CampaignFacts, configurations: ReadonlyMap<string, string>): string[] =>
      judgementOf(judgedCampaign({ ...facts, configurations })).errors.map(({ code }) => code);
    const swapped = (own: readonly string[]): readonly string[] => calibrations.filter((name) => !own.includes(name));
    const [other = ''] = swapped(changing(sar('L1SLC'), 'AUX_CAL', (own) => own).products[0]?.files ?? []);
    expect(errorsIn(changing(sar('L1SLC'), 'AUX_CAL', swapped), configured(other))).toEqual(['ADF_SUPERSEDED']);
    expect(errorsIn(changing(sar('L2OCN'), 'S1__AUX_WND', none), configured('', /^$/))).toEqual(['ADF_TYPE_MISSING']);
    const only = configured('', /AUX_PP2/);
    const middle = changing(sar('L2OCN'), 'AUX_PP2', (own, place) => (place === 1 ? [] : own));
    expect(errorsIn(middle, only)).toEqual(['ADF_TYPE_MISSING']);
    const last = changing(sar('L2OCN'), 'AUX_PP2', (own, place) => (place === 2 ? [] : own));
    expect(errorsIn(last, only)).toEqual([]);
  });
});

test('answers that differ for the same product: a finding, and what may be missing may be in some of them only', () => {
  const { products, ...facts } = campaignOf({ ...OLCI, names: OLCI.names.slice(0, 3) });
  const some = products.map((product, place) =>
    place === 1 ? { ...product, differing: product.files.filter((name) => name.includes('AUX_POEORB')) } : product,
  );
  const { errors } = judgementOf(judgedCampaign({ ...facts, products: some }));
  expect(errors).toMatchObject([{ code: 'ADF_ANSWERS_DIFFER', types: [{ type: 'AUX_POEORB', level0: 1 }], of: 3 }]);
  expect(withAllowed(errors, ['AUX_POEORB'])).toEqual({ errors: [], allowed: [{ type: 'AUX_POEORB', level0: 1 }] });
});

describe('what is said, and is no error', () => {
  test('a file that one baseline lists twice: a cell of its own kind, a note, and the file once', () => {
    const { products, ...facts } = campaignOf({ ...OLCI, names: OLCI.names.slice(0, 3) });
    const [first, second, third] = products;
    if (!first || !second || !third) throw new Error('no products');
    const collector = collectManifest('http://auxip.example/auxip.svc');
    const answer: BaselineAnswer['value'] = [first, second, third].map(({ name, files }, place) => ({
      Level0: name,
      Message: FOUND_MESSAGE,
      AuxDataFiles: (place === 1 ? [...files, ...files.slice(0, 1)] : files).map((file) => ({
        Name: file,
        AuxipLink: `http://auxip.example/auxip.svc/Products(00000000-0000-4000-8000-${String(files.indexOf(file)).padStart(12, '0')})/$value`,
      })),
    }));
    collector.add({ '@odata.context': '', value: answer });
    const { level0 } = collector.manifest();
    expect(level0.map(({ twice, files }) => [twice, files.length])).toEqual([
      [undefined, first.files.length],
      [second.files.slice(0, 1), second.files.length],
      [undefined, third.files.length],
    ]);
    expect(noteOnRepeatedFiles({ level0 })).toContain(
      `1 Level-0 product list a file more than once, such as ${second.files[0] ?? ''}`,
    );
    expect(noteOnRepeatedFiles({ level0: level0.slice(0, 1) })).toBeUndefined();
    const campaign = judgedCampaign({ ...facts, products: level0 });
    expect(judgementOf(campaign).errors).toEqual([]);
    expect(totalsOf(matrixOf(campaign, { unit: 'A' }))).toMatchObject({ duplicate: 1, missing: 0, unexpected: 0 });
  });

  test('services that do not answer in time: what was not judged, and why', async () => {
    const late = () => Promise.reject(new Failure({ code: 'TIME_LIMIT', what: 'the answer', seconds: 65 }));
    const { products } = campaignOf({ ...OLCI, names: OLCI.names.slice(0, 60) });
    const intervals = [{ from: 0, to: Date.UTC(2100, 0, 1), names: new Set(products.map(({ name }) => name)) }];
    const root = 'http://127.0.0.1:1';
    const checked = await checkCompleteness({
      site: {
        rdbRoot: `${root}/rdb.svc`,
        auxipRoot: `${root}/auxip.svc`,
        reprocessingRoot: `${root}/reprocessing.svc`,
      },
      request: {
        mission: 'S3OLCI',
        unit: 'A',
        productType: 'L2LFR',
        start: '2024-03-01T00:00:00Z',
        stop: '2024-03-02T00:00:00Z',
      },
      manifest: { level0: products, files: [], intervals },
      api: { get: late, getJson: late },
      auxip: { entriesByName: late, names: late },
      allowMissing: [],
      signal: new AbortController().signal,
      now: () => new Date(0),
    });
    expect(checked?.completeness).toMatchObject({ source: 'published table', errors: [] });
    const notes = checked ? notesOf(checked.completeness) : [];
    expect(notes.filter((note) => note.includes('65 s'))).toEqual([
      expect.stringMatching(/^reprocessing\.svc was not read, so that files were not compared: /),
      expect.stringMatching(/^Not judged: whether an interval leaves Level-0 products out\. /),
    ]);
  });
});

describe('what is right stays right', () => {
  test('whatever deltas a service is configured with', () => {
    const types = wantedTypes(catalogue.types, OLCI.mission, OLCI.productType);
    const seconds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 7200 }), fc.integer({ min: 0, max: 43_200 }));
    const table = fc.array(fc.record({ delta0: seconds, delta1: seconds }), {
      minLength: types.length,
      maxLength: types.length,
    });
    const names = OLCI.names.filter((_, place) => place % 8 === 0);
    fc.assert(
      fc.property(table, (rows) => {
        const deltas = new Map(types.map(({ longName }, place) => [longName, rows[place] ?? NO_DELTAS]));
        const deltasOf = ({ longName }: AdfType): Deltas => deltas.get(longName) ?? NO_DELTAS;
        const judged = judgementOf(judgedCampaign(campaignOf({ ...OLCI, names, deltasOf })));
        // A type may be missing where the deltas are so large that no file covers the interval: that looks like a gap.
        const alarms = judged.errors.filter(
          (error) =>
            error.code !== 'ADF_TYPE_MISSING' || error.types.some(({ example }) => example.answered.length > 0),
        );
        expect(alarms).toEqual([]);
      }),
      { numRuns: rounds(3, 8), seed: 14 },
    );
  });

  test('the published deltas', () => {
    const deltasOf = ({ longName }: AdfType): Deltas => publishedDeltas(OLCI.mission, longName);
    expect(judgementOf(judgedCampaign(campaignOf({ ...OLCI, deltasOf }))).errors).toEqual([]);
  });

  test('20 000 Level-0 products', () => {
    const [first = ''] = OLCI.names;
    const at = (place: number): string => {
      const stamp = (time: number): string =>
        new Date(time)
          .toISOString()
          .replace(/[-:]|\.\d+/g, '')
          .slice(0, 15);
      const start = Date.UTC(2024, 2, 1) + (place * 86_400_000) / 20_000;
      return first
        .replace(/\d{8}T\d{6}_\d{8}T\d{6}/, `${stamp(start)}_${stamp(start + 118_000)}`)
        .replace(/_\d{4}_(?=\d{3}_)/, `_${String(place % 10_000).padStart(4, '0')}_`)
        .replace(/NR_002/, `NR_${String(Math.floor(place / 10_000)).padStart(3, '0')}`);
    };
    const names = Array.from({ length: 20_000 }, (_, place) => at(place));
    expect(new Set(names).size).toBe(20_000);
    const facts = campaignOf({ ...OLCI, names });
    const products = facts.products.map((product, place) =>
      place % 2 === 0 ? product : { ...product, files: product.files.slice(1) },
    );
    const campaign = judgedCampaign({ ...facts, products });
    const matrix = matrixOf(campaign, { unit: 'A' });
    expect(totalsOf(matrix).missing).toBe(10_000);
    expect(judgementOf(campaign).errors).toMatchObject([
      { code: 'ADF_TYPE_MISSING', of: 20_000, types: [{ level0: 10_000 }] },
    ]);
  });

  const REAL_NAMES = path.join(__dirname, '../../../shared/catalogue');
  const testOnRealNames = existsSync(REAL_NAMES) ? inTurns(2) : test.skip;
  testOnRealNames('some of the baselines that rdb.svc was recorded to answer, others at each commit', async () => {
    const file = path.join(__dirname, '../fixtures/recorded/baseline-vectors.json.gz');
    const { baselines } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
      baselines: {
        mission: string;
        unit: string;
        product_type: string;
        level0: string;
        message: string;
        names: string[];
      }[];
    };
    const { catalogue: real } = await loadCatalogue(REAL_NAMES);
    const red = baselines
      .filter((_, place) => IS_LONG || place % 12 === TURN % 12)
      .flatMap(({ mission, unit, product_type: productType, level0, message, names }) => {
        const product = { name: level0, known: !message.startsWith('Warning'), files: names };
        const { errors } = judgementOf(judgedCampaign(factsOf([product], { mission, unit, productType }, real)));
        return errors.length > 0 && names.length > 0 ? [{ level0, productType, errors }] : [];
      });
    expect(red).toEqual([]);
  });
});
