import { fitsSatellite, level0Prefix, sensingTimes, type SensingTimes } from '../../sentinel/level0-name';
import { selectAdfs, type SelectionSource } from '../../sentinel/select-adfs';
import type { AdfRecord, Catalogue, Level0Record } from '../catalogue/catalogue';
import { ODataError } from '../odata/odata-error';
import type { BaselineCall } from './baseline-call';
import { inHashMapOrder } from './java-hash-order';

export const FOUND =
  'The L0 product name entered in the request was found in the data base. So, the ADF selection rule has been applied using the sensing start of the corresponding data take.';
export const NOT_FOUND =
  'Warning : The L0 product name entered in the request was not found in the data base. So, the ADF selection rule has been applied using the sensing start in the provided product name.';

/** One entry of the answer (rdb.md#answers). */
export interface BaselineEntry {
  readonly level0: string;
  readonly message: string;
  readonly adfs: readonly AdfRecord[];
}

/** A Level-0 to answer for: `name` is echoed, `record` is the database row that was found for it. */
interface Level0 {
  readonly name: string;
  readonly record: Level0Record | undefined;
}

/**
 * The answer's entries in the service's order.
 * @throws ODataError 500 for what the service cannot cut out of names and missions (rdb.md#status-codes)
 */
export function baselineEntries(
  call: BaselineCall,
  catalogue: Catalogue,
  source: SelectionSource<AdfRecord> = catalogue,
): BaselineEntry[] {
  const entries = level0Of(call, catalogue).map(({ name, record }) => ({
    level0: name,
    message: record === undefined ? NOT_FOUND : FOUND,
    adfs: adfsOf(name, record, call, source),
  }));
  return inHashMapOrder(entries, ({ level0, message }) => [level0, message]);
}

function level0Of(call: BaselineCall, catalogue: Catalogue): Level0[] {
  if (!('start' in call.level0)) return call.level0.map((name) => ({ name, record: catalogue.findLevel0(name) }));
  const prefix = orRefuse(level0Prefix(call.mission, call.unit, call.productType));
  const { start, stop } = call.level0;
  return catalogue.level0Within(prefix, start, stop).map((record) => ({ name: record.name, record }));
}

function adfsOf(
  name: string,
  record: Level0Record | undefined,
  { mission, unit, productType }: BaselineCall,
  source: SelectionSource<AdfRecord>,
): readonly AdfRecord[] {
  const known = record?.name ?? name;
  if (!orRefuse(fitsSatellite(known, mission, unit))) return [];
  const times = timesOf(known, record);
  // Deltas are kept by mission: for one that does not exist (`S3`) the walk ends at its first type.
  if (!source.types.some((type) => type.mission === mission)) return [];
  return selectAdfs({ level0: known, ...times, mission, unit, productType }, source).flatMap(({ files }) => files);
}

/** Only for Sentinel-2 do the database's times count; else those of the name (rdb.md#level-0-names). */
function timesOf(name: string, record: Level0Record | undefined): SensingTimes {
  if (record !== undefined && name.startsWith('S2')) return { t0: record.start, t1: record.stop };
  return orRefuse(sensingTimes(name));
}

/** The service answers such error texts with 500, for the whole request. */
function orRefuse<T extends string | number | boolean | SensingTimes>(result: T | { readonly error: string }): T {
  if (typeof result === 'object' && 'error' in result) throw new ODataError(500, result.error);
  return result;
}
