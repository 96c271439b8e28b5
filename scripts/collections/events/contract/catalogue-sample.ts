/** The sample: a part of the catalogue that is read once, and on which every query is answered here as well. */
import type { Filter } from '../../contract-suite/filter';
import type { Order } from '../../contract-suite/checks';
import { at } from './answer';
import type { Scope } from './scope';

/** An entry as it came, with its Attributes. */
export type Row = Readonly<Record<string, unknown>> & { readonly Id: string; readonly Name: string };

export interface Attribute {
  readonly Name: string;
  readonly ValueType: string;
  readonly Value: unknown;
}

const SAMPLE = 'catalogue_rows';

export function sampleRows(scope: Scope): readonly Row[] {
  const rows = scope.recall(SAMPLE) as Row[] | undefined;
  if (!rows) throw new Error('the sample of the catalogue is missing: send "The sample" first');
  return rows;
}

export function keepSample(rows: readonly Row[], scope: Scope): void {
  scope.remember(SAMPLE, rows);
}

/** The rows that a filter chooses, as OData and the recordings say (auxip.md §2.3). */
export function chosenRows(rows: readonly Row[], filter: Filter | undefined, scope: Scope): readonly Row[] {
  return filter ? rows.filter((row) => holds(filter, row, scope)) : rows;
}

function holds(filter: Filter, row: Row, scope: Scope): boolean {
  if ('and' in filter) return filter.and.every((part) => holds(part, row, scope));
  if ('or' in filter) return filter.or.some((part) => holds(part, row, scope));
  if ('call' in filter) {
    const [text, part] = [String(memberOf(row, filter.property)), scope.text(filter.text)];
    if (filter.call === 'contains') return text.includes(part);
    return filter.call === 'startswith' ? text.startsWith(part) : text.endsWith(part);
  }
  const value = scope.text(filter.value);
  if ('attribute' in filter) {
    return attributesOf(row)
      .filter(({ Name, ValueType }) => Name === filter.attribute && ValueType === filter.type)
      .some((attribute) => compares(order(attribute.Value, value), filter.is));
  }
  return compares(order(memberOf(row, filter.property), value), filter.is);
}

export function attributesOf(row: Row): readonly Attribute[] {
  return (row.Attributes ?? []) as readonly Attribute[];
}

/** A property, or a path such as `ContentDate/Start`. */
export function memberOf(row: Row, property: string): unknown {
  return at(row, `/${property}`);
}

function compares(sign: number, comparison: string): boolean {
  switch (comparison) {
    case 'eq':
      return sign === 0;
    case 'ne':
      return sign !== 0;
    case 'gt':
      return sign > 0;
    case 'ge':
      return sign >= 0;
    case 'lt':
      return sign < 0;
    default:
      return sign <= 0;
  }
}

/** Negative, zero or positive: numbers by value, dates by instant, ids and other texts by character. */
export function order(one: unknown, other: unknown): number {
  if (typeof one === 'number') return one - Number(other);
  const [left, right] = [comparable(String(one)), comparable(String(other))];
  return left === right ? 0 : left < right ? -1 : 1;
}

const DATE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:[.](\d+))?)?Z(?:\[GMT\])?$/;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Fractions of any length compare as text once they are filled up: `…30Z` is before `…30.1Z` (auxip.md §3.5); reprocessing.svc writes the zone twice (§5.1). */
function comparable(text: string): string {
  const date = DATE.exec(text);
  if (date) return `${date[1]}:${date[2] ?? '00'}.${(date[3] ?? '').padEnd(12, '0')}`;
  return GUID.test(text) ? text.toLowerCase() : text;
}

/** Sorted by the keys; equal rows in any order, which is why answers are compared by their keys. */
export function sorted(rows: readonly Row[], orders: readonly Order[]): readonly Row[] {
  return [...rows].sort((one, other) => {
    for (const { by, descending } of orders) {
      const sign = order(memberOf(one, by), memberOf(other, by));
      if (sign !== 0) return descending ? -sign : sign;
    }
    return 0;
  });
}
