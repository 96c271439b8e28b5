import { describe, expect, test } from 'vitest';
import { ageInSeconds, youngEnough } from '../../scripts/sentinel/age';
import { icidAt } from '../../scripts/sentinel/icid';
import { hasAttributes, level0Attribute } from '../../scripts/sentinel/level0-attributes';
import { fileOf, timelineOf, VECTORS } from './vectors';

describe('max age (rdb.md#maximum-age)', () => {
  const { product_age_from_java_tests: recorded, product_age_edge_observed: edges } = VECTORS;
  const [t0, t1] = [Date.parse(recorded.t0), Date.parse(recorded.t1)];
  const maxAges = new Map(Object.entries(recorded.config_max_age_s));

  test.each(recorded.files)('$key', ({ file, age_s_reference_minus_stop: age, observed_selected: selected }) => {
    expect(ageInSeconds(Date.parse(file.validity_stop), t0, t1)).toBe(age);
    expect(youngEnough([fileOf(file)], t0, t1, maxAges)).toHaveLength(selected ? 1 : 0);
  });

  test('all at once, in their order', () => {
    const kept = youngEnough(
      recorded.files.map(({ file }) => fileOf(file)),
      t0,
      t1,
      maxAges,
    );
    const keys = kept.map(({ name }) => recorded.files.find(({ file }) => file.name === name)?.key);
    expect(keys).toEqual(recorded.filter_all.observed);
  });

  test('one second around the limit, and a type without one', () => {
    const limits = new Map(Object.entries(edges.config_max_age_s));
    const kept = youngEnough(edges.files.map(fileOf), Date.parse(edges.t0), Date.parse(edges.t1), limits);
    expect(kept.map(({ name }) => name)).toEqual(edges.expected);
  });
});

describe('instrument configuration over time (rdb.md#instrument-configuration)', () => {
  const { icid_timeline_from_java_tests: recorded, icid_timeline_edge_observed: edges } = VECTORS;
  const same = [...recorded.vectors, ...recorded.edge_observed_same_timeline];
  const cases = [...same.map((vector) => ({ ...vector, timeline: recorded.timeline })), ...edges];

  test.each(cases)('at $time', ({ timeline, time, observed }) => {
    expect(icidAt(timelineOf(timeline), Date.parse(time))).toEqual(observed);
  });

  test('of overlapping periods the earlier one counts', () => {
    const timeline = [
      { from: 10, to: null, icid: 2 },
      { from: 0, to: 20, icid: 1 },
    ];
    expect(icidAt(timeline, 15)).toBe(1);
    expect(icidAt(timeline, 20)).toBe(2);
  });
});

describe('what the Level-0 name says of the acquisition (rdb.md#level-0-attributes)', () => {
  const { vectors, edge_observed: edges } = VECTORS.l0_name_parser_from_java_tests;

  test.each(vectors)('$l0_name $attribute', ({ l0_name: name, attribute, observed }) => {
    expect(level0Attribute(name, attribute)).toBe(observed);
  });

  test.each(edges)('$l0_name', ({ l0_name: name, Mode, Polarization }) => {
    expect(level0Attribute(name, 'Mode')).toBe(Mode);
    expect(level0Attribute(name, 'Polarization')).toBe(Polarization);
  });

  test('or within an attribute, and across attributes, all types without rows', () => {
    const level0 = 'S1A_WV_RAW__0SSV_20210301T000000_20210301T002000_036799_045388_9F41.SAFE.zip';
    const row = (attribute: string, value: string) => ({ type: 'T', attribute, value });
    expect(hasAttributes(level0, 'OTHER', [row('Mode', 'IW')])).toBe(true);
    expect(hasAttributes(level0, 'T', [row('Mode', 'IW'), row('Mode', 'WV')])).toBe(true);
    expect(hasAttributes(level0, 'T', [row('Mode', 'WV'), row('Polarization', 'H')])).toBe(false);
    expect(hasAttributes(level0, 'T', [row('Swath', '1')])).toBeUndefined();
  });
});
