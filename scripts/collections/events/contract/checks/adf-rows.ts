import type { AdfCheck } from '../../../contract-suite/checks';
import type { AdfQuery, AdfSet } from '../../../contract-suite/adf-query';
import { adfSample, keyed, KEYS, NAVIGATIONS, shownRow, type AdfRow } from '../adf-sample';
import type { Answer } from '../answer';
import { chosenRows, type Row } from '../catalogue-sample';
import { difference, finding, same, type Finding } from '../finding';
import type { Scope } from '../scope';
import { wrongPage, wrongSet } from './catalogue-rows';

/** The upstream's own address leaks into every context (auxip.md §5). */
export const CONTEXT = 'http://reprobase:8080/reprocessing.svc/$metadata#';

/** The answer to a query: the rows, their order, each row whole; its count is that of the page, not of all (auxip.md §5.2). */
export function adfRows(check: AdfCheck & { readonly is: 'adf-rows' }, answer: Answer, scope: Scope): Finding[] {
  const { of, orderBy, count } = check;
  const chosen = chosenRows(adfSample(of, scope), check.filter, scope);
  const { value, ...envelope } = answer.json() as { value: AdfRow[] };
  const got = keyed(of, value);
  const total = count ? { '@odata.count': pageLength(check, chosen.length) } : {};
  return [
    finding('The envelope is as recorded', () => difference({ '@odata.context': `${CONTEXT}${of}`, ...total }, envelope)),
    finding(orderBy ? 'Exactly the rows asked for, in the order asked for' : 'Exactly the rows asked for', () =>
      orderBy ? wrongPage(check, orderBy, chosen, got, Infinity) : wrongSet(check, chosen, got, Infinity),
    ),
    finding('Each row is as it stands in the sample', () => wrongRow(check, chosen, value)),
  ];
}

/** `/$count` is JSON here, not text (auxip.md §5.2). */
export function adfCount(
  { ofAll, ...query }: AdfCheck & { readonly is: 'adf-count' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const chosen = chosenRows(adfSample(query.of, scope), query.filter, scope).length;
  return [
    finding('The number of rows, in JSON', () =>
      difference(
        { '@odata.context': `${CONTEXT}${query.of}`, value: ofAll ? chosen : pageLength(query, chosen) },
        answer.json(),
      ),
    ),
  ];
}

function pageLength({ top = Infinity, skip = 0 }: Pick<AdfQuery, 'top' | 'skip'>, chosen: number): number {
  return Math.max(0, Math.min(top, chosen - skip));
}

function wrongRow({ of, expand }: AdfQuery, chosen: readonly Row[], got: readonly AdfRow[]): string | undefined {
  for (const row of got) {
    const known = chosen.find(({ Id }) => Id === row[KEYS[of]]);
    const problem = known && difference(shownRow(of, asCame(known, of), expand), row);
    if (problem) return `${known.Id}: ${problem}`;
  }
  return undefined;
}

/** Without the key and name that were put in. */
function asCame(row: Row, of: AdfSet): AdfRow {
  const isOwn = (name: string): boolean => name !== 'Name' && (name !== 'Id' || KEYS[of] === 'Id');
  return Object.fromEntries(Object.entries(row).filter(([name]) => isOwn(name)));
}

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
    finding(`${member} is as it stands in the list`, () => {
      const row = rowOf(of, key, scope);
      if (member === 'AuxType') return difference(alone(row.AuxType), alone(body));
      if (!NAVIGATIONS[of].includes(member)) return difference(row[member], body.value);
      const [due, came] = [row[member], body.value].map((list) => (list as AdfRow[]).map(alone));
      const isSame = due?.length === came?.length && due?.every((one) => came?.some((other) => same(one, other)));
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
