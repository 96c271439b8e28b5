/** How often a fault strikes. */

/** True for the first `times` calls with each key: faults that pass, so that a retry gets through. */
export function firstTimes(times: number): (key: string) => boolean {
  const seen = new Map<string, number>();
  return (key) => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return count < times;
  };
}

/** True for the first `count` distinct keys, every time: faults that stay, on some of the files. */
export function firstKeys(count: number): (key: string) => boolean {
  const struck = new Set<string>();
  return (key) => {
    if (struck.size < count) struck.add(key);
    return struck.has(key);
  };
}
