/**
 * Names of Level-0 products: what they look like, what they say, and how rdb.svc reads them (rdb.md#level-0-names).
 * Patterns are texts so that JSON Schemas can carry them; they accept a name with or without its last extensions, as the
 * service does (rdb.md#look-up-by-name).
 */
import { MISSION_TABLE } from './mission-table';
import { isSafeFileName } from './safe-name';
import { formatCompactTime, parseCompactTime, readLenientTime, type Unreadable } from './time';

const TIME = '[0-9]{8}T[0-9]{6}';

/** Archives of the Alaska Satellite Facility have `.zip` instead of `.SAFE`. */
const SENTINEL1 = `S1[A-Z]_[A-Z0-9]{2}_RAW__0[A-Z][A-Z]{2}_${TIME}_${TIME}_[0-9]{6}_[0-9A-F]{6}_[0-9A-F]{4}(?:[.]SAFE)?(?:[.](?:zip|tar))?`;
const SENTINEL2 = `S2[A-Z]_OPER_MSI_L0__(?:DS|GR|LT)_[A-Z0-9_]{4}_${TIME}_S${TIME}(?:_D[0-9]{2})?(?:_B(?:0[1-9]|1[0-2]|8A))?_N[0-9]{2}[.][0-9]{2}(?:[.]tar)?`;
/** Cycle, relative orbit and frame: during commissioning the orbit had four digits. */
const SENTINEL3 = `S3[A-Z]_[A-Z]{2}_0_[A-Z0-9_]{3}___(?:_${TIME}){3}_[0-9]{4}_[0-9]{3}_[0-9_]{8}_[A-Z0-9]{3}_[A-Z]_[A-Z]{2}_[0-9]{3}(?:[.]SEN3(?:[.]zip)?)?`;

/** Any Level-0 name of Sentinel-1, -2 or -3, and nothing around it. */
export const LEVEL0_NAME_PATTERN = `^(?:${SENTINEL1}|${SENTINEL2}|${SENTINEL3})$`;

const LEVEL0_NAME = new RegExp(LEVEL0_NAME_PATTERN);

/** A name of each mission that the service knows, for messages that say how a name should look. */
export const LEVEL0_EXAMPLES = {
  S1: 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  S2: 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar',
  S3: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
} as const;

export interface Level0Name {
  readonly platform: 'S1' | 'S2' | 'S3';
  readonly unit: string;
  /** `IW_RAW__0SDV`, `MSI_L0__DS`, `OL_0_EFR`. */
  readonly kind: string;
  /** Sensing time in epoch milliseconds; one instant for Sentinel-2. */
  readonly t0: number;
  readonly t1: number;
}

const KINDS = { S1: [4, 16], S2: [9, 19], S3: [4, 12] } as const;

/** What a well-formed name says, or undefined for any other text (also one with impossible dates or blanks around it). */
export function parseLevel0Name(name: string): Level0Name | undefined {
  if (!LEVEL0_NAME.test(name)) return undefined;
  const platform = platformOf(name);
  const [first, second] = POSITIONS[platform];
  const t0 = parseCompactTime(name.slice(first, first + 15));
  const t1 = parseCompactTime(name.slice(second, second + 15));
  if (t0 === undefined || t1 === undefined) return undefined;
  const [begin, end] = KINDS[platform];
  return { platform, unit: name.charAt(2), kind: name.slice(begin, end), t0, t1 };
}

/**
 * What the service reads of a name of another form: platform, satellite and times, at their places (rdb.md#level-0-names). Undefined where it
 * could not read them, and for names that are no file name. Names of auxiliary files are for the caller to tell apart.
 */
export function readLevel0Name(name: string): Level0Name | undefined {
  const known = parseLevel0Name(name);
  if (known) return known;
  if (!isSafeFileName(name) || !/^S[123][A-Z]/.test(name)) return undefined;
  const times = sensingTimes(name);
  if ('error' in times) return undefined;
  const platform = platformOf(name);
  const [begin, end] = KINDS[platform];
  return { platform, unit: name.charAt(2), kind: name.slice(begin, end), ...times };
}

