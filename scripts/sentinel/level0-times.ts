const STAMP = '([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})';
const START_AND_STOP = new RegExp(`_${STAMP}_${STAMP}_`);

/**
 * Sensing start and stop (epoch milliseconds, UTC) from the name of an S1 or S3 Level-0 product; undefined for S2, whose
 * interval is that of the data take in the service's own table (rdb.md#level-0-names).
 */
export function level0Times(name: string): { start: number; stop: number } | undefined {
  const parts = START_AND_STOP.exec(name);
  if (!parts || name.startsWith('S2')) return undefined;
  const [, ...digits] = parts.map(Number);
  return { start: utc(digits.slice(0, 6)), stop: utc(digits.slice(6, 12)) };
}

function utc([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export function inOrder(names: readonly string[]): string[] {
  return [...names].sort();
}
