import { MISSION_TABLE } from './mission-table';

/** Missions, their product types and units, as the ingestion configuration of reprocessing.svc has them (reprocessing.md#missions-and-product-types). */

/** Mission → what can be made. */
export const MISSIONS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  MISSION_TABLE.map(({ name, productTypes }) => [name, productTypes]),
);

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

/** Missions whose files reprocessing.svc lists for one: its own, those it adds, and for Sentinel-3 the common ones. */
export function missionsListedFor(mission: string): readonly string[] {
  const { adds = [] } = MISSION_TABLE.find(({ name }) => name === mission) ?? {};
  const common = mission.startsWith('S3') && mission !== SENTINEL3_COMMON ? [SENTINEL3_COMMON] : [];
  return [mission, ...adds, ...common];
}
