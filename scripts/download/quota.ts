/** What may be asked of `$value`, and when (auxip.md#quota, auxip.md#polite-clients), as pure functions. Times are epoch milliseconds. */
import { DAY } from '../sentinel/time';

/** One `$value` that was granted, or may have been: charged with the whole size, whatever came of the transfer. */
export interface Grant {
  readonly at: number;
  readonly id: string;
  readonly bytes: number;
}

export interface QuotaRules {
  /** Grants in a run: each follows the one before within `pause`. */
  readonly inARun: number;
  /** Seconds without a grant after a run. */
  readonly pause: number;
  /** Over the sliding period. */
  readonly files: number;
  readonly bytes: number;
}

/** The period over which volume counts. The service's begins with a request; a sliding one of the same length is never too short. */
export const PERIOD = 8 * DAY;

/** 1000 "GB" of bytes × 1e-8: the service's arithmetic is off by ten, so this is 100 GB (auxip.md#quota). */
export const DOCUMENTED_BYTES = 100e9;

/** Polite everywhere: five grants, then more than ten seconds (auxip.md#polite-clients). */
export const DOCUMENTED_RULES: QuotaRules = { inARun: 5, pause: 11, files: Infinity, bytes: DOCUMENTED_BYTES };

/** The volume as the service counts it, of its 1000. */
export function chargeOf(bytes: number): number {
  return bytes * 1e-8;
}

/** Epoch milliseconds from which on the next grant may be asked for; `now` or before: at once. Grants stand in the order of time. */
export function nextGrantAt(grants: readonly Grant[], { inARun, pause }: QuotaRules): number {
  const pauseMilliseconds = pause * 1000;
  const last = grants.at(-1);
  if (!last) return -Infinity;
  let run = 1;
  for (let index = grants.length - 1; index > 0 && run < inARun; index--) {
    if ((grants[index]?.at ?? 0) - (grants[index - 1]?.at ?? 0) > pauseMilliseconds) break;
    run++;
  }
  return run < inARun ? -Infinity : last.at + pauseMilliseconds;
}

/** When there is room for a file in the budget: `now` if at once; Infinity if it alone is too large. */
export function roomAt(bytes: number, grants: readonly Grant[], rules: QuotaRules, now: number): number {
  const open = openGrants(grants, now);
  let [files, volume] = [open.length, sumOf(open)];
  if (bytes > rules.bytes || rules.files < 1) return Infinity;
  const fits = (): boolean => files < rules.files && volume + bytes <= rules.bytes;
  if (fits()) return now;
  for (const grant of open) {
    files -= 1;
    volume -= grant.bytes;
    if (fits()) return grant.at + PERIOD;
  }
  return Infinity;
}

/** Clocks of machines that share a home folder may differ by this, in milliseconds. */
const CLOCK_SKEW = 60_000;

/**
 * Grants that still count. One of the future was written by a clock that was wrong: it would hold up the account until then, and nobody
 * knows when it was made.
 */
export function openGrants(grants: readonly Grant[], now: number): readonly Grant[] {
  return grants.filter(({ at }) => at + PERIOD > now && at <= now + CLOCK_SKEW);
}

export function sumOf(grants: readonly { readonly bytes: number }[]): number {
  return grants.reduce((sum, { bytes }) => sum + bytes, 0);
}

export interface Schedule {
  /** Files that can be asked for before the budget makes us wait. */
  readonly now: number;
  /** When the last file can be asked for: no transfer can end before. Infinity if a file alone is too large. */
  readonly lastGrantAt: number;
  /** Periods of the budget that are touched, the present one included. */
  readonly windows: number;
}

/** Every file asked for as early as the rules allow, in order; transfers themselves take no time. */
export function scheduleOf(
  files: readonly number[],
  grants: readonly Grant[],
  rules: QuotaRules,
  now: number,
): Schedule {
  if (files.some((bytes) => bytes > rules.bytes) || rules.files < 1)
    return { now: 0, lastGrantAt: Infinity, windows: 0 };
  const open = [...openGrants(grants, now)];
  let [time, first, volume, atOnce] = [now, 0, sumOf(open), 0];
  let hasWaited = false;
  for (const bytes of files) {
    while (open.length - first >= rules.files || volume + bytes > rules.bytes) {
      const oldest = open[first++];
      if (!oldest) break;
      volume -= oldest.bytes;
      hasWaited ||= oldest.at + PERIOD > time;
      time = Math.max(time, oldest.at + PERIOD);
    }
    time = Math.max(time, nextGrantAt(rules.inARun < Infinity ? open.slice(-rules.inARun) : [], rules));
    open.push({ at: time, id: '', bytes });
    volume += bytes;
    if (!hasWaited) atOnce += 1;
  }
  return { now: atOnce, lastGrantAt: time, windows: 1 + Math.floor((time - now) / PERIOD) };
}

/** The limits that there are. */
export function budgetOf({ files, bytes }: QuotaRules): { files?: number; bytes?: number } {
  return { ...(files < Infinity ? { files } : {}), ...(bytes < Infinity ? { bytes } : {}) };
}
