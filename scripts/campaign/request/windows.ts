import { DAY, HOUR } from '../../sentinel/time';
import type { BaselineRequest } from '../../services/rdb';

/** ISO 8601 in UTC. */
export interface Interval {
  readonly start: string;
  readonly stop: string;
}

export interface WindowRules {
  /** Longest window, milliseconds. */
  readonly longest: number;
  /** How much neighbours share, milliseconds: at least the longest Level-0 product, at most half of `longest`. */
  readonly overlap: number;
}

/**
 * rdb.svc answers with the products that lie wholly inside an interval (rdb.md#look-up-by-interval), so neighbours share more than the longest
 * product: of the 1.09 million of 2020 that is one of 102.6 minutes (S3A_MW_0_MWR). A day is what clients should ask for at
 * most (rdb.md#hazards).
 */
export const WINDOWS: WindowRules = { longest: DAY, overlap: 2 * HOUR };

/**
 * An interval as overlapping windows: every span of at most `overlap` that lies wholly inside the interval lies wholly inside a
 * window. The first begins and the last ends exactly as the interval does, in the caller's own words.
 */
export function windowsOf({ start, stop }: Interval, { longest, overlap }: WindowRules = WINDOWS): Interval[] {
  const [begin, end] = [Date.parse(start), Date.parse(stop)];
  const windows: Interval[] = [];
  for (let from = begin; ; from += longest - overlap) {
    const isLast = from + longest >= end;
    windows.push({
      start: from === begin ? start : isoTime(from),
      stop: isLast ? stop : isoTime(from + longest),
    });
    if (isLast) return windows;
  }
}

/** The request in parts that each ask for a day at most; names need none. */
export function partsOf(request: BaselineRequest): BaselineRequest[] {
  if ('level0Names' in request) return [request];
  return windowsOf(request).map((window) => ({ ...request, ...window }));
}

/** Fractions only where there are some: rdb.md#look-up-by-interval counts them. */
function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
