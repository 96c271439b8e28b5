/** One property of some rows is wrong, in the answers of some operations. */
import { isDeepStrictEqual } from 'node:util';
import type { WireRequest } from '../../../http/request';
import type { Fields } from '../../../odata/write-value';
import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { editData, rowsOf } from '../edit-json';
import { changesOf, GONE, severityOf, type Change, type Kind } from './changes';
import type { Area, Ask, Family } from './draft';
import { fileOf, type FileFacts } from './facts';
import { valueAt, withValueAt, type Path } from './places';
import type { Random } from './random';
import type { Scope } from './scopes';

export interface Property {
  /** Begins a sentence: `ContentDate/Start`. */
  readonly words: string;
  readonly path: Path;
  readonly kind: Kind;
  /** It says which file it is, whether it came whole, or when it holds. */
  readonly identifying: boolean;
}

export const property = (words: string, path: Path, kind: Kind, identifying = true): Property => ({
  words,
  path,
  kind,
  identifying,
});

/** The rows of an answer, and the answer with others in their place. */
export type Rows = (json: Fields, edit: (rows: readonly Fields[]) => readonly Fields[]) => Fields;

/** Answers of one operation, and a request to it whose answer has the target's row. */
export interface Operation {
  /** Ends a sentence: ` in lists with $expand`. */
  readonly words: string;
  readonly path: RegExp;
  readonly when?: (request: WireRequest) => boolean;
  readonly rows: Rows;
  /** Where the property stands in a row; undefined where it does not. */
  readonly placeOf?: (path: Path) => Path | undefined;
  readonly witness: readonly Ask[];
}

/** Undefined where there is no such request. */
export type OperationFor<Target extends FileFacts = FileFacts> = (
  target: Target,
  random: Random,
) => Operation | undefined;

export interface RowFamily<Target extends FileFacts> {
  readonly area: Area;
  /** `products`, in the middle of a sentence. */
  readonly rows: string;
  readonly properties: readonly Property[];
  readonly operations: readonly OperationFor<Target>[];
  readonly target: (random: Random) => Target | undefined;
  readonly scopeAround: (target: Target, random: Random) => Scope;
  /** Whom a row is about; by default the file of its id or name. */
  readonly fileOf?: typeof fileOf;
}

export function rowFamily<Target extends FileFacts>(family: RowFamily<Target>): Family {
  return (random) => {
    const target = family.target(random);
    if (target === undefined) return undefined;
    const { words, path, kind, identifying } = random.pick(family.properties);
    const change = random.pick(changesOf(kind));
    const scope = family.scopeAround(target, random);
    const operation = random.pick(family.operations)(target, random);
    const place = operation?.placeOf ? operation.placeOf(path) : path;
    if (operation === undefined || place === undefined) return undefined;
    return {
      area: family.area,
      severity: severityOf(change, identifying),
      defect: `${words} of ${family.rows}${scope.words} ${change.words}${operation.words}`,
      witness: operation.witness,
      create: () => rowDefect({ operation, place, change, scope, fileOf: family.fileOf ?? fileOf }),
    };
  };
}

interface RowDefect {
  readonly operation: Operation;
  readonly place: Path;
  readonly change: Change;
  readonly scope: Scope;
  readonly fileOf: typeof fileOf;
}

function rowDefect({ operation, place, change, scope, fileOf: fileOfRow }: RowDefect): Faults {
  let previous: unknown;
  const spoil = (rows: readonly Fields[], { path }: WireRequest): readonly Fields[] =>
    rows.map((row, index) => {
      const value = valueAt(row, place);
      if (value === undefined) return row;
      const around = { neighbour: valueAt(rows[index + 1] ?? rows[index - 1], place), previous };
      previous = value;
      const file = fileOfRow(row, path);
      if (file === undefined || !scope.has(file)) return row;
      const changed = change.apply(value, around);
      return isDeepStrictEqual(changed, value) ? row : withMember(row, place, changed);
    });
  return afterService(operation.path, (reply, request) =>
    operation.when?.(request) === false
      ? reply
      : editData(reply, (json) => operation.rows(json, (rows) => spoil(rows, request))),
  );
}

function withMember(row: Fields, place: Path, changed: unknown): Fields {
  const next = withValueAt(row, place, changed);
  return next === GONE ? {} : (next as Fields);
}

/** The answer is the one row. */
export const whole: Rows = (json, edit) => edit([json])[0] ?? json;

/** Rows stand in `value`. */
export const listed: Rows = (json, edit) =>
  Array.isArray(json['value']) ? { ...json, value: edit(rowsOf(json, 'value')) } : json;

/** Rows stand in a list inside each of the answer's own. */
export const nested =
  (name: string): Rows =>
  (json, edit) =>
    listed(json, (rows) =>
      rows.map((row) => (Array.isArray(row[name]) ? { ...row, [name]: edit(rowsOf(row, name)) } : row)),
    );
