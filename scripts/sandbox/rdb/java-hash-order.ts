/** Why entries come in "arbitrary but stable" order: they lie in a java.util.HashMap keyed (name, message) (rdb.md §2.2). */

/** Values in the iteration order of a HashMap that holds them under pairs of texts; equal pairs collapse into the last. */
export function inHashMapOrder<T>(entries: readonly T[], pairOf: (entry: T) => readonly [string, string]): T[] {
  const byKey = new Map(entries.map((entry) => [pairOf(entry).join('\0'), entry]));
  const distinct = [...byKey.values()];
  const tableSize = hashMapTableSize(distinct.length);
  return distinct
    .map((entry) => ({ entry, bucket: spread(pairHash(pairOf(entry))) & (tableSize - 1) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ entry }) => entry);
}

/** Doubles from 16 whenever more than three quarters are used. */
function hashMapTableSize(entries: number): number {
  let size = 16;
  while (entries > 0.75 * size) size *= 2;
  return size;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}

function pairHash([first, second]: readonly [string, string]): number {
  return (Math.imul(31, stringHash(first)) + stringHash(second)) | 0;
}

/** java.lang.String.hashCode */
function stringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}
