import { isRecord } from '../../lib/read-json';

/** JSON Schema draft-07 as data: the dialect that Postman's sandbox (Ajv 6) and Ajv 8 both read. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export const DRAFT_07 = 'http://json-schema.org/draft-07/schema#';

/** Lays `patch` over `base`: objects merge by key, everything else is replaced. Neither argument is changed. */
export function overlay(base: JsonSchema, patch: JsonSchema): JsonSchema {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const below = merged[key];
    merged[key] = isRecord(below) && isRecord(value) ? overlay(below, value) : value;
  }
  return merged;
}
