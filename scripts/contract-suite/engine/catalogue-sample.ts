/** The sample: a part of the catalogue that is read once, and on which every query is answered here as well. */
import type { Filter } from '../filter';
import type { Order } from '../checks';
import { at } from './answer';
import type { Scope } from './scope';

/** An entry as it came, with its Attributes. */
export type Row = Readonly<Record<string, unknown>> & { readonly Id: string; readonly Name: string };

export interface Attribute {
  readonly Name: string;
  readonly ValueType: string;
  readonly Value: unknown;
}

const ROWS = 'catalogue_rows';

export function sampleRows(scope: Scope): readonly Row[] {
  const rows = scope.recall(ROWS) as Row[] | undefined;
  if (!rows) throw new Error('the sample of the catalogue is missing: send "The sample" first');
  return rows;
}

export function keepSample(rows: readonly Row[], scope: Scope): void {
  scope.remember(ROWS, rows);
}

/** A text as it is sorted. */
export type Collation = (text: string) => string;

/**
 * The database's collation may pass over punctuation and case at first, may have punctuation before letters, or may go by the bytes; no
 * caller may build on any of them, so that answers by each are right (auxip.md#filters).
 */
export const COLLATIONS: readonly Collation[] = [
  (text) => `${text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()} ${text}`,
  (text) => text,
  (text) => `${text.replace(/_/g, ' ').replace(/[.]/g, '!').toLowerCase()} ${text}`,
];

/** The rows that a filter chooses, as OData and the recordings say (auxip.md#filters). */
export function chosenRows(
  rows: readonly Row[],
  filter: Filter | undefined,
  scope: Scope,
  collation: Collation,
): readonly Row[] {
  return filter ? rows.filter((row) => holds(filter, row, scope, collation)) : rows;
}

function holds(filter: Filter, row: Row, scope: Scope, collation: Collation): boolean {
  if ('sample' in filter) return true;
  if ('and' in filter) return filter.and.every((part) => holds(part, row, scope, collation));
  if ('or' in filter) return filter.or.some((part) => holds(part, row, scope, collation));
  if ('call' in filter) {
    const [text, part] = [String(memberOf(row, filter.property)), scope.text(filter.text)];
    if (filter.call === 'contains') return text.includes(part);
    return filter.call === 'startswith' ? text.startsWith(part) : text.endsWith(part);
  }
  const value = scope.text(filter.value);
  if ('attribute' in filter) {
    return attributesOf(row)
      .filter(({ Name, ValueType }) => Name === filter.attribute && ValueType === filter.type)
      .some((attribute) => compares(order(attribute.Value, value, collation), filter.is));
  }
  return compares(order(memberOf(row, filter.property), value, collation), filter.is);
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

/** Negative, zero or positive: numbers by value, dates by instant, ids by character, other texts by the collation. */
function order(a: unknown, b: unknown, collation: Collation): number {
  if (typeof a === 'number') return a - Number(b);
  const [left, right] = [comparable(String(a), collation), comparable(String(b), collation)];
  return left === right ? 0 : left < right ? -1 : 1;
}

const DATE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:[.](\d+))?)?Z(?:\[GMT\])?$/;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Fractions of any length are microseconds, rounded, and compare as text: `…30Z` is before `…30.1Z` (auxip.md#filters, auxip.md#dates, reprocessing.md#entities). */
function comparable(text: string, collation: Collation): string {
  const date = DATE.exec(text);
  if (date) return microseconds(`${date[1]}:${date[2] ?? '00'}`, Number(`0.${date[3] ?? '0'}`));
  return GUID.test(text) ? text.toLowerCase() : collation(text);
}

/** `second` as `yyyy-mm-ddThh:mm:ss`, `fraction` in seconds. */
export function microseconds(second: string, fraction: number): string {
  const micros = Math.round(fraction * 1e6);
  const carried = new Date(Date.parse(`${second}Z`) + Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19);
  return `${carried}.${String(((micros % 1e6) + 1e6) % 1e6).padStart(6, '0')}`;
}

/** Sorted by the keys; equal rows in any order, which is why answers are compared by their keys. */
export function sorted(rows: readonly Row[], orders: readonly Order[], collation: Collation): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const { by, descending } of orders) {
      const sign = order(memberOf(a, by), memberOf(b, by), collation);
      if (sign !== 0) return descending ? -sign : sign;
    }
    return 0;
  });
}
