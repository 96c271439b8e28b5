import type { Cause } from '../causes';

/** One promise looked at: kept, or broken in these words. */
export interface Finding {
  readonly promise: string;
  readonly problem?: string;
  /** Why, where what was compared tells. */
  readonly cause?: Cause;
}

/** A problem in words, with its cause. */
export interface Problem {
  readonly problem: string;
  readonly cause?: Cause;
}

/** A promise with the problem that `look` returns, if any. An exception in it is a problem too: the answer was not as thought. */
export function finding(promise: string, look: () => string | Problem | undefined): Finding {
  try {
    const problem = look();
    if (typeof problem === 'object') return { promise, ...problem };
    return problem === undefined ? { promise } : { promise, problem };
  } catch (error) {
    return { promise, problem: error instanceof Error ? error.message : String(error) };
  }
}

export function isKept(findings: readonly Finding[]): boolean {
  return findings.every(({ problem }) => problem === undefined);
}

/** The first problem that one of the items has, behind its name. */
export function firstProblem<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  problemOf: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return `${nameOf(item)}: ${problem}`;
  }
  return undefined;
}

/** What is broken, or where nothing is that all is well. */
export function brokenOr(findings: readonly Finding[], allIsWell: string): Finding[] {
  const broken = findings.filter(({ problem }) => problem !== undefined);
  return broken.length > 0 ? broken : [{ promise: allIsWell }];
}

/** Undefined when both are the same; else what was expected and what came. */
export function difference(expected: unknown, got: unknown): string | undefined {
  return same(expected, got) ? undefined : `expected ${shown(expected)}, got ${shown(got)}`;
}

/** Deep equality of JSON values; members of an object have no order (RFC 8259 §4). */
export function same(a: unknown, b: unknown): boolean {
  // Members nearly always come in the same order: only others need to be sorted.
  return JSON.stringify(a) === JSON.stringify(b) || JSON.stringify(a, inKeyOrder) === JSON.stringify(b, inKeyOrder);
}

function inKeyOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const MAX_CHARACTERS = 400;

/** A value as JSON, short enough to be read in a report. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}… (${text.length} characters)` : text;
}

/** Members of two sets that are in one of them only, in words; undefined when there are none. */
export function setDifference(expected: readonly string[], got: readonly string[], what: string): string | undefined {
  const [missing, extra] = [without(expected, got), without(got, expected)];
  const parts = [
    missing.length > 0 ? `${missing.length} ${what} missing: ${missing.slice(0, 3).join(', ')}` : '',
    extra.length > 0 ? `${extra.length} ${what} too many: ${extra.slice(0, 3).join(', ')}` : '',
    got.length !== new Set(got).size ? `${what} repeated: ${repeated(got).slice(0, 3).join(', ')}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join('; ') : undefined;
}

function without(all: readonly string[], known: readonly string[]): string[] {
  const others = new Set(known);
  return all.filter((member) => !others.has(member));
}

function repeated(all: readonly string[]): string[] {
  return all.filter((member, index) => all.indexOf(member) !== index);
}
