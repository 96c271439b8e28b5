import { breachesOf, excerpt, schemaOf } from '../../services/schema/validators';
import type { Change } from './change';
import { unknownProperties } from './unknown-properties';

export interface SampleOptions {
  /** Say of values only what kind they are: they are secrets. */
  readonly conceal?: boolean;
}

/**
 * Where an answer breaks its schema of schemas/json, and what it has that no schema knows. Rows of a list count once, by their first
 * example.
 */
export function compareSample(schema: string, answer: unknown, { conceal = false }: SampleOptions = {}): Change[] {
  const told = conceal ? kindOf : excerpt;
  const breaches = breachesOf(schema, answer).map(({ pointer, expected, came }): Change => ({
    sign: '~',
    what: anyRow(pointer),
    expected,
    got: told(came),
  }));
  const unknown = unknownProperties(schemaOf(schema), answer).map(({ pointer, value }): Change => ({
    sign: '+',
    what: anyRow(pointer),
    got: told(value),
  }));
  const firsts = new Map<string, Change>();
  for (const change of [...breaches, ...unknown]) {
    const key = [change.sign, change.what, change.expected].join('\n');
    if (!firsts.has(key)) firsts.set(key, change);
  }
  const changes = [...firsts.values()];
  if (changes.length <= MAX_CHANGES) return changes;
  const more: Change = { sign: '~', what: '(answer)', got: `${changes.length - MAX_CHANGES} more changes` };
  return [...changes.slice(0, MAX_CHANGES), more];
}

/** Nobody reads more, and an answer may have a new property some hundred thousand times. */
const MAX_CHANGES = 200;

function anyRow(pointer: string): string {
  return pointer.replace(/\/\d+(?=\/|$)/g, '/*') || '(answer)';
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? `a text of ${value.length} letters` : `a value of type ${typeof value}`;
}
