import type { AdfRow } from '../adf-sample';
import type { Answer } from '../answer';
import { difference, finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';
import { listedTypes } from '../selection/facts';
import { ALONE } from './reprocessing/adf-file-promises';
import { FILE_MEMBERS, firstWrongRow, idOf, type RowPromise } from './reprocessing/adf-sample-read';

/** What is broken of the entries among which the rules choose: each with the recorded members, true to its name, of a type of the list. */
export function candidateFindings(title: string, answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: AdfRow[] };
  const types = listedTypes(scope);
  const promises: readonly RowPromise[] = [
    ['Every row has exactly the recorded members', (row) => setDifference(FILE_MEMBERS, Object.keys(row), 'members')],
    ['Every row names itself in @odata.id', (row) => difference(idOf('AuxFiles', String(row.Id)), row['@odata.id'])],
    ...ALONE,
    [
      'Its type is one of the list',
      ({ AuxType }) => {
        const { LongName, Mission, Rule } = (AuxType ?? {}) as AdfRow;
        const type = types.find(({ longName, mission }) => longName === LongName && mission === Mission);
        return type ? difference(type.rule, Rule) : `the list has no type ${String(LongName)} of ${String(Mission)}`;
      },
    ],
  ];
  return promises
    .map(([promise, problemOf]) => finding(`${title}: ${promise}`, () => firstWrongRow(value, 'AuxFiles', problemOf)))
    .filter(({ problem }) => problem !== undefined);
}
