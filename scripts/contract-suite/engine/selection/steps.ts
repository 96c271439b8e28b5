/** Requests for candidates: which types together, and which of their files can decide at all. */
import { searchText, type AdfType } from '../../../sentinel/adf-types';
import { MAX_DELTA } from '../../../sentinel/learn-deltas';
import type { SelectionRuleName } from '../../../sentinel/selection-rules';
import { DAY, SECOND } from '../../../sentinel/time';
import type { Scope } from '../scope';
import { neededTypes } from './facts';
import { samplesOf, twinsOf, type Sample } from './samples';
import { timesOf, type SampleTimes } from './times';

export interface Step {
  /** Place in `samplesOf`. */
  readonly sample: number;
  readonly types: readonly AdfType[];
  /** Query options of AuxFiles. */
  readonly query: string;
}

/** Below the documented 2000 characters of a URL, with room for the root. */
const MAX_QUERY_CHARACTERS = 1700;

/** Whatever the deltas of a type are: files that can touch the interval. */
const FARTHEST = MAX_DELTA * SECOND;

/** How far from the sensing time the closest file is looked for. */
const NEAR = 60 * DAY;

/** Of long series only so many of the latest. */
const LATEST = 60;

/** Among them are a month's files of all dynamic types of a platform. */
const NEWEST = 500;

/** rdb.svc sees new files when it is started again (rdb.md#caches): what is younger, it need not know. */
export const settled = (): number => Date.now() - 30 * DAY;

/** How the files that can decide are found, by rule (rdb.md#selection-rules); whatever the rule, the newest that are settled. */
export type Reach = 'around' | 'near-start' | 'near-stop' | 'latest-start' | 'latest-stop' | 'all' | 'newest';

const REACH: Readonly<Partial<Record<SelectionRuleName, Reach>>> = {
  LatestValidity: 'latest-start',
  LatestValCoverLatestValidity: 'all',
  LatestValidityClosest: 'near-start',
  LatestGeneration: 'all',
  ClosestStartValidity: 'near-start',
  ClosestStopValidity: 'near-stop',
  LatestStopValidity: 'latest-stop',
};

export function reachOf({ rule }: AdfType): Reach {
  return REACH[rule] ?? 'around';
}

/** All requests for candidates, in order; the same list whenever it is asked for. */
export function stepsOf(scope: Scope): readonly Step[] {
  return samplesOf(scope).flatMap((sample, place) => {
    const times = timesOf(sample, place, scope);
    return times ? stepsOfSample(sample, place, times, newTypes(place, scope)) : [];
  });
}

/** Without those that an earlier sample of the same products has: there the files are the same, and have been judged. */
function newTypes(place: number, scope: Scope): readonly AdfType[] {
  const samples = samplesOf(scope);
  const sample = samples[place];
  if (!sample) return [];
  const known = twinsOf(samples, place).flatMap((twin) =>
    neededTypes(twin.sample, scope).map(({ longName }) => longName),
  );
  return neededTypes(sample, scope).filter(({ longName }) => !known.includes(longName));
}

export function stepsOfSample(
  sample: Sample,
  place: number,
  times: SampleTimes,
  wanted: readonly AdfType[],
  reachFor = reachOf,
): readonly Step[] {
  const groups = new Map<Reach, AdfType[]>();
  for (const type of wanted) {
    const reach = reachFor(type);
    groups.set(reach, [...(groups.get(reach) ?? []), type]);
  }
  return [...groups].flatMap(([reach, types]) =>
    inParts(types, reach).map((part) => ({
      sample: place,
      types: part,
      query: queryOf(part, reach, sample, times),
    })),
  );
}

/** The latest of a series are asked for type by type, the others as many types at once as a URL holds. */
function inParts(types: readonly AdfType[], reach: Reach): readonly (readonly AdfType[])[] {
  const atOnce = reach.startsWith('latest') ? 1 : Math.floor((MAX_QUERY_CHARACTERS - 250) / 46);
  const parts: (readonly AdfType[])[] = [];
  for (let from = 0; from < types.length; from += atOnce) parts.push(types.slice(from, from + atOnce));
  return parts;
}

function queryOf(
  types: readonly AdfType[],
  reach: Reach,
  { mission, unit }: Sample,
  { from, to }: SampleTimes,
): string {
  const platform = mission.slice(0, 2);
  const satellites = `(startswith(FullName,'${platform}_') or startswith(FullName,'${platform}${unit}'))`;
  const named = types.map(({ longName }) => `contains(FullName,'${searchText(longName)}')`).join(' or ');
  const filter = `$expand=AuxType&$filter=${satellites} and (${named})`;
  switch (reach) {
    case 'around':
      return `${filter} and ValidityStart le ${stamp(to + FARTHEST)} and ValidityStop ge ${stamp(from - FARTHEST)}`;
    case 'near-start':
      return `${filter} and ValidityStart ge ${stamp(from - NEAR)} and ValidityStart le ${stamp(to + NEAR)}`;
    case 'near-stop':
      return `${filter} and ValidityStop ge ${stamp(from - NEAR)} and ValidityStop le ${stamp(to + NEAR)}`;
    case 'latest-start':
      return `${filter}&$orderby=ValidityStart desc&$top=${LATEST}`;
    case 'latest-stop':
      return `${filter}&$orderby=ValidityStop desc&$top=${LATEST}`;
    case 'newest':
      return `${filter} and CreationDate le ${stamp(settled())}&$orderby=CreationDate desc&$top=${NEWEST}`;
    case 'all':
      return filter;
  }
}

/** Without a fraction: reprocessing.svc refuses one (reprocessing.md#query-options). */
export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
