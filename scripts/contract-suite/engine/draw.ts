/**
 * What is looked at changes from day to day: everything drawn follows from a seed and a purpose, so that a run can be repeated by
 * its seed. Imports nothing of Postman.
 */

/** The seed of a day (UTC): its date as digits, e.g. `20261129`. `time` in epoch milliseconds. */
export function seedOfDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

/** A UUID anywhere in the range of all ids: where a part of the catalogue begins, whose ids are random (version 4). */
export function drawnId(seed: string, purpose: string): string {
  const digits = [0, 1, 2, 3]
    .map((part) => drawnNumber(seed, `${purpose} ${part}`).toString(16).padStart(8, '0'))
    .join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The items in an order of that seed. */
export function shuffled<Item>(items: readonly Item[], seed: string, purpose: string): readonly Item[] {
  return items
    .map((item, index) => ({ item, key: drawnNumber(seed, `${purpose} ${index}`) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** An unsigned 32-bit number: FNV-1a of the text, its bits mixed by MurmurHash3's finalizer. */
export function drawnNumber(seed: string, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed} ${purpose}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
