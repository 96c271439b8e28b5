/**
 * Names of auxiliary data files, in the four families of reprocessing.md#adf-names. The pattern is the check that a name from the wire
 * may become a file name: anchored, no path separator, no control character, no blank.
 */
import { bandOf } from './bands';
import { MISSION_TABLE } from './mission-table';
import { SENTINEL3_COMMON } from './missions';
import { DAY, HOUR, parseCompactTime } from './time';

const TIME = '[0-9]{8}T[0-9]{6}';

/** Whatever satellites there are, or will be; `_` for a file that serves all. */
const UNIT = '[A-Z_]';
const EARTH_EXPLORER = `_[A-Z0-9]{4}_(?<type>[A-Z0-9_]{10})_[A-Z0-9_]{4}_(?<creation>${TIME})_V(?<start>${TIME})_(?<stop>${TIME})`;

/** Extensions may be missing: rdb.svc names a file as reprocessing.svc has it, auxip.svc as it is stored. */
const FAMILIES = {
  /** Sentinel-1 SAFE: the stop of the validity is not in the name. */
  SAFE: `S1${UNIT}_(?<type>[A-Z0-9_]{7})_V(?<start>${TIME})_G(?<creation>${TIME})(?:[.]SAFE(?:[.]zip)?)?`,
  /** Earth Explorer files of all missions: orbits, attitude, error matrices. Sentinel-3 orbits end in `_DGNS`, `_GPSS`, …. */
  EOF: `S[123]${UNIT}${EARTH_EXPLORER}(?:_[A-Z0-9]{1,10})?(?:[.]EOF(?:[.]zip)?)?`,
  /** Sentinel-2 archives, one per band where the type has bands. */
  TGZ: `S2${UNIT}${EARTH_EXPLORER}(?:_B(?:0[0-9]|1[0-2]|8A|XX))?[.]TGZ`,
  /** Sentinel-3; of level 0 are products, never auxiliary files. */
  SEN3: `S3${UNIT}_(?<type>[A-Z]{2}_(?!0_)[A-Z0-9_]{8})_(?<start>${TIME})_(?<stop>${TIME})_(?<creation>${TIME})_[A-Z0-9_]{17}_[A-Z0-9]{3}_[A-Z_]_[A-Z_]{2}_[A-Z0-9_]{3}(?:[.]SEN3(?:[.]zip)?)?`,
} as const;

export type AdfFamily = keyof typeof FAMILIES;

/** Any ADF name, and nothing around it: callers trim first (rdb.md#files-and-links: stored names may end in a newline). */
export const ADF_NAME_PATTERN = `^(?:${Object.values(FAMILIES)
  .join('|')
  .replaceAll(/\?<[a-z]+>/g, '?:')})$`;

const PATTERNS = Object.entries(FAMILIES).map(
  ([family, text]) => [family as AdfFamily, new RegExp(`^${text}$`)] as const,
);

/** Of a file whose name has another form: it is fetched all the same. */
export const UNKNOWN_TYPE = 'UNKNOWN';

export interface AdfName {
  readonly family: AdfFamily;
  readonly platform: 'S1' | 'S2' | 'S3';
  /** Letter of the satellite; X for a file that serves all units (`_` in the name). */
  readonly unit: string;
  /** The type field as it stands, e.g. `AUX_PP1`, `AMH_ERRMAT`, `OL_2_PPP_AX`; not always the LongName of the type. */
  readonly type: string;
  /** Validity and creation as the services store them, epoch milliseconds. */
  readonly start: number;
  readonly stop: number;
  readonly creation: number;
  /** `B06`; undefined where the name has none. */
  readonly band?: string;
}

/** What the name of an auxiliary file says, or undefined when it is none (also one with impossible dates). */
export function parseAdfName(name: string): AdfName | undefined {
  for (const [family, pattern] of PATTERNS) {
    const fields = pattern.exec(name)?.groups;
    if (fields) return readFields(name, family, fields);
  }
  return undefined;
}

function readFields(name: string, family: AdfFamily, fields: Record<string, string | undefined>): AdfName | undefined {
  const { type = '', start: startText = '', creation: creationText = '', stop: stopText } = fields;
  const start = parseCompactTime(startText);
  const creation = parseCompactTime(creationText);
  if (start === undefined || creation === undefined) return undefined;
  const stop = stopText === undefined ? safeStop(type, start) : parseCompactTime(stopText);
  if (stop === undefined) return undefined;
  const margin = type === WIDENED_TYPE ? WIDENED_BY : 0;
  return {
    family,
    platform: name.slice(0, 2) as AdfName['platform'],
    unit: name.charAt(2) === '_' ? 'X' : name.charAt(2),
    type,
    start: start - margin,
    stop: stop + margin,
    creation,
    ...(family === 'TGZ' && { band: bandOf(name) }),
  };
}

/** Model fields of an instant: the name has start = stop, the services store six hours more on both sides. */
const WIDENED_TYPE = 'SR_2_RMO_AX';
const WIDENED_BY = 6 * HOUR;

/** Weather types hold for a day from their start, calibrations until 2100. */
const ONE_DAY_TYPES: readonly string[] = ['AUX_WND', 'AUX_WAV', 'AUX_ICE'];
const YEAR_2100 = Date.UTC(2100, 0, 1);

function safeStop(type: string, start: number): number {
  return ONE_DAY_TYPES.includes(type) ? start + DAY : YEAR_2100;
}

/** The mission that the type belongs to; `S3ALL` for those that serve every Sentinel-3 mission. */
export function missionOfAdf({ platform, type }: Pick<AdfName, 'platform' | 'type'>): string {
  const missions = MISSION_TABLE.filter((mission) => mission.platform === platform);
  const instrument = type.charAt(2) === '_' ? type.slice(0, 2) : '';
  const found =
    missions.find(({ foreignTypes }) => foreignTypes?.includes(type)) ??
    missions.find((mission) => mission.instrument === undefined || mission.instrument === instrument);
  return found?.name ?? SENTINEL3_COMMON;
}

/** The name up to its first dot: rdb.svc may leave `.SAFE`, `.SAFE.zip`, … out (auxip.md#names-and-replacements). */
export function stemOf(name: string): string {
  return name.split('.', 1)[0] ?? '';
}
