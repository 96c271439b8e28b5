import type { CaseFolder } from '../contract-case';

/** One of several machines that run the suite together: the first is 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * The folders of a shard, in the suite's order: the longest first, each to the shard with the fewest cases. A folder stays whole,
 * because its cases build on each other and sign in once; there may be more shards than folders, and then some have none.
 */
export function shardOf(
  folders: readonly CaseFolder[],
  { index, of }: Shard = { index: 1, of: 1 },
): readonly CaseFolder[] {
  const counts = Array.from({ length: of }, () => 0);
  const mine = new Set<CaseFolder>();
  for (const folder of folders.toSorted((a, b) => b.cases.length - a.cases.length)) {
    const least = counts.indexOf(Math.min(...counts));
    counts[least] = (counts[least] ?? 0) + folder.cases.length;
    if (least === index - 1) mine.add(folder);
  }
  return folders.filter((folder) => mine.has(folder));
}
