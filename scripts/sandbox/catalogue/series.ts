/** Files that come in series, written as one line: `<first> <step> <how many> <name with {t}, {t+12h}, {t-5h57m}>`. */
import { DAY, formatCompactTime, HOUR, parseCompactTime, SECOND } from '../../sentinel/time';

const UNITS: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: 60 * SECOND, s: SECOND };

/** The names of a series; throws on a line that is none, because only our own facts are written so. */
export function expandSeries(line: string): readonly string[] {
  const [first = '', step = '', count = '', name = ''] = line.split(' ');
  const begin = parseCompactTime(first);
  if (begin === undefined || name === '') throw new SyntaxError(`not a series: ${line}`);
  return Array.from({ length: Number(count) }, (_, index) => nameAt(name, begin + index * duration(step)));
}

function nameAt(name: string, time: number): string {
  return name.replaceAll(/\{t(?:([+-])([^}]+))?\}/g, (_, sign: string | undefined, offset: string | undefined) =>
    formatCompactTime(time + (sign === '-' ? -1 : 1) * duration(offset ?? '')),
  );
}

/** Milliseconds of `1d`, `14h46m`, `6059s`; 0 of nothing. */
function duration(text: string): number {
  let total = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([0-9]+)([dhms])/g)) total += Number(amount) * (UNITS[unit] ?? 0);
  return total;
}
