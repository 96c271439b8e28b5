/**
 * What a baseline answer says of itself, without any other request: which file of which type is valid when, and what is missing. A type is
 * missing from a Level-0 product when other products of the same kind in the same answer have it; what all of them lack cannot be seen here.
 */
import { groupBy } from '../../../lib/group-by';
import { visibleText } from '../../../lib/visible-text';
import { parseAdfName, UNKNOWN_TYPE } from '../../../sentinel/adf-name';
import { readLevel0Name } from '../../../sentinel/level0-name';
import type { BaselineAnswer } from '../../../services/schema/types/BaselineAnswer';
import { pathOf, type Band, type Span } from './time-runs';

type Entries = BaselineAnswer['value'];

/** The page stays below 100 kB, whatever the answer is. */
const MAX_TYPES = 100;
const MAX_FILES = 120;
const MAX_NAMES = 5;
const MAX_NAME_LENGTH = 120;
/** Shapes of all rows together, and of each. */
const MAX_SHAPES = 600;
const MAX_SHAPES_OF_ROW = 60;
const MIN_SHAPES_OF_ROW = 4;

/** A year from which on an end is taken as "for ever". Epoch milliseconds. */
const OPEN_END = Date.UTC(2090, 0);
const MINUTE = 60_000;

interface Product extends Partial<Span> {
  readonly name: string;
  /** Products of a kind need the same types. */
  readonly kind: string;
  readonly files: readonly AdfFile[];
  readonly byType: ReadonlyMap<string, readonly AdfFile[]>;
}

interface AdfFile {
  readonly name: string;
  readonly type: string;
  readonly span?: Span;
  neededBy: number;
}

interface TypeFacts {
  readonly type: string;
  readonly files: AdfFile[];
  readonly lacking: readonly Product[];
  /** Products whose sensing time their files of the type do not cover. */
  readonly uncovered: readonly Product[];
}

/** Texts and paths for the template: plain data. */
export interface BaselinePicture {
  readonly headline: string;
  readonly good: boolean;
  readonly notes: readonly string[];
  readonly axis?: { readonly from: string; readonly to: string; readonly sensing: string };
  readonly rows: readonly TypeRow[];
  readonly missing: readonly { readonly what: string; readonly names: readonly string[]; readonly more?: string }[];
  readonly files: readonly { readonly name: string; readonly neededBy: number }[];
  readonly moreFiles?: string;
}

interface TypeRow {
  readonly type: string;
  readonly files: number;
  readonly valid: string;
  /** Files in turn above and below, so that overlaps are seen. */
  readonly upper: string;
  readonly lower: string;
  readonly uncovered: string;
  readonly lacking: string;
  readonly says: string;
}

export function pictureOf(entries: Entries): BaselinePicture {
  const products = productsOf(entries);
  const files = [...new Set(products.flatMap((product) => product.files))];
  const types = typesOf(products, files);
  const empty = products.filter((product) => product.files.length === 0);
  const gaps = types.filter(({ lacking }) => lacking.length > 0);
  const shown = types.slice(0, MAX_TYPES);
  const axis = axisOf(products, files);
  const most = Math.min(Math.max(Math.floor(MAX_SHAPES / shown.length), MIN_SHAPES_OF_ROW), MAX_SHAPES_OF_ROW);
  return {
    headline: headlineOf(products, files, types.length, gaps.length, empty.length),
    good: products.length > 0 && empty.length === 0 && gaps.length === 0,
    notes: notesOf(entries, files, types.length - shown.length),
    axis: axis && {
      from: timeWords(axis.start),
      to: timeWords(axis.stop),
      sensing: pathOf(spansOf(products), { axis, top: 2, height: 12, maxRuns: 300 }),
    },
    rows: shown.map((type) => rowOf(type, axis, most)),
    missing: [
      ...(empty.length > 0
        ? [{ what: `No auxiliary file at all: ${count(empty.length, 'Level-0 product')}`, ...someOf(empty) }]
        : []),
      ...gaps.slice(0, MAX_TYPES / 4).map(({ type, lacking }) => ({
        what: `${type}: missing from ${count(lacking.length, 'Level-0 product')}`,
        ...someOf(lacking),
      })),
    ],
    files: [...files]
      .sort((a, b) => b.neededBy - a.neededBy)
      .slice(0, MAX_FILES)
      .map(({ name, neededBy }) => ({ name: shortened(name), neededBy })),
    moreFiles: files.length > MAX_FILES ? `and ${files.length - MAX_FILES} more: the answer has them all.` : undefined,
  };
}

function productsOf(entries: Entries): Product[] {
  const files = new Map<string, AdfFile>();
  const fileOf = (name: string): AdfFile => {
    const file = files.get(name) ?? readFile(name);
    files.set(name, file);
    return file;
  };
  return entries.map(({ Level0, AuxDataFiles }) => {
    const read = readLevel0Name(Level0.trim());
    const own = [...new Set(AuxDataFiles.map(({ Name }) => fileOf(Name.trim())))];
    for (const file of own) file.neededBy += 1;
    const byType = groupBy(own, ({ type }) => type);
    return { name: Level0, kind: read?.kind ?? '', start: read?.t0, stop: read?.t1, files: own, byType };
  });
}

function readFile(name: string): AdfFile {
  const read = parseAdfName(name);
  return { name, type: read?.type ?? UNKNOWN_TYPE, span: read, neededBy: 0 };
}

