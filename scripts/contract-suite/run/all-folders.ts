import type { CaseFolder } from '../contract-case';
import { CASE_FOLDERS } from '../folders';
import type { OwnCases } from '../own-cases/read-own-cases';

export interface OwnChoice {
  /** Folder with the user's own cases, or one file. */
  readonly cases?: string;
}

export interface AllFolders {
  /** Ours, then the user's own. */
  readonly all: readonly CaseFolder[];
  readonly own?: OwnCases;
}

/** @throws as `readOwnCases` */
export async function allFolders(place: string | undefined): Promise<AllFolders> {
  if (place === undefined) return { all: CASE_FOLDERS };
  const { readOwnCases } = await import('../own-cases/read-own-cases');
  const own = await readOwnCases(place);
  return { all: [...CASE_FOLDERS, ...own.folders], own };
}
