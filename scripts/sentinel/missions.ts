/** Missions, their product types and units, as the ingestion configuration of reprocessing.svc has them (reprocessing.md#missions-and-product-types). */

/** Mission → what can be made: the values of `product_type` that select at least one ADF type of the mission. */
export const MISSIONS: Readonly<Record<string, readonly string[]>> = {
  S1SAR: ['L1SLC', 'L1GRD', 'L2OCN'],
  S2MSI: ['L1A', 'L1B', 'L1C', 'L2A'],
  S3OLCI: ['L1EFR', 'L1ERR', 'L2LFR', 'L2LRR'],
  S3SLSTR: ['L1RBT', 'L2LST', 'L2FRP'],
  S3SRAL: ['L1CAL', 'L1SRA', 'L2LAN'],
  S3MWR: ['L1CAL', 'L1MWR'],
  S3SYN: ['L1MISR', 'L2'],
};

export const MISSION_NAMES: readonly string[] = Object.keys(MISSIONS);

/** Not a mission to ask for: its ADF types serve every Sentinel-3 mission, by the level `L1` or `L2`. */
export const SENTINEL3_COMMON = 'S3ALL';

/** Satellites of the missions. The services answer for A and B; of C and D they have no products yet: empty baselines (rdb.md#look-up-by-name). */
export const UNITS: readonly string[] = ['A', 'B', 'C', 'D'];

/** Product types of a mission; undefined for a mission that does not exist. */
export function productTypesOf(mission: string): readonly string[] | undefined {
  return Object.hasOwn(MISSIONS, mission) ? MISSIONS[mission] : undefined;
}

/** Names of the missions that make a product type, for "did you mean" (`L1CAL` has two). */
export function missionsMaking(productType: string): readonly string[] {
  return MISSION_NAMES.filter((mission) => productTypesOf(mission)?.includes(productType));
}
