import type { AdfSet } from '../../../adf-query';
import type { AdfCheck } from '../../../checks';
import { adfSample, asCame, CONTEXT, NAVIGATIONS, shownRow, type AdfRow } from '../../adf-sample';
import { takeEntry } from '../../adf-draw';
import type { Answer } from '../../answer';
import { difference, finding, same, type Finding } from '../../finding';
import type { Scope } from '../../scope';

export function adfEntry(
  { of, key, expand }: AdfCheck & { readonly is: 'adf-entry' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  return [finding('The entry is the same as in the list', () => differenceTo({ of, key, expand }, answer, scope))];
}

export function adfDrawn(
  { of, expand }: AdfCheck & { readonly is: 'adf-drawn' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const key = takeEntry(of, scope);
  return [
    finding('The entry is the same as in the list', () => {
      const problem = differenceTo({ of, key, expand }, answer, scope);
      return problem === undefined ? undefined : `${key}: ${problem}`;
    }),
  ];
}

/** Its status tells that it cannot be read. The others are read all the same. */
export function skipDrawn({ of }: AdfCheck & { readonly is: 'adf-drawn-next' }, _: Answer, scope: Scope): Finding[] {
  takeEntry(of, scope);
  return [];
}

interface Listed {
  readonly of: AdfSet;
  readonly key: string;
  readonly expand?: readonly string[];
}

function differenceTo({ of, key, expand }: Listed, answer: Answer, scope: Scope): string | undefined {
  const row = rowOf(of, key, scope);
  return difference({ '@odata.context': `${CONTEXT}${of}/$entity`, ...shownRow(of, row, expand) }, answer.json());
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
