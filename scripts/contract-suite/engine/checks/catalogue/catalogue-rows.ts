import type { CatalogueCheck, Order } from '../../../checks';
import type { Answer } from '../../answer';
import { chosenRows, COLLATIONS, memberOf, sampleRows, sorted, type Collation, type Row } from '../../catalogue-sample';
import { difference, finding, same, setDifference, shown, type Finding } from '../../finding';
import type { Scope } from '../../scope';

type RowsCheck = CatalogueCheck & { readonly is: 'catalogue-rows' };

/** Every page ends here, whatever $top says (auxip.md#query-options). */
const PAGE = 200;

/** The answer to a query on the sample: the rows, their order, each row whole, the count, and nothing beside them. */
export function catalogueRows(check: RowsCheck, answer: Answer, scope: Scope): Finding[] {
  const candidates = COLLATIONS.map((collation) => findingsBy(collation, check, answer, scope));
  const kept = candidates.find((findings) => findings.every(({ problem }) => problem === undefined));
  return kept ?? candidates[0] ?? [];
}

function findingsBy(collation: Collation, check: RowsCheck, answer: Answer, scope: Scope): Finding[] {
  const sample = sampleRows(scope);
  const chosen = chosenRows(sample, check.filter, scope, collation);
  const { value: all, ...envelope } = answer.json() as { value: Row[] };
  const isOutside = ({ Id }: Row): boolean => !sample.some((row) => row.Id === Id);
  const others = check.beyond ? chosenRows(all.filter(isOutside), check.filter, scope, collation) : [];
  const value = all.filter((row) => !others.includes(row));
  const page: Page = {
    top: Math.min(numberOf(check.top, PAGE, scope), PAGE),
    skip: numberOf(check.skip, 0, scope),
  };
  const { orderBy } = check;
  return [
    finding('The envelope is as recorded', () => difference(envelopeOf(check, chosen.length), envelope)),
    finding(orderBy ? 'Exactly the rows asked for, in the order asked for' : 'Exactly the rows asked for', () =>
      orderBy ? wrongPage(page, orderBy, sorted(chosen, orderBy, collation), value) : wrongSet(page, chosen, value),
    ),
    finding('Each row equals that of the sample', () => wrongRow(check, chosen, value)),
  ];
}

/** What `$top` and `$skip` come to. */
export interface Page {
  readonly top: number;
  readonly skip: number;
}

function numberOf(option: number | string | undefined, otherwise: number, scope: Scope): number {
  return option === undefined ? otherwise : Number(scope.text(String(option)));
}

function envelopeOf({ select, expand, count, metadata, ieee754 }: RowsCheck, total: number): object {
  const properties = select?.includes('*') ? ['*'] : select ? ['Id', ...select] : [];
  const names = [...new Set([...properties, ...(expand ? ['Attributes()'] : [])])];
  const suffix = names.length > 0 ? `(${names.join(',')})` : '';
  return {
    ...(metadata === 'none' ? {} : { '@odata.context': `$metadata#Products${suffix}` }),
    ...(count ? { '@odata.count': ieee754 ? String(total) : total } : {}),
  };
}

export function wrongSet({ top, skip }: Page, chosen: readonly Row[], got: readonly Row[]): string | undefined {
  const ids = got.map(({ Id }) => Id);
  const due = Math.max(0, Math.min(top, chosen.length - skip));
  const expected = chosen.map(({ Id }) => Id);
  if (due === chosen.length) return setDifference(expected, ids, 'rows');
  const strange = ids.filter((id) => !expected.includes(id));
  if (strange.length > 0) return `rows that were not asked for: ${strange.slice(0, 3).join(', ')}`;
  return difference(due, new Set(ids).size) ?? difference(due, ids.length);
}

/** Rows with equal keys may stand in any order, so keys are compared, not ids; the ids must be distinct and chosen. */
export function wrongPage(
  { top, skip }: Page,
  orders: readonly Order[],
  chosen: readonly Row[],
  got: readonly Row[],
): string | undefined {
  const due = chosen.slice(skip, skip + top);
  const keys = (rows: readonly Row[]): unknown[] => rows.map((row) => orders.map(({ by }) => memberOf(row, by)));
  const byId = new Map(chosen.map((row) => [row.Id, row]));
  const rows = got.map(({ Id }) => byId.get(Id)).filter((row): row is Row => row !== undefined);
  if (rows.length !== got.length) return `${got.length - rows.length} rows that were not asked for`;
  if (new Set(rows).size !== rows.length) return 'a row occurs twice';
  const [expected, came] = [keys(due), keys(rows)];
  const first = expected.findIndex((key, index) => !same(key, came[index]));
  if (first < 0) return difference(expected.length, came.length);
  return `row ${first + 1}: expected ${shown(expected[first])}, got ${shown(came[first])}`;
}

/** What of a query decides how a row is written. */
type RowOptions = Pick<RowsCheck, 'select' | 'expand' | 'ieee754' | 'metadata'>;

export function wrongRow(check: RowOptions, chosen: readonly Row[], got: readonly Row[]): string | undefined {
  const byId = new Map(chosen.map((row) => [row.Id, row]));
  for (const row of got) {
    const known = byId.get(row.Id);
    const problem = known && rowDifference(check, known, row);
    if (problem) return `${row.Id}: ${problem}`;
  }
  return undefined;
}

function rowDifference(check: RowOptions, known: Row, row: Row): string | undefined {
  const expected = projected(known, check);
  if (check.metadata === 'none') return difference(unannotated(expected), row);
  if (check.metadata !== 'full') return difference(expected, row);
  const type = [row['@odata.type'], row['@odata.id'], row['Id@odata.type']];
  return (
    difference(['#OData.CSC.Product', `Products(${row.Id})`, '#Guid'], type) ??
    difference(unannotated(expected), unannotated(row))
  );
}

/** Without members that only annotate others (OData JSON §4.6). */
function unannotated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unannotated);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => !name.includes('@'));
  return Object.fromEntries(members.map(([name, member]) => [name, unannotated(member)]));
}

/** The row as `$select` and `$expand` leave it; `@odata.id` comes with `$select` unless `Id` was named (auxip.md#selected-properties). */
export function projected(
  { Attributes, ...whole }: Row,
  { select, expand, ieee754 }: Pick<RowsCheck, 'select' | 'expand' | 'ieee754'>,
): object {
  const row = { ...whole, ...(ieee754 ? { ContentLength: String(whole['ContentLength']) } : {}) };
  const expanded = expand ? { Attributes } : {};
  if (!select || select.includes('*')) return { ...row, ...expanded };
  const kept = Object.fromEntries(
    Object.entries(row).filter(([name]) => name.startsWith('@') || name === 'Id' || select.includes(name)),
  );
  return { ...kept, ...(select.includes('Id') ? {} : { '@odata.id': `Products(${whole.Id})` }), ...expanded };
}
