import type { SelectionRuleName } from './selection-rules';
import { SENTINEL3_COMMON } from './missions';

/** One auxiliary data file type as reprocessing.svc lists it (reprocessing.md#adf-types). */
export interface AdfType {
  /** The key, e.g. `OL_1_CAL_AX`; for 47 types it differs from the short name. */
  readonly longName: string;
  readonly shortName: string;
  /** Mission the type belongs to; `S3ALL` types serve every Sentinel-3 mission. */
  readonly mission: string;
  readonly productTypes: readonly string[];
  readonly rule: SelectionRuleName;
  readonly variability: 'Static' | 'Dynamic';
  readonly validity: 'ValidityPeriod' | 'AnyTime';
  /** e.g. `EOF`, `NCDF`, `SAFE`. */
  readonly format: string;
}

/** The types a request walks, in order: the mission's own, then for Sentinel-3 those of `S3ALL` (reprocessing.md#adf-types). */
export function typesOfMission(types: readonly AdfType[], mission: string): readonly AdfType[] {
  const own = types.filter((type) => type.mission === mission);
  if (!mission.startsWith('S3')) return own;
  return [...own, ...types.filter((type) => type.mission === SENTINEL3_COMMON)];
}

/** Whether files of this type are needed to make the product type (rdb.md#selection, step a). */
export function isWanted(type: Pick<AdfType, 'mission' | 'productTypes'>, productType: string): boolean {
  const level = productType.slice(0, 2);
  return (
    type.productTypes.includes(productType) || (type.mission === SENTINEL3_COMMON && type.productTypes.includes(level))
  );
}

/** What a file's name must contain to be of the type (rdb.md#candidates): `AUX_POEORB_S1` is searched as `AUX_POEORB`. */
export function searchText(longName: string): string {
  const end = /AUX_(?:RES|PRE|POE)ORB/.test(longName) ? longName.indexOf('_S') : -1;
  return end < 0 ? longName : longName.slice(0, end);
}

/** As rdb.svc finds the files of a type (rdb.md#candidates). */
export function isOfType(name: string, { longName }: Pick<AdfType, 'longName'>): boolean {
  return name.includes(searchText(longName));
}
