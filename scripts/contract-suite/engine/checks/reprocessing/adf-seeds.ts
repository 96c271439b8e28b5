/** Values that other cases put into their requests, taken from the samples. */
import { instantOf, isoOf, namesIn, sampleBeginnings, typeOf, adfSample, type AdfRow } from '../../adf-sample';
import type { Scope } from '../../scope';

/** A type in the middle of the list. */
export function keepTypeSeeds(types: readonly AdfRow[], scope: Scope): void {
  const [seed] = types.slice(Math.floor(types.length / 2));
  if (!seed) return;
  remember(scope, {
    adf_type: seed.LongName,
    adf_type_short: seed.ShortName,
    adf_type_format: seed.Format,
    adf_type_mission: seed.Mission,
    adf_type_rule: seed.Rule,
    adf_type_product: namesIn(seed.ProductTypes, 'Type')[0],
    adf_type_level: namesIn(seed.ProductLevels, 'Level')[0],
  });
}

/** A file in the middle of those that follow each other in time, and one of the bands. */
export function keepFileSeeds(files: readonly AdfRow[], scope: Scope): void {
  const { beginning, rows } = longestSeries(files, sampleBeginnings(scope));
  const seed = rows[Math.floor(rows.length / 2)];
  if (!seed) return;
  const type = typeOf(seed, adfSample('AuxTypes', scope));
  const name = String(seed.FullName);
  remember(scope, {
    adf_id: seed.Id,
    adf_id_upper: String(seed.Id).toUpperCase(),
    adf_name: name,
    adf_name_part: name.slice(4, 15),
    adf_name_end: name.slice(-20),
    adf_beginning: beginning,
    /** No name begins with it. */
    adf_middle: beginning.slice(1),
    adf_unit: seed.Unit,
    adf_mission: type?.Mission,
    adf_product: namesIn(type?.ProductTypes, 'Type')[0],
    adf_variability: type?.Variability,
    adf_validity_start: isoOf(seed.ValidityStart),
    adf_validity_stop: isoOf(seed.ValidityStop),
    adf_creation: isoOf(seed.CreationDate),
    adf_start: isoOf(seed.SensingTimeApplicationStart),
    adf_stop: isoOf(seed.SensingTimeApplicationStop),
    adf_after_start: second(seed.SensingTimeApplicationStart, 1),
    adf_before_stop: second(seed.SensingTimeApplicationStop, -1),
    adf_after_stop: second(seed.SensingTimeApplicationStop, 1),
    adf_band: files.find(({ Band }) => Band !== 'BXX' && Band !== 'B00')?.Band,
    adf_batch: '0',
    adf_batch_filter: batchFilter(files, 0),
  });
}

/** The names that begin in the same way and have most validities, by their start. */
function longestSeries(files: readonly AdfRow[], beginnings: readonly string[]) {
  const series = beginnings.map((beginning) => {
    const rows = files.filter(({ FullName }) => String(FullName).startsWith(beginning));
    return { beginning, rows: [...rows].sort((a, b) => orderOf(a) - orderOf(b)) };
  });
  const validities = ({ rows }: { rows: readonly AdfRow[] }): number => new Set(rows.map(orderOf)).size;
  return series.reduce((best, item) => (validities(item) > validities(best) ? item : best));
}

/** Series of one start are told apart by their stops. */
function orderOf({ ValidityStart, ValidityStop }: AdfRow): number {
  return instantOf(ValidityStart) + instantOf(ValidityStop) / 1e4;
}

function second(java: unknown, by: number): string {
  return new Date(instantOf(java) + by * 1000).toISOString().replace('.000Z', 'Z');
}

/** Names in one request: the address stays below 2000 characters (rdb.md#length-of-a-request). */
const BATCH = 10;

export function batchOf(files: readonly AdfRow[], index: number): readonly AdfRow[] {
  return files.slice(index * BATCH, (index + 1) * BATCH);
}

/** The catalogue may have an ending that the name here lacks (reprocessing.md#entities). */
export function batchFilter(files: readonly AdfRow[], index: number): string {
  return batchOf(files, index)
    .map((file) => `startswith(Name,'${stemOf(file.FullName)}.')`)
    .join(' or ');
}

/** A name up to its first dot. */
export function stemOf(name: unknown): string {
  return String(name).split('.')[0] ?? '';
}

function remember(scope: Scope, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) scope.remember(name, typeof value === 'string' ? value : '');
}
