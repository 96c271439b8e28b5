/** The compact UTC times of Sentinel names, `yyyymmddThhmmss`, as epoch milliseconds and back. */

const COMPACT = /^\d{8}T\d{6}$/;

/** "No end" in Sentinel-2 names; stored as the last second of year 9999 (reprocessing.md#adf-names). */
const OPEN_END = '99999999T999999';
export const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59);

export const SECOND = 1000;
export const HOUR = 3600 * SECOND;
export const DAY = 24 * HOUR;

/** Epoch milliseconds, or undefined when the text is not a real date and time. `99999999T999999` is the open end. */
export function parseCompactTime(text: string): number | undefined {
  if (text === OPEN_END) return LAST_SECOND;
  if (!COMPACT.test(text)) return undefined;
  const { year, month, day, hour, minute, second } = fieldsOf(text);
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
  return isDate && hour < 24 && minute < 60 && second < 60 ? utc(year, month, day, hour, minute, second) : undefined;
}

/** `yyyymmddThhmmss` of epoch milliseconds; fractions of a second are cut off. */
export function formatCompactTime(time: number): string {
  const iso = new Date(time).toISOString();
  // Without patterns: the built-in catalogue has some ten thousand times.
  const date = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  return `${date}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}`;
}

/** Why the service could not read a time, in its own words: they reach the caller as the text of an HTTP 500. */
export interface Unreadable {
  readonly error: string;
}

/**
 * The time as rdb.svc reads it from a Level-0 name (rdb.md#level-0-names): Java's smart resolver, so 30 February is the last day
 * of February and 24:00:00 the next midnight, while month 13 or hour 25 is an error with a recorded text.
 */
export function readLenientTime(text: string): number | Unreadable {
  if (!COMPACT.test(text)) return { error: `Text '${text}' could not be parsed at index ${unreadableIndex(text)}` };
  const { year, month, day, hour, minute, second } = fieldsOf(text);
  const endOfDay = hour === 24 && minute === 0 && second === 0;
  const problem =
    outside('YearOfEra', year, 1, 999_999_999, '999999999/1000000000') ??
    outside('MonthOfYear', month, 1, 12) ??
    outside('DayOfMonth', day, 1, 31, '28/31') ??
    outside('MinuteOfHour', minute, 0, 59) ??
    outside('HourOfDay', endOfDay ? 0 : hour, 0, 23) ??
    outside('SecondOfMinute', second, 0, 59);
  if (problem) return { error: `Text '${text}' could not be parsed: ${problem}` };
  return utc(year, month, Math.min(day, daysOfMonth(year, month)), hour, minute, second);
}

/** `Date.UTC` with the years 0 to 99 taken at their word: the calendar repeats every 400 years. */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) - FOUR_CENTURIES;
}

const FOUR_CENTURIES = 146_097 * DAY;

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function outside(
  field: string,
  value: number,
  least: number,
  greatest: number,
  range = String(greatest),
): string | undefined {
  if (value >= least && value <= greatest) return undefined;
  return `Invalid value for ${field} (valid values ${least} - ${range}): ${value}`;
}

/** Where Java's parser of `yyyyMMdd'T'HHmmss` gives up: at the start of the first field that is not all digits. */
function unreadableIndex(text: string): number {
  const dateRunsOn = /^\d{9}/.test(text);
  if (dateRunsOn) return 0;
  const fields = [
    [0, 4],
    [4, 6],
    [6, 8],
    [8, 9],
    [9, 11],
    [11, 13],
    [13, 15],
  ] as const;
  const bad = fields.find(([begin, end]) => !(begin === 8 ? /^T$/ : /^\d+$/).test(text.slice(begin, end)));
  return bad?.[0] ?? 0;
}

/** Fields of a text that is known to have the form. */
function fieldsOf(text: string) {
  return {
    year: 100 * twoDigits(text, 0) + twoDigits(text, 2),
    month: twoDigits(text, 4),
    day: twoDigits(text, 6),
    hour: twoDigits(text, 9),
    minute: twoDigits(text, 11),
    second: twoDigits(text, 13),
  };
}

const ZERO = '0'.charCodeAt(0);

/** Without cutting the text into pieces: catalogues have millions of times. */
function twoDigits(text: string, index: number): number {
  return 10 * (text.charCodeAt(index) - ZERO) + text.charCodeAt(index + 1) - ZERO;
}
