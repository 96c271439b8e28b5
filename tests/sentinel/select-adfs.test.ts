import { describe, expect, test } from 'vitest';
import type { AdfType } from '../../scripts/sentinel/adf-types';
import {
  selectAdfs,
  type AdfFile,
  type SelectionRequest,
  type SelectionSource,
} from '../../scripts/sentinel/select-adfs';

const TYPE: AdfType = {
  longName: 'OL_2_PPP_AX',
  shortName: 'OL_2_PPP_AX',
  mission: 'S3OLCI',
  productTypes: ['L2LFR'],
  rule: 'ValIntersectWithoutDuplicate',
  variability: 'Static',
  validity: 'AnyTime',
  format: 'NCDF',
};

const type = (longName: string, changes: Partial<AdfType> = {}): AdfType => ({ ...TYPE, longName, ...changes });

const file = (name: string, ofType: AdfType, start = 0, stop = 100_000): AdfFile => ({
  name,
  type: ofType,
  start,
  stop,
  creation: 0,
});

const REQUEST: SelectionRequest = {
  level0: 'S3A_OL_0_EFR',
  t0: 10_000,
  t1: 20_000,
  mission: 'S3OLCI',
  unit: 'A',
  productType: 'L2LFR',
};

/** One file for every type, named as the type, unless told otherwise. */
function sourceOf(types: AdfType[], more: Partial<SelectionSource<AdfFile>> = {}): SelectionSource<AdfFile> {
  return { types, adfsOfType: (item) => [file(item.longName, item)], ...more };
}

function chosen(source: SelectionSource<AdfFile>, changes: Partial<SelectionRequest> = {}): string[] {
  return selectAdfs({ ...REQUEST, ...changes }, source).flatMap(({ files }) => files.map(({ name }) => name));
}

describe('the chain for one Level-0 (rdb.md#selection)', () => {
  test('types in their order, those of S3ALL after the mission’s own, by level', () => {
    const types = [
      type('AX_L1L2', { mission: 'S3ALL', productTypes: ['L1', 'L2'] }),
      type('AX_L1', { mission: 'S3ALL', productTypes: ['L1'] }),
      type('B'),
      type('A'),
      type('L1ONLY', { productTypes: ['L1EFR'] }),
      type('OTHER', { mission: 'S3SRAL' }),
    ];
    expect(chosen(sourceOf(types))).toEqual(['B', 'A', 'AX_L1L2']);
    expect(chosen(sourceOf(types), { productType: 'L1' })).toEqual(['AX_L1L2', 'AX_L1']);
    expect(chosen(sourceOf(types), { productType: 'L' })).toEqual([]);
    expect(chosen(sourceOf(types), { mission: 'S1XXX' })).toEqual([]);
    expect(chosen(sourceOf(types), { mission: 'S3ALL', productType: 'L2' })).toEqual(['AX_L1L2', 'AX_L1L2']);
  });

  test('deltas widen; a missing row ends the walk and keeps what was collected', () => {
    const types = [type('A'), type('B'), type('C')];
    const early = (item: AdfType) => [file(item.longName, item, 0, 9_000)];
    expect(chosen(sourceOf(types, { adfsOfType: early }))).toEqual([]);
    const deltasOf = (_: string, { longName }: AdfType) => (longName === 'B' ? undefined : { delta0: 5, delta1: 0 });
    expect(chosen(sourceOf(types, { adfsOfType: early, deltasOf }))).toEqual(['A']);
  });

  test('bands: one file each; a trailing newline defeats the grouping', () => {
    const banded = type('GIP_R2DENT', { rule: 'LatestGeneration' });
    const names = ['X_B01.TGZ', 'X_B02.TGZ', 'X_B8A.TGZ', 'X_nothing.TGZ'];
    const adfsOfType = () => names.map((name) => file(name, banded));
    expect(chosen(sourceOf([banded], { adfsOfType })).sort()).toEqual(names.slice(0, 3));
    const withNewlines = () => names.map((name) => file(`${name}\n`, banded));
    expect(chosen(sourceOf([banded], { adfsOfType: withNewlines }))).toHaveLength(1);
  });

  test('Level-0 attributes drop a type; an unknown attribute ends the walk', () => {
    const types = ['A', 'B', 'C'].map((name) => type(name, { mission: 'S1SAR', productTypes: ['L2OCN'] }));
    const request = {
      mission: 'S1SAR',
      productType: 'L2OCN',
      level0: 'S1A_WV_RAW__0SSV_20210301T000000_20210301T002000_036799_045388_9F41.SAFE.zip',
    };
    const row = (attribute: string, value: string) => ({ type: 'B', attribute, value });
    expect(chosen(sourceOf(types, { attributeRows: [row('Mode', 'IW')] }), request)).toEqual(['A', 'C']);
    expect(chosen(sourceOf(types, { attributeRows: [row('Swath', '1')] }), request)).toEqual(['A']);
  });

  test('age: configured by the short name, compared by the long name', () => {
    const types = [type('AMH', { shortName: 'AMH' }), type('AUX_POEORB_S1', { shortName: 'AUX_POE' })];
    const maxAges = new Map([
      ['AMH', -1_000],
      ['AUX_POE', -1_000],
    ]);
    expect(chosen(sourceOf(types, { maxAges }))).toEqual(['AUX_POEORB_S1']);
  });

  describe('instrument configuration', () => {
    const types = [type('A'), type('B')];
    const icid = (changes: object = {}) => ({
      timelineOf: () => [{ from: 0, to: null, icid: 7 }],
      appliesTo: ({ longName }: AdfType) => longName === 'B',
      namesOf: (): ReadonlySet<string> | undefined => new Set(),
      ...changes,
    });

    test('keeps the files that auxip.svc names', () => {
      expect(chosen(sourceOf(types, { icid: icid() }))).toEqual(['A']);
      expect(chosen(sourceOf(types, { icid: icid({ namesOf: () => new Set(['B']) }) }))).toEqual(['A', 'B']);
    });

    test('a gap of the timeline leaves nothing, for any platform', () => {
      const timelineOf = () => [{ from: 15_000, to: null, icid: 7 }];
      expect(chosen(sourceOf(types, { icid: icid({ timelineOf }) }))).toEqual([]);
    });

    test('no timeline, no filter; a failed question ends the walk', () => {
      expect(chosen(sourceOf(types, { icid: icid({ timelineOf: () => [] }) }))).toEqual(['A', 'B']);
      const failing = icid({ appliesTo: ({ longName }: AdfType) => longName === 'A', namesOf: () => undefined });
      expect(chosen(sourceOf(types, { icid: failing }))).toEqual([]);
    });
  });

  test('a shortcut is only taken for lists as the source gave them', () => {
    const types = [type('A'), type('B')];
    const shortcut = {
      choose: (files: readonly AdfFile[]) => files.map((item) => ({ ...item, name: `quick ${item.name}` })),
    };
    expect(chosen(sourceOf(types, shortcut))).toEqual(['quick A', 'quick B']);
    const maxAges = new Map([['OL_2_PPP_AX', 0]]);
    expect(chosen(sourceOf(types, { ...shortcut, maxAges }))).toEqual(['A', 'B']);
  });
});
