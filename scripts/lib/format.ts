const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as quotas and object stores count, to three digits: 9380000 → `9.38 MB`, 374.47 → `374 B`. */
export function bytes(count: number): string {
  let [value, power] = [Math.round(count), 0];
  // A value that is rounded to 1000 belongs to the next unit.
  while (Number(value.toPrecision(3)) >= 1000 && power < UNITS.length - 1) [value, power] = [value / 1000, power + 1];
  return `${Number(value.toPrecision(3))} ${UNITS[power] ?? 'B'}`;
}

/** `42 ms`, `8.1 s`, `2 min 5 s`, `1 h 2 min`; rounded before it is divided, so that there are no 60 seconds and no 1000 milliseconds. */
export function duration(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  if (milliseconds < 1000) return `${milliseconds} ms`;
  const tenths = Math.round(seconds * 10);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 3600 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : hours(Math.round(seconds / 60));
}

/** For estimates, which know no tenths: `12 s`, `3 min`, `2 h 5 min`. */
export function roughly(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 60 ? `${minutes} min` : hours(minutes);
}

function hours(minutes: number): string {
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function plural(count: number, item: string, many = `${item}s`): string {
  return `${count} ${count === 1 ? item : many}`;
}
