/**
 * Single entries of reprocessing.svc that a night's draw asks for, one after another: types of every mission, rule and variability, and
 * a file of every type and unit of the sample. Lists may be right where an entry is not.
 */
import type { DrawnSet } from '../adf-query';
import { KEYS, type AdfRow } from './adf-sample';
import { shuffled } from './draw';
import { seedOf } from './sample-draw';
import type { Scope } from './scope';

const MAX_ENTRIES = 60;

/** The key to ask for next, as a variable of requests. */
const drawnKey = (of: DrawnSet): string => `adf_drawn_${of === 'AuxTypes' ? 'type' : 'file'}`;
const waitingKeys = (of: DrawnSet): string => `${drawnKey(of)}s`;

export function drawEntries(of: DrawnSet, rows: readonly AdfRow[], scope: Scope): void {
  const drawn = new Map<string, string>();
  for (const row of shuffled(rows, seedOf(scope), `entries of ${of}`)) {
    const part = partOf(of, row);
    if (!drawn.has(part)) drawn.set(part, String(row[KEYS[of]]));
  }
  wait(of, [...drawn.values()].slice(0, MAX_ENTRIES), scope);
}

/** The key that was asked for; that of the next one stands in the variable, and the request is repeated until all were asked for. */
export function takeEntry(of: DrawnSet, scope: Scope): string {
  const [asked = '', ...rest] = (scope.recall(waitingKeys(of)) ?? []) as string[];
  wait(of, rest, scope);
  if (rest.length > 0) scope.repeat();
  return asked;
}

function wait(of: DrawnSet, keys: readonly string[], scope: Scope): void {
  scope.remember(waitingKeys(of), keys);
  scope.remember(drawnKey(of), keys[0] ?? '');
}

function partOf(of: DrawnSet, row: AdfRow): string {
  if (of === 'AuxTypes') return [row.Mission, row.Rule, row.Variability].join(' ');
  return [((row.AuxType ?? {}) as AdfRow).LongName, row.Unit].join(' ');
}
