/** Which files decide for a campaign, and the questions that list them at reprocessing.svc. Pure: texts and data. */
import { searchText, type AdfType } from '../../sentinel/adf-types';
import type { SelectionRuleName, Validity } from '../../sentinel/selection-rules';
import { DAY } from '../../sentinel/time';

/** A file that a rule chooses from; times in epoch milliseconds. */
export interface Candidate extends Validity {
  readonly name: string;
}

/** First and last sensing time of a campaign, epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One request for candidates: query options of AuxFiles, and the types it is about. */
export interface Question {
  readonly types: readonly AdfType[];
  readonly options: string;
}

/**
 * How the files that can decide are found (rdb.md#selection-rules): those around the sensing times, those whose start or stop is near, the latest
 * ones, or all.
 */
export type Reach = 'around' | 'near-start' | 'near-stop' | 'latest-start' | 'latest-stop' | 'all';

const REACH: Readonly<Record<SelectionRuleName, Reach>> = {
  ValIntersectWithoutDuplicate: 'around',
  LatestValIntersect: 'around',
  ValCover: 'around',
  LatestValCover: 'around',
  LatestValidity: 'latest-start',
  LatestValCoverLatestValidity: 'all',
  LatestValidityClosest: 'near-start',
  BestCentredCover: 'around',
  LatestValCoverClosest: 'around',
  LargestOverlap: 'around',
  LatestGeneration: 'all',
  ClosestStartValidity: 'near-start',
  ClosestStopValidity: 'near-stop',
  LatestStopValidity: 'latest-stop',
};

export function reachOf({ rule }: Pick<AdfType, 'rule'>): Reach {
  return REACH[rule];
}

/** No delta is longer: the longest published one is of 18 hours. Milliseconds. */
export const MAX_DELTA = DAY;

/** How far from the sensing times the closest file is looked for. */
export const NEAR = 30 * DAY;

/** Of long series only so many of the latest. */
const LATEST = 60;

/** Below the documented 2000 characters of a URL, with room for the root. */
const MAX_OPTIONS_CHARACTERS = 1700;

/** Files that begin in some two months are one answer; of longer campaigns so much that there are no more than a dozen. */
const WINDOW = 61 * DAY;
const MAX_WINDOWS = 12;

/** All that has to be asked for the types, in a fixed order. `platform` is `S1`, `S2` or `S3`. */
export function questionsFor(
  types: readonly AdfType[],
  platform: string,
  unit: string,
  span: Span,
): readonly Question[] {
  const byReach = new Map<Reach, AdfType[]>();
  for (const type of types) byReach.set(reachOf(type), [...(byReach.get(reachOf(type)) ?? []), type]);
  return [...byReach].flatMap(([reach, sameReach]) =>
    inParts(sameReach, reach).flatMap((part) => {
      const filter = filterFor(part, platform, unit);
      return conditionsOf(reach, span).map((condition) => ({ types: part, options: filter + condition }));
    }),
  );
}

function filterFor(types: readonly AdfType[], platform: string, unit: string): string {
  const satellites = `(startswith(FullName,'${platform}_') or startswith(FullName,'${platform}${unit}'))`;
  const named = types.map(({ longName }) => `contains(FullName,'${searchText(longName)}')`).join(' or ');
  return `$filter=${satellites} and (${named})`;
}

/** Of a type that has none near, the closest file is further away: the last ones before, and the first ones after. */
export function beyondNear(type: AdfType, platform: string, unit: string, { from, to }: Span): readonly Question[] {
  const reach = reachOf(type);
  if (!reach.startsWith('near')) return [];
  const time = reach === 'near-start' ? 'ValidityStart' : 'ValidityStop';
  const filter = filterFor([type], platform, unit);
  return [` and ${time} lt ${stamp(from)}&$orderby=${time} desc`, ` and ${time} gt ${stamp(to)}&$orderby=${time}`].map(
    (condition) => ({ types: [type], options: `${filter}${condition}&$top=${LATEST}` }),
  );
}

/** The latest of a series are asked for type by type, the others as many types at once as a URL holds. */
function inParts(types: readonly AdfType[], reach: Reach): readonly (readonly AdfType[])[] {
  const isSingle = reach.startsWith('latest');
  const parts: AdfType[][] = [];
  let room = 0;
  for (const type of types) {
    const { length } = encodeURI(`contains(FullName,'${type.longName}') or `).replaceAll("'", '%27');
    const part = parts.at(-1);
    if (part && !isSingle && length <= room) part.push(type);
    else [room] = [MAX_OPTIONS_CHARACTERS - FILTER_LENGTH, parts.push([type])];
    room -= length;
  }
  return parts;
}

/** Of what stands around the names of the types. */
const FILTER_LENGTH = 250;

function conditionsOf(reach: Reach, { from, to }: Span): readonly string[] {
  switch (reach) {
    case 'around':
      return windowsOf({ from, to }).map(({ first, from: begin, to: end }) => {
        const starts = first ? '' : ` and ValidityStart gt ${stamp(begin)}`;
        return `${starts} and ValidityStart le ${stamp(end)} and ValidityStop ge ${stamp(from - MAX_DELTA)}`;
      });
    case 'near-start':
      return [` and ValidityStart ge ${stamp(from - NEAR)} and ValidityStart le ${stamp(to + NEAR)}`];
    case 'near-stop':
      return [` and ValidityStop ge ${stamp(from - NEAR)} and ValidityStop le ${stamp(to + NEAR)}`];
    case 'latest-start':
      return [`&$orderby=ValidityStart desc&$top=${LATEST}`];
    case 'latest-stop':
      return [`&$orderby=ValidityStop desc&$top=${LATEST}`];
    case 'all':
      return [''];
  }
}

/** Parts of the time in which files may begin, without overlap: the first has all that began before. */
function windowsOf({ from, to }: Span): readonly (Span & { readonly first: boolean })[] {
  const end = to + MAX_DELTA;
  const length = Math.max(WINDOW, Math.ceil((end - from) / MAX_WINDOWS));
  const count = Math.max(1, Math.ceil((end - from) / length));
  return Array.from({ length: count }, (_, index) => ({
    first: index === 0,
    from: from + index * length,
    to: index === count - 1 ? end : from + (index + 1) * length,
  }));
}

/** Without a fraction: reprocessing.svc refuses one (reprocessing.md#query-options). */
export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** Whether a file of that validity would have been listed, had it been there: then one that is not listed does not exist any more. */
export function wouldBeListed({ start, stop }: Validity, reach: Reach, { from, to }: Span): boolean {
  switch (reach) {
    case 'around':
      return start <= to + MAX_DELTA && stop >= from - MAX_DELTA;
    case 'near-start':
      return start >= from - NEAR && start <= to + NEAR;
    case 'near-stop':
      return stop >= from - NEAR && stop <= to + NEAR;
    case 'latest-start':
    case 'latest-stop':
      return false;
    case 'all':
      return true;
  }
}
