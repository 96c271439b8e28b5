/** Why entries come in "arbitrary but stable" order: they lie in a java.util.HashMap keyed (name, message) (rdb.md#entries). */
import { byHashBucket, stringHash } from '../../lib/java-hash';

/** Values in the iteration order of a HashMap that holds them under pairs of texts; equal pairs collapse into the last. */
export function inHashMapOrder<T>(entries: readonly T[], pairOf: (entry: T) => readonly [string, string]): T[] {
  const byKey = new Map(entries.map((entry) => [pairOf(entry).join('\0'), entry]));
  return byHashBucket([...byKey.values()], (entry) => pairHash(pairOf(entry)));
}

function pairHash([first, second]: readonly [string, string]): number {
  return (Math.imul(31, stringHash(first)) + stringHash(second)) | 0;
}
