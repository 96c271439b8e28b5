/** Orders that the services' Java collections give to answers: java.util.HashMap iterates by bucket, not by insertion. */

/** Items in the iteration order of a HashMap that holds them under keys with these hashes; within a bucket as they came. */
export function byHashBucket<Item>(items: readonly Item[], hashOf: (item: Item) => number): Item[] {
  const tableSize = tableSizeFor(items.length);
  return items
    .map((item) => ({ item, bucket: spread(hashOf(item)) & (tableSize - 1) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ item }) => item);
}

/** java.lang.String.hashCode */
export function stringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  return hash;
}

/** Doubles from 16 whenever more than three quarters are used. */
function tableSizeFor(entries: number): number {
  let size = 16;
  while (entries > 0.75 * size) size *= 2;
  return size;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}