/** Missions whose products are made from a Level-0, by its instrument; SYN takes OLCI and SLSTR granules (rdb.md#look-up-by-interval). */
export function missionsOfLevel0({ platform, kind }: Pick<Level0Name, 'platform' | 'kind'>): readonly string[] {
  const instrument = kind.slice(0, 2);
  return MISSION_TABLE.filter(
    (mission) =>
      mission.platform === platform &&
      (mission.level0Instruments === undefined || mission.level0Instruments.includes(instrument)),
  ).map(({ name }) => name);
}

/** Zero-based positions of T0 and T1; every platform but S2 and S3 is read as S1. */
const POSITIONS = { S1: [17, 33], S2: [42, 42], S3: [16, 32] } as const;

export interface SensingTimes {
  readonly t0: number;
  readonly t1: number;
}

/**
 * T0 and T1 as the service cuts them out of a name without looking at the rest, or the error text that it answers with
 * HTTP 500. A Sentinel-2 product that is in the database has its data take's times instead (rdb.md#level-0-names).
 */
export function sensingTimes(name: string): SensingTimes | Unreadable {
  const [begin, end] = POSITIONS[platformOf(name)];
  const t0 = timeAt(name, begin);
  if (typeof t0 !== 'number') return t0;
  const t1 = timeAt(name, end);
  return typeof t1 === 'number' ? { t0, t1 } : t1;
}

/** The name with other sensing times in it; a fraction of a second is cut off. Sentinel-2 names hold the first one only. */
export function withSensingTimes(name: string, t0: number, t1: number): string {
  const [begin, end] = POSITIONS[platformOf(name)];
  const put = (text: string, position: number, time: number): string =>
    text.slice(0, position) + formatCompactTime(time) + text.slice(position + 15);
  return put(put(name, end, t1), begin, t0);
}

/**
 * Whether the service takes a Level-0 for the mission and unit: platform and unit letter agree, case-sensitive. Or its
 * error text when a name or mission is too short for that.
 */
export function fitsSatellite(level0: string, mission: string, unit: string): boolean | Unreadable {
  const platform = javaSubstring(level0, 0, 2);
  if (typeof platform !== 'string') return platform;
  const asked = javaSubstring(mission, 0, 2);
  if (typeof asked !== 'string') return asked;
  const letter = javaSubstring(level0, 2, 3);
  if (typeof letter !== 'string') return letter;
  return platform === asked && letter === unit;
}

/** What names of a mission's Level-0 begin with, as a LIKE pattern (rdb.md#look-up-by-interval), or the service's error text. */
export function level0Prefix(mission: string, unit: string, productType: string): string | Unreadable {
  const platform = javaSubstring(mission, 0, 2);
  if (typeof platform !== 'string') return platform;
  const instrument = javaSubstring(mission, 2, 4);
  if (typeof instrument !== 'string') return instrument;
  if (platform !== 'S3') return platform + unit;
  const radar = productType.includes('CAL') ? 'CAL' : 'SRA';
  const { level0Kind = radar } = MISSION_TABLE.find(({ name }) => name === mission) ?? {};
  return `S3${unit}_${instrument}_0_${level0Kind}`;
}

function platformOf(name: string): 'S1' | 'S2' | 'S3' {
  const platform = name.slice(0, 2);
  return platform === 'S2' || platform === 'S3' ? platform : 'S1';
}

function timeAt(name: string, position: number): number | Unreadable {
  const text = javaSubstring(name, position, position + 15);
  return typeof text === 'string' ? readLenientTime(text) : text;
}

/** Java's substring, whose exception text the service sends as it is. */
function javaSubstring(text: string, begin: number, end: number): string | Unreadable {
  return end <= text.length ? text.slice(begin, end) : { error: `begin ${begin}, end ${end}, length ${text.length}` };
}

/** The service looks names up without what stands behind their last dot (rdb.md#look-up-by-name). */
export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
