/** Dates as texts that compare like their times: microseconds, as the database holds them (auxip.md §2.3, §3.5). */

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

/** As auxip.svc writes dates: `Z`, up to six fraction digits, no trailing zeros (auxip.md §3.5). */
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
