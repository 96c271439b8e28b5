import type { CaseFolder } from '../contract-case';

/**
 * Folders by wave and shard: the longest first, each to the shard with the least to do. What needs the service for itself comes
 * after all others, one at a time.
 */
export function waves(folders: readonly CaseFolder[], count: number): readonly (readonly CaseFolder[])[][] {
  const shards = Array.from({ length: count }, () => ({ folders: [] as CaseFolder[], cases: 0 }));
  const together = folders.filter(({ alone }) => !alone);
  for (const folder of together.toSorted((a, b) => b.cases.length - a.cases.length)) {
    const least = shards.reduce((best, shard) => (shard.cases < best.cases ? shard : best));
    least.folders.push(folder);
    least.cases += folder.cases.length;
  }
  const first = shards.map((shard) => shard.folders).filter((own) => own.length > 0);
  return [first, ...folders.filter(({ alone }) => alone).map((folder) => [[folder]])];
}
