/** The baseline of a short interval, read once; what other calls must answer is worked out from it. */
import { level0Times } from '../../sentinel/level0-times';
import type { Answer } from './answer';
import type { Scope } from './scope';

/** A file as a baseline names it, with its link. */
export interface BaselineFile {
  readonly Name: string;
  readonly AuxipLink: string;
}

export interface BaselineEntry {
  readonly Level0: string;
  readonly Message: string;
  readonly AuxDataFiles: readonly BaselineFile[];
}

/** A product of the sample and its files, as `filesText` writes them. */
export interface BaselineRow {
  readonly level0: string;
  readonly files: readonly string[];
}

/** In a variable, each file once: `files` by their place. */
interface KeptSample {
  readonly files: readonly string[];
  readonly rows: readonly (readonly [level0: string, files: readonly number[]])[];
}

const SAMPLE = 'baseline_rows';

export function baselineRows(scope: Scope): readonly BaselineRow[] {
  const kept = scope.recall(SAMPLE) as KeptSample | undefined;
  if (!kept) throw new Error('the sample of baselines is missing: send "A baseline of an interval" first');
  return kept.rows.map(([level0, files]) => ({ level0, files: files.map((place) => kept.files[place] ?? '') }));
}

export function keepBaseline(rows: readonly BaselineRow[], scope: Scope): void {
  const files = [...new Set(rows.flatMap((row) => row.files))];
  const places = new Map(files.map((file, place) => [file, place]));
  const kept = rows.map((row) => [row.level0, row.files.map((file) => places.get(file) ?? -1)] as const);
  scope.remember(SAMPLE, { files, rows: kept } satisfies KeptSample);
}

/** The entries of an answer. @throws when the body is none of a baseline */
export function entriesOf(answer: Answer): readonly BaselineEntry[] {
  const { value } = answer.json() as { value: unknown };
  if (!Array.isArray(value)) throw new Error('value is not a list');
  return value as readonly BaselineEntry[];
}

const LINK = /\/Products\(([^()/]*)\)\/\$value$/;

/** The id in a link; empty text when there is none. */
export function idOfLink(link: string): string {
  return LINK.exec(link)?.[1] ?? '';
}

/** Name and id in one text: what makes a file the same file. */
export function fileText({ Name, AuxipLink }: BaselineFile): string {
  return `${Name} ${idOfLink(AuxipLink)}`;
}

export function rowOf(entry: BaselineEntry): BaselineRow {
  return { level0: entry.Level0, files: entry.AuxDataFiles.map(fileText) };
}

/** Whether the product lies inside the interval, both ends included (rdb.md#look-up-by-interval). */
export function isWithin(level0: string, start: number, stop: number): boolean {
  const times = level0Times(level0);
  return times !== undefined && times.start >= start && times.stop <= stop;
}
