/** The parts of the catalogue of which a night's draw takes entries: every mission and unit, some types of each mission, every size. */
import { searchText } from '../../sentinel/adf-types';
import { MISSION_NAMES, SENTINEL3_COMMON } from '../../sentinel/missions';
import { publishedTypes } from '../../sentinel/published-types';
import type { Row } from './catalogue-sample';
import { shuffled } from './draw';

export interface Stratum {
  /** e.g. `S1A`, `OL_1_CAL_AX`, `1 MB to 10 MB`. */
  readonly label: string;
  /** OData, for `$filter`. */
  readonly filter: string;
  readonly holds: (row: Row) => boolean;
}

/** Always as many, in the same order; which types they hold follows from the seed. */
export function strataOf(seed: string): readonly Stratum[] {
  return [...UNITS.map(ofUnit), ...drawnTypes(seed).map(ofType), ...SIZES.map(ofSize)];
}

/** `S1_`: files that serve all units. */
const UNITS = ['S1', 'S2', 'S3'].flatMap((platform) => ['A', 'B', 'C', '_'].map((unit) => platform + unit));

function ofUnit(unit: string): Stratum {
  return {
    label: unit,
    filter: `startswith(Name,'${unit}_')`,
    holds: ({ Name }) => Name.startsWith(`${unit}_`),
  };
}

const TYPES_PER_MISSION = 2;

function drawnTypes(seed: string): readonly string[] {
  return typesByMission().flatMap(([mission, names]) =>
    shuffled(names, seed, `types of ${mission}`).slice(0, TYPES_PER_MISSION),
  );
}

type MissionTypes = readonly (readonly [mission: string, longNames: readonly string[]])[];

/** Read once, and only by those who draw: these scripts stand before every request. */
let known: MissionTypes | undefined;

function typesByMission(): MissionTypes {
  if (known) return known;
  const types = publishedTypes();
  const longNames = (mission: string): string[] =>
    types.filter((type) => type.mission === mission).map(({ longName }) => longName);
  known = [...MISSION_NAMES, SENTINEL3_COMMON].map((mission) => [mission, longNames(mission)] as const);
  return known;
}

/** LongNames of the types of a mission, as published. */
export function typesOfMission(mission: string): readonly string[] {
  return typesByMission().find(([name]) => name === mission)?.[1] ?? [];
}

function ofType(longName: string): Stratum {
  const text = searchText(longName);
  return { label: longName, filter: `contains(Name,'${text}')`, holds: ({ Name }) => Name.includes(text) };
}

/** Bytes: from, and to before; the last is open. */
const SIZES: readonly (readonly [from: number, to?: number])[] = [
  [1, 1e3],
  [1e3, 1e4],
  [1e4, 1e5],
  [1e5, 1e6],
  [1e6, 1e7],
  [1e7, 1e8],
  [1e8, 1e9],
  [1e9],
];

function ofSize([from, to]: (typeof SIZES)[number]): Stratum {
  const upper = to === undefined ? '' : ` and ContentLength lt ${to}`;
  return {
    label: to === undefined ? `${from} bytes and more` : `${from} to ${to} bytes`,
    filter: `ContentLength ge ${from}${upper}`,
    holds: ({ ContentLength }) => Number(ContentLength) >= from && Number(ContentLength) < (to ?? Infinity),
  };
}
