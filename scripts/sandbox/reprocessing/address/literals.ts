/** Literals, in the order in which the library tries them. */
import { alt, into, list, literal, map, named, never, pattern, seq, where, type Parser } from './combinators';
import { enumTypeName, identifier, membersOf } from './names';

export const booleanLiteral = alt(pattern('(?i)true'), pattern('(?i)false'));

const guid = pattern('[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}');

/** A fraction would have to be the letter d: a slip of the library. */
const dateTime = checked(pattern(String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.d{1,9})?)?(Z|((\+|-)\d{2}:\d{2}))`));
const date = checked(pattern(String.raw`\d{4}-\d{2}-\d{2}`));
const time = checked(pattern(String.raw`\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?`));
const duration = seq(
  pattern("(?i)duration'"),
  pattern(String.raw`([-+]?)P(?:([-+]?[0-9]+)Y)?(?:([-+]?[0-9]+)M)?(?:([-+]?[0-9]+)W)?(?:([-+]?[0-9]+)D)?`),
  pattern("'"),
);

const text = seq(literal("'"), pattern("[^']*(?:''[^']*)*"), literal("'"));

const enumeration = into(enumTypeName, (name) => {
  const isMember = (value: string): boolean => membersOf(name)?.includes(value) === true;
  const isNumber = (value: string): boolean => Number(value) < (membersOf(name)?.length ?? 0);
  const member = alt(
    named(where(identifier, isMember), `Invalid enum member name for enum: ${name}`),
    named(where(pattern(String.raw`\d+`), isNumber), `Invalid enum member value for enum: ${name}`),
  );
  return seq(literal("'"), list(member, literal(',')), literal("'"));
});

const binary = seq(literal("(?i)binary'"), pattern(String.raw`[A-Za-z0-9\-_=]*`), pattern("'"));
const number = pattern(String.raw`(\+|-)?\d+(\.\d+)?(e(\+|-)?\d+)?`);

export const primitiveLiteral: Parser = alt<unknown>(
  literal('null'),
  booleanLiteral,
  guid,
  dateTime,
  date,
  time,
  duration,
  text,
  enumeration,
  binary,
  number,
  pattern("(?i)geography'[^']*'"),
  pattern("(?i)geometry'[^']*'"),
);

/** What Java's clock and calendar do not know is no literal, with their text. */
function checked(parser: Parser<string>): Parser<string> {
  return into(parser, (value) => {
    const problem = problemOf(value);
    if (problem !== undefined) return never(`Text '${value}' could not be parsed: ${problem}`);
    return map(literal(''), () => value);
  });
}

const FIELDS = [
  ['MonthOfYear', 1, '1 - 12', 12],
  ['DayOfMonth', 1, '1 - 28/31', 31],
  ['HourOfDay', 0, '0 - 23', 23],
  ['MinuteOfHour', 0, '0 - 59', 59],
  ['SecondOfMinute', 0, '0 - 59', 59],
] as const;

function problemOf(value: string): string | undefined {
  const [day = '', clock = ''] = value.includes('-') && !value.startsWith(':') ? value.split('T') : ['', value];
  const numbers = [...day.split('-').slice(1), ...clock.replace(/[.Z+-].*$/, '').split(':')].map(Number);
  const fields = day === '' ? FIELDS.slice(2) : FIELDS;
  const isMidnight = clock !== '' && /^24:00(?::00)?(?:Z|[+-])/.test(clock);
  for (const [index, [name, low, told, high]] of fields.entries()) {
    const number = numbers[index];
    if (number === undefined || (clock === '' && index > 1) || (name === 'HourOfDay' && isMidnight)) continue;
    if (number < low || number > high) return `Invalid value for ${name} (valid values ${told}): ${number}`;
  }
  return day === '' ? undefined : dayProblem(day);
}

function dayProblem(text: string): string | undefined {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()) return undefined;
  if (day === 29) return `Invalid date 'February 29' as '${year}' is not a leap year`;
  const name = new Date(Date.UTC(2000, month - 1, 1)).toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  return `Invalid date '${name.toUpperCase()} ${day}'`;
}
