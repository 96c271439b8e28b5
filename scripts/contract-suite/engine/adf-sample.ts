/** The samples of reprocessing.svc: all ADF types, some auxiliary files, and the two lists of names (reprocessing.md#entities). */
import type { AdfSet } from '../adf-query';
import type { Row } from './catalogue-sample';
import type { Scope } from './scope';

/** The upstream's own address leaks into every context (reprocessing.md). */
export const CONTEXT = 'http://reprobase:8080/reprocessing.svc/$metadata#';

/** A row as it came, with everything expanded. */
export type AdfRow = Readonly<Record<string, unknown>>;

export const KEYS: Readonly<Record<AdfSet, string>> = {
  AuxTypes: 'LongName',
  AuxFiles: 'Id',
  ProductLevels: 'Level',
  ProductTypes: 'Type',
};

/** What `$expand` may name, and what is only there when it does. */
export const NAVIGATIONS: Readonly<Record<AdfSet, readonly string[]>> = {
  AuxTypes: ['ProductLevels', 'ProductTypes'],
  AuxFiles: ['AuxType'],
  ProductLevels: [],
  ProductTypes: [],
};

/** Rows under their key, as the checks of rows know them. */
export function adfSample(of: AdfSet, scope: Scope): readonly Row[] {
  const rows = scope.recall(sampleOf(of)) as AdfRow[] | undefined;
  if (!rows) throw new Error(`the sample of ${of} is missing: send "The sample of ${of}" first`);
  return keyed(of, rows);
}

export function keepAdfSample(of: AdfSet, rows: readonly AdfRow[], scope: Scope): void {
  scope.remember(sampleOf(of), rows);
}

/** `ProductLevels` by LongName, as they came in a request of their own. */
export function keepTypeLevels(rows: readonly AdfRow[], scope: Scope): void {
  const byType = rows.map(({ LongName, ProductLevels }) => [String(LongName), ProductLevels]);
  scope.remember('adf_type_levels', Object.fromEntries(byType));
}

export function withLevels(rows: readonly AdfRow[], scope: Scope): readonly AdfRow[] {
  const levels = scope.recall('adf_type_levels') as AdfRow | undefined;
  if (!levels) throw new Error('the levels of AuxTypes are missing: send "The levels of AuxTypes" first');
  return rows.map((row) => ({ ...row, ProductLevels: levels[String(row.LongName)] }));
}

const sampleOf = (of: AdfSet): string => `adf_${of}`;

/** Without the key and name that were put in. */
export function asCame(row: Row, of: AdfSet): AdfRow {
  const isOwn = (name: string): boolean => name !== 'Name' && (name !== 'Id' || KEYS[of] === 'Id');
  return Object.fromEntries(Object.entries(row).filter(([name]) => isOwn(name)));
}

export function keyed(of: AdfSet, rows: readonly AdfRow[]): readonly Row[] {
  return rows.map((row) => ({ ...row, Id: String(row[KEYS[of]]), Name: String(row.FullName ?? row[KEYS[of]]) }));
}

/** The row as it stands without what was not expanded. */
export function shownRow(of: AdfSet, row: AdfRow, expand: readonly string[] = []): AdfRow {
  const hidden = NAVIGATIONS[of].filter((name) => !expand.includes(name));
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name)));
}

/** The type of a file, as `AuxTypes` has it. */
export function typeOf(file: AdfRow, types: readonly AdfRow[]): AdfRow | undefined {
  const { LongName } = (file.AuxType ?? {}) as AdfRow;
  return types.find((type) => type.LongName === LongName);
}

/** Names in an expanded list: `[{"Type":"L1A"}]` (reprocessing.md#entities). */
export function namesIn(list: unknown, member: 'Type' | 'Level'): readonly string[] {
  return ((list ?? []) as AdfRow[]).map((item) => String(item[member]));
}

/** Beginnings of the names that belong to the sample, as the filter in the environment has them. */
export function sampleBeginnings(scope: Scope): readonly string[] {
  const found = [...scope.value('adf_sample').matchAll(/startswith\(FullName,'([^']+)'\)/g)].map(
    ([, text = '']) => text,
  );
  if (found.length === 0) throw new Error("adf_sample must be startswith(FullName,'…') or … in parentheses");
  return found;
}

const JAVA_DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(?::(?!00Z)(\d\d(?:[.](?:\d{3}){1,3})?))?Z\[GMT\]$/;

/** `2015-06-22T00:00Z[GMT]` as ISO 8601; undefined when it is not written as Java writes it (reprocessing.md#entities). */
export function isoOf(java: unknown): string | undefined {
  const [, minute, second = '00'] = JAVA_DATE.exec(String(java)) ?? [];
  return minute === undefined ? undefined : `${minute}:${second}Z`;
}

/** Epoch milliseconds; NaN when it is no date. */
export function instantOf(java: unknown): number {
  return Date.parse(isoOf(java) ?? '');
}
