import { uncaught } from '../odata/odata-error';
import type { OrderByItem } from '../odata/order-by';
import { collationKey, type Collation } from './collation';
import { propertyPath, type RowReader } from './filter';
import { storedTime } from './timestamp';

interface SortKey {
  readonly path: string;
  readonly type: string;
  readonly direction: 1 | -1;
}

interface Decorated<Row> {
  readonly row: Row;
  readonly values: readonly (string | number)[];
}

/**
 * The first `limit` rows by $orderby, as the database sorts them; ties stay as they came. Functions among the items are
 * passed over.
 * @throws ODataError 500 when nothing remains to sort by, or for a path that is no simple property
 */
export function sortRows<Row>(
  rows: Iterable<Row>,
  items: readonly OrderByItem[],
  reader: RowReader<Row>,
  limit = Infinity,
): Row[] {
  const keys = items.filter(({ expression }) => expression.kind === 'member').map(sortKey);
  if (keys.length === 0) throw uncaught();
  const compare = (a: Decorated<Row>, b: Decorated<Row>) => compareValues(a.values, b.values, keys);
  const enough = Math.max(4096, 2 * limit);
  const kept: Decorated<Row>[] = [];
  for (const row of rows) {
    kept.push({ row, values: keys.map((key) => sortValue(reader.value(row, key.path), key, reader.collation)) });
    if (kept.length >= enough) kept.sort(compare).length = limit;
  }
  return kept
    .sort(compare)
    .slice(0, limit)
    .map(({ row }) => row);
}

function sortKey({ expression, isDescending }: OrderByItem): SortKey {
  const path = propertyPath(expression);
  if (path === undefined || expression.type === undefined) throw uncaught();
  return { path, type: expression.type.name, direction: isDescending ? -1 : 1 };
}

function sortValue(value: string | number | null, { type }: SortKey, collation?: Collation): string | number {
  if (typeof value === 'number') return value;
  if (type === 'Edm.DateTimeOffset') return storedTime(value ?? '');
  return type === 'Edm.String' ? `${collationKey(value ?? '', collation)}\0${value ?? ''}` : (value ?? '');
}

function compareValues(
  a: readonly (string | number)[],
  b: readonly (string | number)[],
  keys: readonly SortKey[],
): number {
  for (const [index, { direction }] of keys.entries()) {
    const [left, right] = [a[index] ?? '', b[index] ?? ''];
    if (left !== right) return left < right ? -direction : direction;
  }
  return 0;
}
