import type { AdfSet } from '../../../adf-query';
import type { AdfCheck } from '../../../checks';
import { adfSample, asCame, CONTEXT, NAVIGATIONS, shownRow, type AdfRow } from '../../adf-sample';
import type { Answer } from '../../answer';
import { difference, finding, same, type Finding } from '../../finding';
import type { Scope } from '../../scope';

export function adfEntry(
  { of, key, expand }: AdfCheck & { readonly is: 'adf-entry' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  return [
    finding('The entry is the same as in the list', () => {
      const row = rowOf(of, key, scope);
      return difference({ '@odata.context': `${CONTEXT}${of}/$entity`, ...shownRow(of, row, expand) }, answer.json());
    }),
  ];
}

/** A property comes as `{"value":…}`, a type as an entry, the lists of a type as lists. */
export function adfMember(
  { of, key, member }: AdfCheck & { readonly is: 'adf-member' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const body = answer.json() as AdfRow;
  return [
    finding(`${member} is as listed`, () => {
      const row = rowOf(of, key, scope);
      if (member === 'AuxType') return difference(alone(row.AuxType), alone(body));
      if (!NAVIGATIONS[of].includes(member)) return difference(row[member], body.value);
      const [due, came] = [row[member], body.value].map((list) => (list as AdfRow[]).map(alone));
      const isSame = due?.length === came?.length && due?.every((item) => came?.some((another) => same(item, another)));
      return isSame ? undefined : difference(due, came);
    }),
    finding('The context leads to the $metadata', () =>
      String(body['@odata.context']).startsWith(CONTEXT) ? undefined : String(body['@odata.context']),
    ),
  ];
}

/** Its own members, without those that OData puts beside them. */
function alone(value: unknown): AdfRow {
  return Object.fromEntries(Object.entries((value ?? {}) as AdfRow).filter(([name]) => !name.startsWith('@')));
}

function rowOf(of: AdfSet, key: string, scope: Scope): AdfRow {
  const row = adfSample(of, scope).find(({ Id }) => Id === scope.text(key).toLowerCase() || Id === scope.text(key));
  if (!row) throw new Error(`the sample has no entry ${scope.text(key)}`);
  return asCame(row, of);
}
