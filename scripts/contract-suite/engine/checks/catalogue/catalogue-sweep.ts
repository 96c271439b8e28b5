/**
 * Windows of ids all over the catalogue, each read whole and then in other ways: lists that are right without options may be wrong with
 * them. A small catalogue is swept entirely; of a large one the beginning of each window is read.
 */
import { parseAdfName } from '../../../../sentinel/adf-name';
import { WINDOWS_OF_IDS } from '../../../cases/auxip/catalogue-draw';
import { serverTime, type Answer } from '../../answer';
import { filterText, type AttributeType } from '../../../filter';
import { attributesOf, type Attribute, type Row } from '../../catalogue-sample';
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

/** Of each window, so many are asked for by their ids: of types that were not asked for before, as far as there are. */
const ENTRIES_BY_ID = 16;

/** The options of each request for a window. The first one reads it; the others are compared with that. */
const WAYS: readonly (readonly [words: string, options: string, skipped: number])[] = [
  ['with attributes', `&$orderby=Id&$top=${MAX_ENTRIES}&$expand=Attributes`, 0],
  ['ordered by name', '&$orderby=Name', 0],
  ['behind the first', '&$orderby=Id&$skip=1', 1],
  ['without options', '', 0],
  // Within the window, those that have the drawn attribute.
  ['by an attribute', '', 0],
];
const BY_ATTRIBUTE = WAYS.length - 1;

interface Sweep {
  readonly window: number;
  readonly way: number;
  /** Of the window, with attributes, by id. */
  readonly rows: readonly Row[];
  /** Of this window or the one before, those that are asked for by id; the last one stays until there are others. */
  readonly entries: readonly Row[];
  /** Types of which an entry was drawn. */
  readonly types: readonly string[];
  /** An attribute of the window, of a name that was not asked for before, as far as there are. */
  readonly attribute?: Attribute;
  /** Names of attributes that were asked for. */
  readonly names: readonly string[];
}

const SWEEP = 'sweep_state';

export function beginSweep(scope: Scope): void {
  keep({ window: 0, way: 0, rows: [], entries: [], types: [], names: [] }, scope);
}

/** A window comes in, in one of the ways; goes on with the next way or the next window. */
export function readSweep(answer: Answer, scope: Scope): Finding[] {
  const sweep = sweepOf(scope);
  const { value } = answer.json() as { value: Row[] };
  if (sweep.way > 0) {
    goOn(sweep, scope);
    return compared(sweep, value);
  }
  const next = withDrawn({ ...sweep, rows: value }, scope);
  if (value.length > 0) goOn(next, scope);
  else leaveWindow(next, scope);
  const findings = rowFindings(value, rowPromises(scope, serverTime(answer)));
  return brokenOr(findings, `${value.length} entries are true to themselves`);
}

function withDrawn(sweep: Sweep, scope: Scope): Sweep {
  const inOrder = shuffled(sweep.rows, seedOf(scope), `window ${sweep.window}`);
  const firsts = new Map(inOrder.map((row) => [typeOf(row), row]));
  for (const type of sweep.types) firsts.delete(type);
  const entries = [...new Set([...firsts.values(), ...inOrder])].slice(0, ENTRIES_BY_ID);
  if (entries.length === 0) return sweep;
  const attributes = inOrder.flatMap(attributesOf).filter(({ Value }) => /^[\w .:-]+$/.test(String(Value)));
  const attribute = attributes.find(({ Name }) => !sweep.names.includes(Name)) ?? attributes[0];
  const names = attribute ? [...sweep.names, attribute.Name] : sweep.names;
  return { ...sweep, entries, attribute, names, types: [...new Set([...sweep.types, ...entries.map(typeOf)])] };
}

const typeOf = ({ Name }: Row): string => parseAdfName(Name)?.type ?? '';

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

