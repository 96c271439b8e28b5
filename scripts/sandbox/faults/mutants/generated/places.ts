/** Where a value stands inside a JSON object. */
import type { Fields } from '../../../odata/write-value';
import { GONE } from './changes';

/** A member, a place in a list, or the member of a list that has this name. */
export type Step = string | number | { readonly named: string };

export type Path = readonly Step[];

/** Undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  return step === undefined ? value : valueAt(memberOf(value, step), rest);
}

/** A copy with another value at the place, GONE for without it; the same where there is no such place. */
export function withValueAt(value: unknown, path: Path, changed: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return changed;
  const inner = memberOf(value, step);
  if (inner === undefined) return value;
  const next = withValueAt(inner, rest, changed);
  if (Array.isArray(value)) {
    const members = value as readonly unknown[];
    return members.flatMap((member) => (member !== inner ? [member] : next === GONE ? [] : [next]));
  }
  const entries = Object.entries(value as Fields).flatMap(([name, member]) =>
    name !== step ? [[name, member] as const] : next === GONE ? [] : [[name, next] as const],
  );
  return Object.fromEntries(entries);
}

function memberOf(value: unknown, step: Step): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (typeof step === 'object') {
    const members = Array.isArray(value) ? (value as readonly Fields[]) : [];
    return members.find((member) => member['Name'] === step.named);
  }
  return (value as Record<string | number, unknown>)[step];
}
