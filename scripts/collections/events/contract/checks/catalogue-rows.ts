import type { CatalogueCheck, Order } from '../../../contract-suite/checks';
import type { Answer } from '../answer';
import { chosenRows, memberOf, sampleRows, sorted, type Row } from '../catalogue-sample';
import { difference, finding, same, setDifference, shown, type Finding } from '../finding';
import type { Scope } from '../scope';

type RowsCheck = CatalogueCheck & { readonly is: 'catalogue-rows' };

/** Every page ends here, whatever $top says (auxip.md §2.2). */
const PAGE = 200;

/** The answer to a query on the sample: the rows, their order, each row whole, the count, and nothing beside them. */
export function catalogueRows(check: RowsCheck, answer: Answer, scope: Scope): Finding[] {
  const chosen = chosenRows(sampleRows(scope), check.filter, scope);
  const { value, ...envelope } = answer.json() as { value: Row[] };
  return [
    finding('The envelope is as recorded', () => difference(envelopeOf(check, chosen.length), envelope)),
    finding(check.orderBy ? 'Exactly the rows asked for, in the order asked for' : 'Exactly the rows asked for', () =>
      check.orderBy ? wrongPage(check, check.orderBy, chosen, value) : wrongSet(check, chosen, value),
    ),
    finding('Each row is as it stands in the sample', () => wrongRow(check, chosen, value)),
  ];
}

function envelopeOf({ select, expand, count }: RowsCheck, total: number): object {
  const names = [...new Set([...(select ? ['Id', ...select] : []), ...(expand ? ['Attributes()'] : [])])];
  const suffix = names.length > 0 ? `(${names.join(',')})` : '';
  return { '@odata.context': `$metadata#Products${suffix}`, ...(count ? { '@odata.count': total } : {}) };
}

/** What `$top` and `$skip` ask for; `most`: the longest page the service answers. */
type Page = Pick<RowsCheck, 'top' | 'skip'>;

export function wrongSet(
  { top = Infinity, skip = 0 }: Page,
  chosen: readonly Row[],
  got: readonly Row[],
  most = PAGE,
): string | undefined {
  const ids = got.map(({ Id }) => Id);
  const due = Math.max(0, Math.min(top, most, chosen.length - skip));
  if (due === chosen.length)
    return setDifference(
      chosen.map(({ Id }) => Id),
      ids,
      'rows',
    );
  const strange = ids.filter((id) => !chosen.some(({ Id }) => Id === id));
  if (strange.length > 0) return `rows that were not asked for: ${strange.slice(0, 3).join(', ')}`;
  return difference(due, new Set(ids).size) ?? difference(due, ids.length);
}

/** Rows with equal keys may stand in any order, so keys are compared, not ids; the ids must be distinct and chosen. */
export function wrongPage(
  { top = Infinity, skip = 0 }: Page,
  orders: readonly Order[],
  chosen: readonly Row[],
  got: readonly Row[],
  most = PAGE,
): string | undefined {
  const due = sorted(chosen, orders).slice(skip, skip + Math.min(top, most));
  const keys = (rows: readonly Row[]): unknown[] => rows.map((row) => orders.map(({ by }) => memberOf(row, by)));
  const byId = new Map(chosen.map((row) => [row.Id, row]));
  const rows = got.map(({ Id }) => byId.get(Id)).filter((row): row is Row => row !== undefined);
  if (rows.length !== got.length) return `${got.length - rows.length} rows that were not asked for`;
  if (new Set(rows).size !== rows.length) return 'a row stands twice';
  const [expected, came] = [keys(due), keys(rows)];
  const first = expected.findIndex((key, index) => !same(key, came[index]));
  if (first < 0) return difference(expected.length, came.length);
  return `row ${first + 1}: expected ${shown(expected[first])}, got ${shown(came[first])}`;
}

function wrongRow({ select, expand }: RowsCheck, chosen: readonly Row[], got: readonly Row[]): string | undefined {
  const byId = new Map(chosen.map((row) => [row.Id, row]));
  for (const row of got) {
    const known = byId.get(row.Id);
    const problem = known && difference(projected(known, select, expand), row);
    if (problem) return `${row.Id}: ${problem}`;
  }
  return undefined;
}

/** The row as `$select` and `$expand` leave it; `@odata.id` comes with `$select` unless `Id` was named (auxip.md §3.4). */
export function projected({ Attributes, ...row }: Row, select?: readonly string[], expand?: boolean): object {
  const expanded = expand ? { Attributes } : {};
  if (!select) return { ...row, ...expanded };
  const kept = Object.fromEntries(
    Object.entries(row).filter(([name]) => name.startsWith('@') || name === 'Id' || select.includes(name)),
  );
  return { ...kept, ...(select.includes('Id') ? {} : { '@odata.id': `Products(${row.Id})` }), ...expanded };
}
