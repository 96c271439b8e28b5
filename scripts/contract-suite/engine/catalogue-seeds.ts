/** Values of the sample that other cases put into their requests. */
import { attributesOf, memberOf, microseconds, type Row } from './catalogue-sample';
import type { Scope } from './scope';

/** `seed_…` of one row in the middle, `tiny_…` of the smallest, `mid_…` with rows on both sides of it, page by page `third`. */
export function keepSeeds(rows: readonly Row[], scope: Scope): void {
  const bySize = [...rows].sort((a, b) => Number(a['ContentLength']) - Number(b['ContentLength']));
  const described = bySize.filter((row) => DESCRIBED.every((name) => attributeOf(row, name) !== ''));
  const [seed, tiny] = [described[Math.floor(described.length / 2)] ?? bySize[0], bySize[0]];
  if (!seed || !tiny) return;
  const third = Math.ceil(rows.length / 3);
  const seeds: Readonly<Record<string, unknown>> = {
    ...seedsOf(seed),
    ...textsOf(seed.Name),
    tiny_id: tiny.Id,
    tiny_name: tiny.Name,
    tiny_length: tiny['ContentLength'],
    tiny_md5: memberOf(tiny, 'Checksum/0/Value'),
    mid_length: middle(rows, 'ContentLength'),
    mid_id: middle(rows, 'Id'),
    mid_name: middle(rows, 'Name'),
    ...Object.entries(DATES).reduce((all, [name, path]) => ({ ...all, ...datesAround(name, middle(rows, path)) }), {}),
    sample_size: rows.length,
    sample_beyond: rows.length + 1,
    sample_last: rows.length - 1,
    third,
    two_thirds: 2 * third,
  };
  for (const [name, value] of Object.entries(seeds)) scope.remember(name, String(value));
}

const DATES = {
  origin: 'OriginDate',
  publication: 'PublicationDate',
  start: 'ContentDate/Start',
  end: 'ContentDate/End',
} as const;

/** What not every family of files has (auxip.md#attributes). */
const DESCRIBED = ['productType', 'platformSerialIdentifier', 'processingDate'];

/** Empty where the entry has no such attribute. */
function attributeOf(row: Row, name: string): unknown {
  return attributesOf(row).find(({ Name }) => Name === name)?.Value ?? '';
}

function seedsOf(seed: Row): Readonly<Record<string, unknown>> {
  return {
    seed_id: seed.Id,
    seed_id_upper: seed.Id.toUpperCase(),
    seed_name: seed.Name,
    seed_length: seed['ContentLength'],
    seed_origin: seed['OriginDate'],
    seed_publication: seed['PublicationDate'],
    seed_start: memberOf(seed, 'ContentDate/Start'),
    seed_end: memberOf(seed, 'ContentDate/End'),
    seed_type: attributeOf(seed, 'productType'),
    seed_type_part: String(attributeOf(seed, 'productType')).slice(0, -1),
    seed_begin: attributeOf(seed, 'beginningDateTime'),
    seed_unit: attributeOf(seed, 'platformSerialIdentifier'),
    seed_processing: attributeOf(seed, 'processingDate'),
  };
}

/** Parts of a name: its middle begins and ends nowhere, its ending is not its beginning. */
function textsOf(name: string): Readonly<Record<string, string>> {
  const middlePart = name.slice(4, 15);
  const half = Math.floor(name.length / 2);
  return {
    seed_stem: name.replace(/[.].*$/, ''),
    seed_beginning: name.slice(0, 15),
    /** Type and first day, in each family of names: few files have it in common. */
    seed_day: name.slice(0, 34),
    seed_middle: middlePart,
    seed_middle_lower: middlePart.toLowerCase(),
    /** One letter is a `_`, which is no wildcard. */
    seed_underscored: `${middlePart.slice(0, -1)}_`,
    seed_ending: name.slice(-12),
    seed_half_one: name.slice(0, half),
    seed_half_two: name.slice(half),
    seed_name_lower: name.toLowerCase(),
  };
}

/** The value in the middle of the distinct ones: some rows are below, some above. */
function middle(rows: readonly Row[], path: string): unknown {
  const values = [...new Set(rows.map((row) => memberOf(row, path)))];
  values.sort((a, b) => (typeof a === 'number' ? a - Number(b) : String(a) < String(b) ? -1 : 1));
  return values[Math.floor(values.length / 2)];
}

/** A date and its neighbours, as far as a database that keeps microseconds tells them apart (auxip.md#filters). */
function datesAround(name: string, date: unknown): Readonly<Record<string, string>> {
  const [, second = '', fraction = '0'] = /^(.{19})(?:[.](\d+))?Z$/.exec(String(date)) ?? [];
  if (second === '') return {};
  const near = (micros: number): string => microseconds(second, Number(`0.${fraction}`) + micros / 1e6);
  const micros = near(0);
  return {
    [`mid_${name}`]: String(date),
    [`mid_${name}_before`]: `${near(-1)}Z`,
    [`mid_${name}_after`]: `${near(1)}Z`,
    [`mid_${name}_second_before`]: `${near(-1e6)}Z`,
    [`mid_${name}_second_after`]: `${near(1e6)}Z`,
    [`mid_${name}_two_hours_before`]: `${near(-7200e6)}Z`,
    /** To be continued with digits and Z. */
    [`mid_${name}_micros`]: micros,
    [`mid_${name}_whole`]: micros.slice(0, 19),
    [`mid_${name}_minute`]: `${micros.slice(0, 16)}Z`,
    [`mid_${name}_lower`]: String(date).toLowerCase(),
    [`mid_${name}_local`]: String(date).replace(/Z$/, ''),
  };
}
