/** Baselines as the sandbox chooses them, for random products of all missions, with gaps that the test knows of. */
import type { CampaignBaselines } from '../../scripts/processor/judge-campaign';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import type { AdfRecord } from '../../scripts/sandbox/catalogue/catalogue';
import { baselineEntries } from '../../scripts/sandbox/rdb/baseline';
import { parseAdfName } from '../../scripts/sentinel/adf-name';
import { withSensingTimes } from '../../scripts/sentinel/level0-name';
import { MISSIONS } from '../../scripts/sentinel/missions';
import { pick } from './random';
import { TYPES } from './types-of-services';

/** A Level-0 name of each mission that has task tables; SYN takes those of OLCI. */
const LEVEL0: Readonly<Record<string, string>> = {
  S1SAR: 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  S3OLCI: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  S3SLSTR: 'S3A_SL_0_SLT____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  S3SRAL: 'S3A_SR_0_SRA____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  S3MWR: 'S3A_MW_0_MWR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  S3SYN: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
};

/** Days of which the built-in catalogue has weather and orbits. */
const FIRST_DAY: Readonly<Record<string, number>> = { S1: Date.UTC(2020, 10, 1), S3: Date.UTC(2024, 1, 26) };
const DAY = 86_400_000;

export type Planted = 'none' | 'dropped' | 'not-here' | 'replaced';

export interface PlantedBaseline {
  readonly planted: Planted;
  readonly campaign: CampaignBaselines;
}

let catalogue: ReturnType<typeof builtinCatalogue> | undefined;

/** One product with its files, and what was done to the files of some types. */
export function plantedBaseline(mission: string, productType: string, random: () => number): PlantedBaseline {
  catalogue ??= builtinCatalogue();
  const { adfs, level0 } = baselineFor(mission, productType, random, catalogue);
  const planted = pick<Planted>(['none', 'dropped', 'not-here', 'replaced'], random);
  const types = [...new Set(adfs.map(({ type }) => type))];
  const hit = new Set(
    Array.from({ length: planted === 'none' || types.length === 0 ? 0 : 3 }, () => pick(types, random)),
  );
  const files = adfs.flatMap((adf): AdfRecord[] => {
    if (!hit.has(adf.type) || planted === 'not-here') return [adf];
    if (planted === 'dropped') return [];
    return [pick(catalogue?.adfsOfType(adf.type, mission.slice(0, 2), 'A') ?? [adf], random)];
  });
  const distinct = [...new Map(files.map((file) => [file.name, file])).values()];
  return {
    planted,
    campaign: {
      request: { mission, unit: 'A', productType },
      types: TYPES,
      files: distinct.map(({ name, type }) => {
        const adf = parseAdfName(name);
        const isHere = !(planted === 'not-here' && hit.has(type));
        return {
          name,
          type: adf?.type ?? 'UNKNOWN',
          ...(isHere && { path: `/campaign/${name}` }),
          ...(adf && { validity: { start: adf.start, stop: adf.stop, creation: adf.creation } }),
        };
      }),
      level0: [{ name: level0, files: distinct.map((_file, place) => place) }],
    },
  };
}

/** So many for a product type are chosen, and then planted in again and again: to choose takes longer than to judge. */
const CHOSEN = 4;
const chosen = new Map<string, { readonly level0: string; readonly adfs: readonly AdfRecord[] }>();

function baselineFor(
  mission: string,
  productType: string,
  random: () => number,
  source: ReturnType<typeof builtinCatalogue>,
): { readonly level0: string; readonly adfs: readonly AdfRecord[] } {
  const key = `${mission} ${productType} ${Math.floor(random() * CHOSEN)}`;
  const known = chosen.get(key);
  if (known) return known;
  const day = (FIRST_DAY[mission.slice(0, 2)] ?? 0) + Math.floor(random() * 8) * DAY;
  const start = day + Math.floor(random() * 86_400) * 1000;
  const level0 = withSensingTimes(LEVEL0[mission] ?? '', start, start + Math.floor(10 + random() * 600) * 1000);
  const [entry] = baselineEntries({ mission, unit: 'A', productType, level0: [level0] }, source);
  const baseline = { level0, adfs: entry?.adfs ?? [] };
  chosen.set(key, baseline);
  return baseline;
}

/** Missions that have Level-0 names here, with what is made of them. */
export const PLANTED_MISSIONS: readonly (readonly [mission: string, productType: string])[] = Object.keys(
  LEVEL0,
).flatMap((mission) => (MISSIONS[mission] ?? []).map((productType) => [mission, productType] as const));
