import { Failure } from '../../errors/errors';
import { didYouMean } from '../../lib/input/closest';
import { SIGN_IN } from '../cases/sign-in';
import type { CaseFolder, ContractCase, Profile } from '../contract-case';
import { CASE_FOLDERS } from '../folders';
import { withPrerequisites } from './prerequisites';

export interface CaseChoice {
  /** Names of folders, or the beginnings of them; all when empty. */
  readonly folder: readonly string[];
  /** Part of a case's key or name, in any case; all when left out. */
  readonly grep?: string;
  readonly profile: Profile;
}

/**
 * The folders to be run, each with the cases to be sent: those of the profile that are asked for, and what they build on.
 * @throws Failure USAGE for a name that no folder begins with, or a text that no case has
 */
export function chosenCases(
  { folder: names, grep, profile }: CaseChoice,
  all: readonly CaseFolder[] = CASE_FOLDERS,
): readonly CaseFolder[] {
  const folders = chosenFolders(names, all).map((folder) => ({ ...folder, cases: folder.cases.filter(isOf(profile)) }));
  if (grep === undefined) return folders;
  const chosen = folders.flatMap((folder) => {
    const wanted = folder.cases.filter((item) => hasText(item, grep));
    return wanted.length === 0 ? [] : [{ ...folder, cases: withPrerequisites(folder.cases, wanted) }];
  });
  if (chosen.length > 0) return chosen;
  throw new Failure({
    code: 'USAGE',
    problem: `No case of the contract suite has ${JSON.stringify(grep)} in its id or name.`,
    next: '`auxflow contract --list` prints all of them.',
  });
}

const isOf =
  (profile: Profile) =>
  ({ profiles }: ContractCase): boolean =>
    profiles === undefined || profiles.includes(profile);

/** Each folder signs in: that is asked for by its folder only. */
function hasText({ key, name }: ContractCase, text: string): boolean {
  const wanted = text.toLowerCase();
  return name !== SIGN_IN && [key, name].some((own) => own.toLowerCase().includes(wanted));
}

function chosenFolders(names: readonly string[], all: readonly CaseFolder[]): readonly CaseFolder[] {
  const unknown = names.find((name) => !all.some((folder) => begins(folder, name)));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name);
    throw new Failure({
      code: 'USAGE',
      problem: `The contract suite has no folder ${JSON.stringify(unknown)}${didYouMean(unknown, known)}.`,
      next: `There are: ${known.join(', ')}.`,
    });
  }
  return names.length === 0 ? all : all.filter((folder) => names.some((name) => begins(folder, name)));
}

const begins = ({ name }: CaseFolder, text: string): boolean => name.toLowerCase().startsWith(text.toLowerCase());
