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
  const problems: CaseProblem[] = [...idsTwice(placed), ...groups.flatMap(([, own]) => namesTwice(own))];
  const folders: CaseFolder[] = [];
  const variables: UsedVariable[] = [];
  for (const [index, [name, own]] of groups.entries()) {
    const key = `own-${index + 1}`;
    const cases: ContractCase[] = [signIn(key)];
    const saved = new Set<string>();
    for (const one of own) {
      problems.push(...problemsOf(one, own, saved));
      const made = await toContractCase(one, { key, saved }, readSchema);
      problems.push(...made.problems);
      variables.push(...made.variables);
      cases.push(made.item);
      for (const variable of Object.keys(one.item.save ?? {})) saved.add(variable);
    }
    const about = own.find((one) => one.about !== undefined)?.about ?? '';
    folders.push(withCosts({ key, name: `${PREFIX}${name}`, about, isOwn: true, cases }));
  }
  return { folders, variables, problems };
}

function problemsOf(
  { item, index, problemAt }: Placed,
  folder: readonly Placed[],
  saved: ReadonlySet<string>,
): CaseProblem[] {
  const later = folder.flatMap((other) => Object.keys(other.item.save ?? {})).filter((name) => !saved.has(name));
  return caseProblems(item, new Set(later)).map(([keys, problem]) => problemAt(['cases', index, ...keys], problem));
}

function idsTwice(placed: readonly Placed[]): CaseProblem[] {
  const ours = new Set(CASE_FOLDERS.flatMap(({ cases }) => cases.map(({ key }) => key)));
  const taken = new Map<string, string>();
  return placed.flatMap(({ item: { id }, index, problemAt, name }) => {
    const { line, column } = problemAt(['cases', index, 'id'], '');
    const earlier = taken.get(id) ?? (ours.has(id) ? 'the contract suite' : undefined);
    if (!taken.has(id)) taken.set(id, `${name}:${line}:${column}`);
    return earlier === undefined
      ? []
      : [problemAt(['cases', index, 'id'], `${JSON.stringify(id)} is taken by ${earlier}`)];
  });
}

function namesTwice(folder: readonly Placed[]): CaseProblem[] {
  const taken = new Map([[SIGN_IN, 'the first request of every folder']]);
  return folder.flatMap(({ item, index, problemAt, name }) => {
    const { line, column } = problemAt(['cases', index, 'name'], '');
    const earlier = taken.get(item.name);
    if (earlier === undefined) taken.set(item.name, `${name}:${line}:${column}`);
    return earlier === undefined
      ? []
      : [problemAt(['cases', index, 'name'], `${JSON.stringify(item.name)} is taken by ${earlier}`)];
  });
}
