import type { AdfRecord, Catalogue } from '../../../scripts/sandbox/catalogue/catalogue';
import { sensingTimes } from '../../../scripts/sentinel/level0-name';
import { selectAdfs, type ChosenFiles } from '../../../scripts/sentinel/select-adfs';

/** The baseline of one Level-0 as rdb.svc would make it: Sentinel-2 at its data take where the catalogue knows it. */
export function baselineOf(
  catalogue: Catalogue,
  level0: string,
  mission: string,
  productType: string,
): readonly ChosenFiles<AdfRecord>[] {
  const known = catalogue.findLevel0(level0);
  const named = sensingTimes(level0);
  if ('error' in named) throw new Error(named.error);
  const times = known && mission === 'S2MSI' ? { t0: known.start, t1: known.stop } : named;
  return selectAdfs({ level0, ...times, mission, unit: level0.charAt(2), productType }, catalogue);
}
