/** Dates as texts that compare like their times: microseconds, as the database holds them (auxip.md#filters, auxip.md#dates). */

/**
 * 26 characters `yyyy-mm-ddThh:mm:ss.ffffff` of a DateTimeOffset text. The offset is ignored and further digits are rounded,
 * as the database does both; undefined for days that do not exist, and for years it cannot hold.
 */
export function sortableTime(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|[+-]\d\d:\d\d)$/i.exec(text);
  if (match === null) return undefined;
  const [, day = '', minute = '', second = '00', fraction = '0'] = match;
  const whole = Date.parse(`${day}T${minute}:${second}Z`);
  if (Number.isNaN(whole) || new Date(whole).toISOString().slice(0, 10) !== day) return undefined;
  const micros = Math.round(Number(`0.${fraction}`) * 1e6);
  const seconds = new Date(whole + (micros === 1_000_000 ? 1000 : 0)).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

/** As `sortableTime`, for texts that are known to be dates with `Z`: without looking closely, because there are many. */
export function storedTime(text: string): string {
  const wholeSeconds = 20; // yyyy-mm-ddThh:mm:ssZ
  if (text.length === wholeSeconds) return `${text.slice(0, -1)}.000000`;
  return text.length > wholeSeconds ? text.slice(0, -1).padEnd(26, '0') : (sortableTime(text) ?? '');
}

/** As auxip.svc writes dates: `Z`, up to six fraction digits, no trailing zeros (auxip.md#dates). */
export function shortestTime(text: string): string | undefined {
  const sortable = sortableTime(text);
  return sortable === undefined ? undefined : `${sortable.replace(/\.?0+$/, '')}Z`.replace(/:Z$/, ':00Z');
}

/** The text of epoch milliseconds in that form. */
export function timeText(time: number): string {
  return new Date(time)
    .toISOString()
    .replace(/\.?0+Z$/, 'Z')
    .replace(/T(\d\d):?(\d\d)?:?Z$/, 'T$1:$2:00Z');
}

/** `yyyy-mm-ddThh:mm:ss.sssZ`; further digits are cut off. */
export function milliseconds(text: string): string {
  return `${(sortableTime(text) ?? text).slice(0, 23)}Z`;
}

/** When an entry is to go, 5346 weeks after its publication: stored, and shown only by the `icd` profile (auxip.md#attributes). */
export function evictionDate(publicationDate: string): string {
  const weeks = 5346;
  return new Date(Date.parse(milliseconds(publicationDate)) + weeks * 7 * 86_400_000).toISOString();
}
