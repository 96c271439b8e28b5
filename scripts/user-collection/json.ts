/** What JSON and YAML hold, before its form is known. */

export type Json = Readonly<Record<string, unknown>>;

/** A list as it is; empty where there is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Texts as they are, other scalars as they are written; undefined for everything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
