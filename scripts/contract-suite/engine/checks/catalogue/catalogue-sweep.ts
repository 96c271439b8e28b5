/**
 * Windows of ids all over the catalogue, each read whole and then in other ways: lists that are right without options may be wrong with
 * them. A small catalogue is swept entirely; of a large one the beginning of each window is read.
 */
import { serverTime, type Answer } from '../../answer';
import type { Row } from '../../catalogue-sample';
import { drawnNumber, shuffled } from '../../draw';
import { brokenOr, difference, finding, type Finding } from '../../finding';
import { seedOf } from '../../sample-draw';
import type { Scope } from '../../scope';
import { rowFindings, rowPromises } from '../row-promises';
import { attributesAlone } from './catalogue-entry';
import { projected, wrongRow, wrongSet } from './catalogue-rows';

const WINDOWS = 14;

/** Entries of a window: far less than a page, so that none is cut off (auxip.md#query-options). */
const MAX_ENTRIES = 120;

/** Of each window, so many are asked for by their ids. */
const ENTRIES_BY_ID = 3;

/** The options of each request for a window. The first one reads it; the others are compared with that. */
const WAYS: readonly (readonly [words: string, options: string, skipped: number])[] = [
  ['with attributes', `&$orderby=Id&$top=${MAX_ENTRIES}&$expand=Attributes`, 0],
  ['ordered by name', '&$orderby=Name', 0],
  ['behind the first', '&$orderby=Id&$skip=1', 1],
  ['without options', '', 0],
];

interface Sweep {
  readonly window: number;
  readonly way: number;
  /** Of the window, with attributes, by id. */
  readonly rows: readonly Row[];
  /** Entries that are asked for by id. */
  readonly entries: readonly Row[];
}

const SWEEP = 'sweep_state';

export function beginSweep(scope: Scope): void {
  keep({ window: 0, way: 0, rows: [], entries: [] }, scope);
}

/** A window comes in, in one of the ways; goes on with the next way or the next window. */
export function readSweep(answer: Answer, scope: Scope): Finding[] {
  const sweep = sweepOf(scope);
  const { value } = answer.json() as { value: Row[] };
  if (sweep.way > 0) {
    goOn(sweep, scope);
    return compared(sweep, value);
  }
  const drawn = shuffled(value, seedOf(scope), `window ${sweep.window}`).slice(0, ENTRIES_BY_ID);
  const next = { ...sweep, rows: value, entries: [...sweep.entries, ...drawn] };
  if (value.length > 0) goOn(next, scope);
  else leaveWindow(next, scope);
  const findings = rowFindings(value, rowPromises(scope, serverTime(answer)));
  return brokenOr(findings, `${value.length} entries are true to themselves`);
}

/** An entry without date attributes spoils the window (auxip.md#expanded-attributes), as its status tells. Others are read all the same. */
export function skipWindow(scope: Scope): Finding[] {
  leaveWindow(sweepOf(scope), scope);
  return [];
}

function goOn(sweep: Sweep, scope: Scope): void {
  if (sweep.way + 1 >= WAYS.length) {
    leaveWindow(sweep, scope);
    return;
  }
  keep({ ...sweep, way: sweep.way + 1 }, scope);
  scope.repeat();
}

function leaveWindow(sweep: Sweep, scope: Scope): void {
  const next = { ...sweep, window: sweep.window + 1, way: 0, rows: [] };
  keep(next, scope);
  if (next.window <= WINDOWS) scope.repeat();
}

function compared({ rows, way }: Sweep, value: readonly Row[]): Finding[] {
  const [words = '', , skip = 0] = WAYS[way] ?? [];
  const due = rows.slice(skip);
  return [
    finding(`Exactly the rows of the window, ${words}`, () => wrongSet({ top: due.length, skip: 0 }, due, value)),
    finding(`Each row is the same, ${words}`, () => wrongRow({}, due, value)),
  ];
}

/** What is asked for by the id of an entry, in turn. */
const RESOURCES: readonly (readonly [resource: string, due: (entry: Row) => object])[] = [
  [
    '?$expand=Attributes',
    (entry) => ({ '@odata.context': '$metadata#Products/$entity', ...projected(entry, { expand: true }) }),
  ],
  ['/Attributes', (entry) => attributesAlone(entry)],
  ['/StringAttributes', (entry) => attributesAlone(entry, 'String')],
  ['/DateTimeOffsetAttributes', (entry) => attributesAlone(entry, 'DateTimeOffset')],
];

/** A drawn entry or its attributes, by its id: as in the list. Goes on with the next one. */
export function readEntryById(answer: Answer, scope: Scope): Finding[] {
  const sweep = sweepOf(scope);
  const [entry, ...others] = sweep.entries;
  const [resource = '', dueOf] = resourceOf(sweep) ?? [];
  keep({ ...sweep, entries: others }, scope);
  if (others.length > 0) scope.repeat();
  if (!entry || !dueOf) return [{ promise: 'Every drawn entry has been read' }];
  return [
    finding(`${entry.Name}${resource} is the same as in the list`, () => difference(dueOf(entry), answer.json())),
  ];
}

const resourceOf = ({ entries }: Sweep): (typeof RESOURCES)[number] | undefined =>
  RESOURCES[entries.length % RESOURCES.length];

function sweepOf(scope: Scope): Sweep {
  const sweep = scope.recall(SWEEP) as Sweep | undefined;
  if (!sweep) throw new Error('the sweep has not begun: send "Sign in" first');
  return sweep;
}

function keep(sweep: Sweep, scope: Scope): void {
  scope.remember(SWEEP, sweep);
  scope.remember(
    'sweep_query',
    sweep.window > WINDOWS ? '' : `$filter=${filterOf(sweep, scope)}${WAYS[sweep.way]?.[1] ?? ''}`,
  );
  scope.remember('draw_entry_id', sweep.entries[0]?.Id ?? '');
  scope.remember('draw_resource', resourceOf(sweep)?.[0] ?? '');
}

function filterOf({ window, rows }: Sweep, scope: Scope): string {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first && last) return `Id ge ${first.Id} and Id le ${last.Id}`;
  const [from, to] = [boundary(window, scope), boundary(window + 1, scope)];
  return `Id ge ${from}${window < WINDOWS ? ` and Id lt ${to}` : ''}`;
}

/** Windows are equally wide, but for the first and last, which make up one: the seed shifts them. */
function boundary(window: number, scope: Scope): string {
  const width = 2 ** 32 / WINDOWS;
  const shift = drawnNumber(seedOf(scope), 'windows') % width;
  const digits = window === 0 ? 0 : Math.floor(shift + (window - 1) * width);
  return `${digits.toString(16).padStart(8, '0')}-0000-0000-0000-000000000000`;
}