/** The request that comes next is that for its entries by id; from there the walk comes back. */
function leaveWindow(sweep: Sweep, scope: Scope): void {
  const next = { ...sweep, window: sweep.window + 1, way: 0, rows: [] };
  keep(next, scope);
  if (next.entries.length === 0 && next.window <= WINDOWS) scope.repeat();
}

function compared({ rows, way, attribute }: Sweep, value: readonly Row[]): Finding[] {
  const [words = '', , skip = 0] = WAYS[way] ?? [];
  const term = way === BY_ATTRIBUTE ? attribute : undefined;
  const due = rows.slice(skip).filter((row) => !term || attributesOf(row).some((own) => isSame(own, term)));
  const which = term ? `${words}, ${term.Name} ${String(term.Value)}` : words;
  return [
    finding(`Exactly the rows of the window, ${which}`, () => wrongSet({ top: due.length, skip: 0 }, due, value)),
    finding(`Each row is the same, ${which}`, () => wrongRow({}, due, value)),
  ];
}

const isSame = (a: Attribute, b: Attribute): boolean => a.Name === b.Name && a.Value === b.Value;

type Resource = readonly [resource: string, due: (entry: Row) => object];

const WHOLE: Resource = [
  '?$expand=Attributes',
  (entry) => ({ '@odata.context': '$metadata#Products/$entity', ...projected(entry, { expand: true }) }),
];

/** What is asked for by the id of an entry, in turn. */
const RESOURCES: readonly Resource[] = (
  [
    ['/Attributes', (entry) => attributesAlone(entry)],
    ['/StringAttributes', (entry) => attributesAlone(entry, 'String')],
    ['/DateTimeOffsetAttributes', (entry) => attributesAlone(entry, 'DateTimeOffset')],
  ] satisfies readonly Resource[]
).flatMap((part) => [WHOLE, WHOLE, WHOLE, part]);

/** A drawn entry or its attributes, by its id: as in the list. Goes on with the next one, or the next window. */
export function readEntryById(answer: Answer, scope: Scope): Finding[] {
  const sweep = sweepOf(scope);
  const [entry, ...others] = sweep.entries;
  const [resource = '', dueOf] = resourceOf(sweep) ?? [];
  if (others.length > 0) {
    keep({ ...sweep, entries: others }, scope);
    scope.repeat();
  } else if (sweep.window <= WINDOWS) scope.goTo(WINDOWS_OF_IDS);
  if (!entry || !dueOf) return [{ promise: 'Every drawn entry has been read' }];
  return [
    finding(`${entry.Name}${resource} is the same as in the list`, () => difference(dueOf(entry), answer.json())),
  ];
}

const resourceOf = ({ window, entries }: Sweep): Resource | undefined =>
  RESOURCES[(window * ENTRIES_BY_ID + entries.length) % RESOURCES.length];

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

function filterOf({ window, way, rows, attribute }: Sweep, scope: Scope): string {
  const [first, last] = [rows[0], rows.at(-1)];
  const term = way === BY_ATTRIBUTE && attribute ? ` and ${termOf(attribute)}` : '';
  if (first && last) return `Id ge ${first.Id} and Id le ${last.Id}${term}`;
  const [from, to] = [boundary(window, scope), boundary(window + 1, scope)];
  return `Id ge ${from}${window < WINDOWS ? ` and Id lt ${to}` : ''}`;
}

function termOf({ Name, ValueType, Value }: Attribute): string {
  return filterText({ attribute: Name, type: ValueType as AttributeType, is: 'eq', value: String(Value) });
}

/** Windows are equally wide, but for the first and last, which make up one: the seed shifts them. */
function boundary(window: number, scope: Scope): string {
  const width = 2 ** 32 / WINDOWS;
  const shift = drawnNumber(seedOf(scope), 'windows') % width;
  const digits = window === 0 ? 0 : Math.floor(shift + (window - 1) * width);
  return `${digits.toString(16).padStart(8, '0')}-0000-0000-0000-000000000000`;
}
