import { Failure } from '../../errors/errors';
import type { OwnFolders } from './own-folders';

/** @throws Failure CASES_REFUSED for variables that neither the environment nor the suite has */
export function requireVariables(
  { variables }: Pick<OwnFolders, 'variables'>,
  known: ReadonlySet<string>,
  place: string,
): void {
  const problems = variables
    .filter(({ name }) => !known.has(name))
    .map(({ name, problemAt }) => problemAt(`has {{${name}}}, which neither the environment nor an earlier case has`));
  if (problems.length > 0) throw new Failure({ code: 'CASES_REFUSED', path: place, problems });
}
