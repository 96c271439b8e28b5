import { Failure } from '../../errors/errors';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;
const MINUTE = 60_000;

/**
 * A time of the command line as the service takes it: UTC with zone `Z`, because it ignores other offsets (rdb.md#look-up-by-interval). A bare date is
 * its midnight in UTC; a time with an offset (RFC 3339 §5.6) is converted. A time in UTC stays as it was typed.
 * @throws Failure TIME_MALFORMED, also for a time without a zone, which would mean one thing here and another there
 */
export function requestTime(option: string, text: string): string {
  const value = text.trim();
  const malformed = new Failure({ code: 'TIME_MALFORMED', option, value: text });
  if (DATE.test(value)) return `${value}T00:00:00Z`;
  const [, date = '', clock = '', sign, hours = '0', minutes = '0'] = TIME.exec(value) ?? [];
  if (date === '') throw malformed;
  const utc = `${date}T${clock.length === 5 ? `${clock}:00` : clock}Z`;
  if (sign === undefined) return utc;
  // A day that does not exist would turn into another one: it is left for the check of the request to refuse.
  const local = Date.parse(utc);
  if (Number.isNaN(local) || Number(hours) > 23 || Number(minutes) > 59) throw malformed;
  if (new Date(local).toISOString().slice(0, 19) !== utc.slice(0, 19)) throw malformed;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  return new Date(sign === '+' ? local - offset : local + offset).toISOString().replace('.000Z', 'Z');
}