/** Types with problems first. */
function typesOf(products: readonly Product[], files: readonly AdfFile[]): TypeFacts[] {
  const filesByType = groupBy(files, ({ type }) => type);
  filesByType.delete(UNKNOWN_TYPE);
  const types = [...filesByType].map(([type, ofType]): TypeFacts => {
    const having = products.filter(({ byType }) => byType.has(type));
    const kinds = new Set(having.map(({ kind }) => kind));
    return {
      type,
      files: ofType.sort((a, b) => startOf(a) - startOf(b)),
      lacking: products.filter((each) => each.files.length > 0 && kinds.has(each.kind) && !each.byType.has(type)),
      uncovered: having.filter((product) => !areCovering(product.byType.get(type) ?? [], product)),
    };
  });
  return types.sort((a, b) => b.lacking.length - a.lacking.length || (a.type < b.type ? -1 : 1));
}

function startOf({ span }: AdfFile): number {
  return span?.start ?? 0;
}

/** Whether the files together are valid over the whole sensing time; true where that cannot be read. */
function areCovering(files: readonly AdfFile[], { start, stop }: Product): boolean {
  if (start === undefined || stop === undefined) return true;
  let reached = start;
  for (const { span } of [...files].sort((a, b) => startOf(a) - startOf(b)))
    if (span && span.start <= reached) reached = Math.max(reached, span.stop);
  return reached >= stop && files.some(({ span }) => span !== undefined && span.start <= start && span.stop >= start);
}

/** From the first to the last sensing time, and a little more; of products whose times cannot be read, none. */
function axisOf(products: readonly Product[], files: readonly AdfFile[]): Span | undefined {
  let [start, stop] = [Infinity, -Infinity];
  for (const span of spansOf(products)) [start, stop] = [Math.min(start, span.start), Math.max(stop, span.stop)];
  if (start > stop || files.length === 0) return undefined;
  const margin = Math.max((stop - start) / 20, 10 * MINUTE);
  return { start: start - margin, stop: stop + margin };
}

function spansOf(products: readonly Product[]): Span[] {
  return products.flatMap(({ start, stop }) => (start === undefined || stop === undefined ? [] : [{ start, stop }]));
}

function rowOf({ type, files, lacking, uncovered }: TypeFacts, axis: Span | undefined, maxRuns: number): TypeRow {
  const spans = files.flatMap(({ span }) => span ?? []);
  const draw = (some: readonly Span[], band: Omit<Band, 'axis' | 'maxRuns'>): string =>
    axis ? pathOf(some, { axis, maxRuns, ...band }) : '';
  return {
    type: shortened(type),
    files: files.length,
    valid: validityOf(spans),
    upper: draw(
      spans.filter((_, place) => place % 2 === 0),
      { top: 1, height: 6 },
    ),
    lower: draw(
      spans.filter((_, place) => place % 2 === 1),
      { top: 8, height: 6 },
    ),
    uncovered: draw(spansOf(uncovered), { top: 13, height: 2 }),
    lacking: draw(spansOf(lacking), { top: 0, height: 15 }),
    says: [
      lacking.length > 0 && `missing from ${lacking.length}`,
      uncovered.length > 0 && `${uncovered.length} beyond its validity`,
    ]
      .filter(Boolean)
      .join(', '),
  };
}

function validityOf(spans: readonly Span[]): string {
  if (spans.length === 0) return 'unknown';
  const stop = Math.max(...spans.map((span) => span.stop));
  return `${timeWords(Math.min(...spans.map(({ start }) => start)))} to ${stop >= OPEN_END ? 'open end' : timeWords(stop)}`;
}

function headlineOf(
  products: readonly Product[],
  files: readonly AdfFile[],
  types: number,
  gaps: number,
  empty: number,
): string {
  const all = `${count(products.length, 'Level-0 product')}, ${count(files.length, 'distinct auxiliary file')} of ${count(types, 'type')}`;
  if (products.length === 0) return 'The answer names no Level-0 product.';
  if (empty === products.length) return `${all}: every list is empty.`;
  const problems = [
    empty > 0 && `${count(empty, 'product')} without any file`,
    gaps > 0 && `${count(gaps, 'type')} missing from some products`,
  ].filter(Boolean);
  return `${all}: ${problems.length > 0 ? problems.join(', ') : 'all products of a kind have the same types'}.`;
}

function notesOf(entries: Entries, files: readonly AdfFile[], hiddenTypes: number): string[] {
  const unknown = entries.filter(({ Message }) => Message.startsWith('Warning')).length;
  const unread = files.filter(({ type }) => type === UNKNOWN_TYPE).length;
  return [
    unknown > 0 && `${count(unknown, 'Level-0 product')} not in the service's table: chosen by the times in the name.`,
    unread > 0 && `${count(unread, 'name')} of an unknown form: neither type nor validity could be read.`,
    hiddenTypes > 0 && `${count(hiddenTypes, 'type')} more: the answer has them all.`,
  ].filter((note) => note !== false);
}

function someOf(products: readonly Product[]): { names: string[]; more?: string } {
  const names = products.slice(0, MAX_NAMES).map(({ name }) => shortened(name));
  return { names, more: products.length > MAX_NAMES ? `and ${products.length - MAX_NAMES} more` : undefined };
}

function shortened(name: string): string {
  const text = visibleText(name);
  return text.length > MAX_NAME_LENGTH ? `${text.slice(0, MAX_NAME_LENGTH)}…` : text;
}

/** `2024-03-01 06:00`, UTC. */
function timeWords(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

function count(number: number, item: string): string {
  return `${number} ${item}${number === 1 ? '' : 's'}`;
}
