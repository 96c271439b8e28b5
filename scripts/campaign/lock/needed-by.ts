/** Who needs each file, in what grows with the files of a campaign and hardly with its Level-0 products. */
import type { CampaignLock } from './campaign-lock';

/** Level-0 products of a campaign whose manifest names them with each file; more would be gigabytes, in lines of 100 MB. */
export const MAX_NAMED = 10_000;

/** From one place to another in the lock's list of Level-0 products, both inclusive, the first is 0. */
export type PlaceRange = readonly [first: number, last: number];

/** As a line of the manifest says it: one of the two. */
export interface WhoNeeds {
  readonly neededBy?: readonly string[];
  readonly neededByPlaces?: readonly PlaceRange[];
}

export interface NeededBy {
  /** How many Level-0 products need a file. @param place of the file in the lock */
  readonly count: (place: number) => number;
  readonly who: (place: number) => WhoNeeds;
  /** Level-0 products of the campaign. */
  readonly level0: number;
}

export type LockedLevel0 = CampaignLock['level0'][number];

/** What all products need is one range, however many there are, and so is what those of a time need, where they follow each other. */
export async function neededByOf(level0: AsyncIterable<LockedLevel0> | Iterable<LockedLevel0>): Promise<NeededBy> {
  const collected = collector();
  for await (const row of level0) collected.add(row);
  return collected.neededBy();
}

/** The same of a list at hand. */
export function neededByIn(level0: Iterable<LockedLevel0>): NeededBy {
  const collected = collector();
  for (const row of level0) collected.add(row);
  return collected.neededBy();
}

function collector(): { add(row: LockedLevel0): void; neededBy(): NeededBy } {
  /** By place of the file: first, last, first, last, … */
  const bounds: number[][] = [];
  let names: string[] = [];
  let level0 = 0;
  return {
    add({ name, files }) {
      for (const file of files) {
        const own = bounds[file];
        // Two numbers as they are written: what grows by itself has room for 17.
        if (!own) bounds[file] = [level0, level0];
        else if (own.at(-1) === level0 - 1) own[own.length - 1] = level0;
        else if (own.at(-1) !== level0) own.push(level0, level0);
      }
      level0 += 1;
      if (level0 <= MAX_NAMED) names.push(name);
      else names = [];
    },
    neededBy: () => ({
      level0,
      count: (place) => rangesOf(bounds[place]).reduce((sum, [first, last]) => sum + last - first + 1, 0),
      who(place) {
        const ranges = rangesOf(bounds[place]);
        if (level0 > MAX_NAMED) return { neededByPlaces: ranges };
        return { neededBy: ranges.flatMap(([first, last]) => names.slice(first, last + 1)) };
      },
    }),
  };
}

function rangesOf(bounds: readonly number[] = []): PlaceRange[] {
  const ranges: PlaceRange[] = [];
  for (let at = 0; at < bounds.length; at += 2) ranges.push([bounds[at] ?? 0, bounds[at + 1] ?? 0]);
  return ranges;
}
