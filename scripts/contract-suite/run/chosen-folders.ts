import { Failure } from '../../errors/errors';
import type { CaseFolder } from '../contract-case';
import { CASE_FOLDERS } from '../folders';

/** @throws Failure USAGE for a name that no resource begins with */
export function chosenFolders(names: readonly string[]): readonly CaseFolder[] {
  const unknown = names.find((name) => !CASE_FOLDERS.some((folder) => begins(folder, name)));
  if (unknown !== undefined) {
    const known = CASE_FOLDERS.map(({ name }) => name).join(', ');
    throw new Failure({
      code: 'USAGE',
      problem: `The contract suite has no folder ${JSON.stringify(unknown)}.`,
      next: `There are: ${known}.`,
    });
  }
  return names.length === 0
    ? CASE_FOLDERS
    : CASE_FOLDERS.filter((folder) => names.some((name) => begins(folder, name)));
}

const begins = ({ name }: CaseFolder, text: string): boolean => name.toLowerCase().startsWith(text.toLowerCase());

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
