import type { CommandContext } from '../../session/context';
import type { ListedCase } from '../../session/run-events';
import { isIntrusive } from '../case-costs';
import { allFolders, type OwnChoice } from './all-folders';
import { chosenCases, type CaseChoice } from './chosen-cases';

/**
 * Tells of each case that a run would send: what it is, and what it costs the services. Nothing is sent. Returns the exit code.
 * @throws Failure USAGE for a choice that has no case; as `readOwnCases`
 */
export async function listCases(
  { cases: place, ...choice }: CaseChoice & OwnChoice,
  { listener }: Pick<CommandContext, 'listener'>,
): Promise<number> {
  const { all } = await allFolders(place);
  const cases = chosenCases(choice, all).flatMap(({ name: folder, cases: own }) =>
    own.map((item): ListedCase => {
      const { key: id, name, costs = [] } = item;
      return { id, folder, name, costs, intrusive: isIntrusive(item) };
    }),
  );
  for (const item of cases) listener({ type: 'listed-case', ...item });
  return 0;
}
