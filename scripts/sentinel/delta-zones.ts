/**
 * Sets of pairs (delta0, delta1) as unions of zones. A zone bounds both deltas and their difference delta1 − delta0, on which the middle
 * of the widened interval depends. All bounds are whole milliseconds and belong to the zone, so that "strictly less" is "at most one less".
 */

/** Both ends belong to it, milliseconds. */
export type Range = readonly [min: number, max: number];

/** Tight: each bound is reached by a pair of the zone. An array, because scripts of the contract suite keep zones as JSON. */
export type Zone = readonly [delta0: Range, delta1: Range, difference: Range];

/** Any of these zones. */
export type Zones = readonly Zone[];

const ANY: Range = [-Infinity, Infinity];

export const atLeast = (min: number): Range => [min, ANY[1]];
export const atMost = (max: number): Range => [ANY[0], max];

/** Zones before they are cut with others: what is left out is not bounded. */
export function zone(delta0: Range = ANY, delta1: Range = ANY, difference: Range = ANY): Zone {
  return [delta0, delta1, difference];
}

/** More zones than this are replaced by one around them all: it holds more pairs, so that nothing right is ever excluded. */
const MAX_ZONES = 300;

/** The pairs that are in both unions. Where the zones of each union do not overlap, those of the result do not either. */
export function intersection(left: Zones, right: Zones): Zones {
  // Loops, here and below: Postman's sandbox has array methods of its own making, many times as slow.
  const common: Zone[] = [];
  for (const item of left) {
    for (const two of right) {
      if (areApart(item[0], two[0]) || areApart(item[1], two[1]) || areApart(item[2], two[2])) continue;
      const zone = tightened(both(item[0], two[0]), both(item[1], two[1]), both(item[2], two[2]));
      if (zone) common.push(zone);
    }
  }
  return limited(common);
}

/** The pairs that are in any of the unions. */
export function union(unions: readonly Zones[]): Zones {
  return unions.length > 1 ? limited(withoutContained(unions.flat())) : (unions[0] ?? []);
}

/** Milliseconds. */
export function contains(zones: Zones, delta0: number, delta1: number): boolean {
  return zones.some(
    ([first, second, difference]) =>
      isWithin(delta0, first) && isWithin(delta1, second) && isWithin(delta1 - delta0, difference),
  );
}

/** The smallest ranges around all zones; undefined where there are none. */
export function hullOf(zones: Zones): Zone | undefined {
  const [first, ...more] = zones;
  if (!first) return undefined;
  return more.reduce<Zone>(
    (hull, next) => [around(hull[0], next[0]), around(hull[1], next[1]), around(hull[2], next[2])],
    first,
  );
}

/** Each bound follows from the two others as well; undefined where they leave nothing. */
function tightened([min0, max0]: Range, [min1, max1]: Range, [minD, maxD]: Range): Zone | undefined {
  const delta0 = both([min0, max0], [min1 - maxD, max1 - minD]);
  const delta1 = both([min1, max1], [min0 + minD, max0 + maxD]);
  const difference = both([minD, maxD], [min1 - max0, max1 - min0]);
  return isEmpty(delta0) || isEmpty(delta1) || isEmpty(difference) ? undefined : [delta0, delta1, difference];
}

function withoutContained(zones: Zones): Zones {
  return zones.filter((inner, place) =>
    zones.every((outer, another) => {
      if (another === place || !holds(outer, inner)) return true;
      return holds(inner, outer) && place < another;
    }),
  );
}

function limited(zones: Zones): Zones {
  const hull = zones.length > MAX_ZONES ? hullOf(zones) : undefined;
  return hull ? [hull] : zones;
}

function holds(outer: Zone, inner: Zone): boolean {
  return outer.every(([min, max], axis) => {
    const range = inner[axis];
    return range !== undefined && min <= range[0] && range[1] <= max;
  });
}

const isEmpty = ([min, max]: Range): boolean => min > max;
const areApart = (item: Range, two: Range): boolean => item[0] > two[1] || two[0] > item[1];
const both = (item: Range, two: Range): Range => [Math.max(item[0], two[0]), Math.min(item[1], two[1])];
const around = (item: Range, two: Range): Range => [Math.min(item[0], two[0]), Math.max(item[1], two[1])];
const isWithin = (value: number, [min, max]: Range): boolean => min <= value && value <= max;
