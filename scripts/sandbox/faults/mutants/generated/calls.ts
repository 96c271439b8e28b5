/** Calls of rdb.svc whose answers generated mutants change: a product of each mission and unit, at any time. */
import { withSensingTimes } from '../../../../sentinel/level0-name';
import { MISSIONS } from '../../../../sentinel/missions';
import type { AdfRecord, Catalogue } from '../../../catalogue/catalogue';
import { baselineEntries } from '../../../rdb/baseline';
import { facts } from './facts';
import type { Random } from './random';

export interface Call {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  readonly level0: string;
}

/** Products of the built-in catalogue. */
const LEVEL0: Readonly<Record<string, string>> = {
  S1SAR: 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  S2MSI: 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar',
  S3OLCI: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  S3SLSTR: 'S3A_SL_0_SLT____20240301T000311_20240301T000811_20240301T011407_0299_109_301______PS1_O_NR_002.SEN3.zip',
  S3SRAL: 'S3A_SR_0_SRA____20240301T000311_20240301T001311_20240301T011407_0599_109_301______PS1_O_NR_002.SEN3.zip',
  S3MWR: 'S3A_MW_0_MWR____20240301T010412_20240301T024511_20240301T025430_6058_109_302______PS1_O_NR_002.SEN3.zip',
  S3SYN: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
};

export function callsOf(mission: string): readonly Call[] {
  const level0 = LEVEL0[mission] ?? '';
  return (MISSIONS[mission] ?? []).flatMap((productType) =>
    ['A', 'B'].map((unit) => ({ mission, unit, productType, level0: level0.replace(/^(S\d)A/, `$1${unit}`) })),
  );
}

export function anyCall(random: Random): Call {
  return random.pick(callsOf(random.pick(Object.keys(MISSIONS))));
}

/** The same for a product at another time, which no data base knows: the times in its name count (rdb.md#level-0-names). */
export function callAt(call: Call, t0: number, length: number): Call {
  return { ...call, level0: withSensingTimes(call.level0, t0, t0 + length) };
}

export function targetOf({ mission, unit, productType, level0 }: Call): string {
  return `/rdb.svc/getReprocessingDataBaseline(l0_names='${level0}',mission='${mission}',unit='${unit}',product_type='${productType}')`;
}

/** Files of the call's product, as a healthy service chooses them. */
export function chosenFor({ mission, unit, productType, level0 }: Call, catalogue: Catalogue): readonly AdfRecord[] {
  return baselineEntries({ mission, unit, productType, level0: [level0] }, catalogue)[0]?.adfs ?? [];
}

/** By interval, from `before` milliseconds before the sensing to as many after it. */
export function intervalOf({ mission, unit, productType, level0 }: Call, before: number): string | undefined {
  const times = facts().catalogue.findLevel0(level0);
  if (times === undefined) return undefined;
  const [start, stop] = [times.start - before, times.stop + before].map(
    (time) => `${new Date(time).toISOString().slice(0, 19)}Z`,
  );
  return `/rdb.svc/getReprocessingDataBaseline(start=${start},stop=${stop},mission='${mission}',unit='${unit}',product_type='${productType}')`;
}
