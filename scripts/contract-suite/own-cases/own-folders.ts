import type { CaseProblem } from '../../errors/errors';
import { groupBy } from '../../lib/group-by';
import { withCosts } from '../case-costs';
import { SIGN_IN, signIn } from '../cases/sign-in';
import type { CaseFolder, ContractCase } from '../contract-case';
import { CASE_FOLDERS } from '../folders';
import { caseProblems } from './case-problems';
import type { Placed } from './parse-case-file';
import type { SchemaReader } from './schema-files';
import { toContractCase, type UsedVariable } from './to-contract-case';

export interface OwnFolders {
  readonly folders: readonly CaseFolder[];
  /** Variables that the environment must have. */
  readonly variables: readonly UsedVariable[];
  readonly problems: readonly CaseProblem[];
}

/** All folders of the user's own begin with it, so that none has the name of one of ours. */
const PREFIX = 'Own: ';

export async function createOwnFolders(placed: readonly Placed[], readSchema: SchemaReader): Promise<OwnFolders> {
  const groups = [...groupBy(placed, ({ folder }) => folder)].sort(([a], [b]) => (a < b ? -1 : 1));
  const problems: CaseProblem[] = [
    ...takenTwice(placed, 'id', ourIds()),
    ...groups.flatMap(([, own]) => takenTwice(own, 'name', [[SIGN_IN, 'the first request of every folder']])),
  ];
  const folders: CaseFolder[] = [];
  const variables: UsedVariable[] = [];
  for (const [index, [name, own]] of groups.entries()) {
    const key = `own-${index + 1}`;
    const cases: ContractCase[] = [signIn(key)];
    const saved = new Set<string>();
    for (const placedCase of own) {
      problems.push(...problemsOf(placedCase, own, saved));
      const made = await toContractCase(placedCase, { key, saved }, readSchema);
      problems.push(...made.problems);
      variables.push(...made.variables);
      cases.push(made.item);
      for (const variable of Object.keys(placedCase.item.save ?? {})) saved.add(variable);
    }
    const about = own.find(({ about }) => about !== undefined)?.about ?? '';
    folders.push(withCosts({ key, name: `${PREFIX}${name}`, about, isOwn: true, cases }));
  }
  return { folders, variables, problems };
}

function problemsOf(
  { item, index, problemAt }: Placed,
  folder: readonly Placed[],
  saved: ReadonlySet<string>,
): CaseProblem[] {
  const later = folder.flatMap(({ item: { save = {} } }) => Object.keys(save)).filter((name) => !saved.has(name));
  return caseProblems(item, new Set(later)).map(([keys, problem]) => problemAt(['cases', index, ...keys], problem));
}

const OURS = 'the contract suite';
const ourIds = (): [id: string, owner: string][] =>
  CASE_FOLDERS.flatMap(({ cases }) => cases.map(({ key }): [string, string] => [key, OURS]));

/** Each text once; `taken` by others from the start, with who they are. */
function takenTwice(
  placed: readonly Placed[],
  member: 'id' | 'name',
  others: readonly (readonly [text: string, owner: string])[],
): CaseProblem[] {
  const taken = new Map(others);
  return placed.flatMap(({ item, index, problemAt, name: file }) => {
    const told = (problem: string): CaseProblem => problemAt(['cases', index, member], problem);
    const text = item[member];
    const earlier = taken.get(text);
    if (earlier !== undefined) return [told(`${JSON.stringify(text)} is taken by ${earlier}`)];
    const { line, column } = told('');
    taken.set(text, `${file}:${line}:${column}`);
    return [];
  });
}
