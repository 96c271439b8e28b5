/** A few entries of every part of the catalogue (strata.ts), each of which must agree with its own name and with what it was before. */
import { serverTime, type Answer } from '../../answer';
import { memberOf, type Row } from '../../catalogue-sample';
import { drawnId } from '../../draw';
import { brokenOr, difference, finding, type Finding } from '../../finding';
import { seedOf } from '../../sample-draw';
import type { Scope } from '../../scope';
import { strataOf, type Stratum } from '../../strata';
import { rowFindings, rowPromises } from '../row-promises';
import { wrongNames } from './catalogue-names';

/** What is known of the draw so far, as a variable. */
interface Draw {
  /** Place among the strata. */
  readonly place: number;
  /** Id behind which entries are asked for; empty: wherever they are. */
  readonly from: string;
  /** How many were found in each stratum. */
  readonly found: readonly number[];
  /** What each entry said, by its id. */
  readonly seen: Readonly<Record<string, string>>;
}

const DRAW = 'draw_state';

/** Of the first stratum, as variables for its request. */
export function beginDraw(scope: Scope): void {
  keepDraw({ place: 0, from: idFor(0, scope), found: [], seen: {} }, scope);
}

/** The entries of a stratum come in; goes on with the next one. Where none lies behind the drawn id, it is asked once more. */
export function readDraw(answer: Answer, scope: Scope): Finding[] {
  const draw = drawOf(scope);
  const strata = strataOf(seedOf(scope));
  const stratum = strata[draw.place];
  if (!stratum) return [{ promise: 'Everything has been drawn' }];
  const { value } = answer.json() as { value: Row[] };
  if (value.length === 0 && draw.from !== '') {
    keepDraw({ ...draw, from: '' }, scope);
    scope.repeat();
    return [{ promise: `There is no ${stratum.label} after ${draw.from}` }];
  }
  const next = withRows(draw, value);
  const findings = drawnFindings(value, draw, stratum, rowPromises(scope, serverTime(answer)));
  goOn(next, scope);
  return next.place < strata.length ? findings : [...findings, wholeDraw(next, strata)];
}

/** A page that cannot be read is told of by its status; the others are read all the same. */
export function skipDraw(scope: Scope): Finding[] {
  const draw = drawOf(scope);
  goOn({ ...draw, place: draw.place + 1, found: [...draw.found, 0] }, scope);
  return [];
}

function goOn(draw: Draw, scope: Scope): void {
  const isMore = draw.place < strataOf(seedOf(scope)).length;
  keepDraw({ ...draw, from: isMore ? idFor(draw.place, scope) : '' }, scope);
  if (isMore) scope.repeat();
}

function withRows(draw: Draw, rows: readonly Row[]): Draw {
  return {
    ...draw,
    place: draw.place + 1,
    found: [...draw.found, rows.length],
    seen: { ...draw.seen, ...Object.fromEntries(rows.map((row) => [row.Id, said(row)])) },
  };
}

/** What an entry says of its file, in one line. */
function said(row: Row): string {
  return [row.Name, row['ContentLength'], md5Of(row), row['PublicationDate']].map(String).join(' ');
}

const md5Of = (row: Row): unknown => memberOf(row, 'Checksum/0/Value');

/** One that all is well, or what is not. */
function drawnFindings(
  rows: readonly Row[],
  draw: Draw,
  { label, holds }: Stratum,
  promises: ReturnType<typeof rowPromises>,
): Finding[] {
  const ids = rows.map(({ Id }) => Id);
  const findings = [
    finding(`Each entry is of ${label}`, () => rows.find((row) => !holds(row))?.Name),
    finding(
      'They come by id, from the one asked for, each once',
      () => difference([...new Set(ids)].sort(), ids) ?? ids.find((id) => id < draw.from),
    ),
    finding('An entry that comes twice is the same', () => changed(rows, draw)),
    finding('Files of different length have different MD5', () => sharedMd5(rows, draw)),
    finding('Every name occurs once', () => sharedName(rows, draw)),
    ...rowFindings(rows, promises),
  ];
  return brokenOr(findings, `${rows.length} entries of ${label} are true to themselves`);
}

function changed(rows: readonly Row[], { seen }: Draw): string | undefined {
  const row = rows.find(({ Id }) => seen[Id] !== undefined);
  return row && difference(seen[row.Id], said(row));
}

function sharedMd5(rows: readonly Row[], { seen }: Draw): string | undefined {
  const all = [...Object.values(seen), ...rows.map(said)].map((line) => line.split(' '));
  const lengths = new Map<string, string>();
  for (const [name = '', length = '', md5 = ''] of all) {
    if ((lengths.get(md5) ?? length) !== length) return `${name}: ${md5} belongs to another file too`;
    lengths.set(md5, length);
  }
  return undefined;
}

function sharedName(rows: readonly Row[], { seen }: Draw): string | undefined {
  const all = { ...seen, ...Object.fromEntries(rows.map((row) => [row.Id, said(row)])) };
  const names = Object.values(all).map((line) => line.split(' ')[0] ?? '');
  return wrongNames([...new Set(names)], names);
}

function wholeDraw({ found, seen }: Draw, strata: readonly Stratum[]): Finding {
  const empty = strata.filter((_stratum, place) => found[place] === 0).map(({ label }) => label);
  const without = empty.length > 0 ? `, none of ${empty.join(', ')}` : '';
  return finding(`The draw found entries: ${Object.keys(seen).length}${without}`, () =>
    Object.keys(seen).length > 0 ? undefined : 'the catalogue is empty',
  );
}

function drawOf(scope: Scope): Draw {
  const draw = scope.recall(DRAW) as Draw | undefined;
  if (!draw) throw new Error('the draw has not begun: send "Sign in" first');
  return draw;
}

function keepDraw(draw: Draw, scope: Scope): void {
  const stratum = strataOf(seedOf(scope))[draw.place];
  const behind = draw.from === '' ? '' : ` and Id ge ${draw.from}`;
  scope.remember(DRAW, draw);
  scope.remember('draw_filter', stratum ? `${stratum.filter}${behind}` : '');
}

const idFor = (place: number, scope: Scope): string => drawnId(seedOf(scope), `stratum ${place}`);
