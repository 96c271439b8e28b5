/** One cell of the matrix in full: which interval counted, how far its files reach, and what would be chosen otherwise. Pure. */
import { acceptableChoices } from '../sentinel/acceptable-choices';
import { widened, type Validity } from '../sentinel/selection-rules';
import { SECOND } from '../sentinel/time';
import {
  findingAt,
  type CellReason,
  type CellState,
  type CompletenessMatrix,
  type MatrixFile,
  type MatrixType,
} from './matrix';

export interface Cell {
  readonly state: CellState;
  readonly why?: CellReason;
  /** The sensing time widened by the type's deltas: epoch milliseconds. Absent where the product's name cannot be read. */
  readonly interval?: { readonly from: number; readonly to: number };
  readonly answered: readonly CellFile[];
  /** Of each of these one was expected, and none is there. */
  readonly lost: readonly (readonly CellFile[])[];
  /** Answered, and not right: part of `answered`. */
  readonly extra: readonly CellFile[];
  /**
   * What the rule would choose if the answered files were not there; empty where it would choose none. Absent where the candidates are
   * not known, or a Sentinel-1 filter by instrument configuration, whose table is not published, would have a say.
   */
  readonly otherwise?: readonly CellFile[];
}

export interface CellFile extends MatrixFile {
  /**
   * Seconds by which the validity reaches over the interval, before and after it; negative where it falls short. Absent where the file's
   * or the product's times are not known.
   */
  readonly marginBefore?: number;
  readonly marginAfter?: number;
  /** Seconds from the file's creation to the sensing start; negative for a file that was made after it. */
  readonly age?: number;
}

/** Undefined outside the matrix. @param type place of the row @param level0 place of the column */
export function cellAt(matrix: CompletenessMatrix, type: number, level0: number): Cell | undefined {
  const [row, product] = [matrix.types[type], matrix.level0[level0]];
  const finding = findingAt(matrix, type, level0);
  if (!row || !product || !finding) return undefined;
  const { state, why, answered, lost, extra } = finding;
  const sensing =
    product.t0 === undefined || product.t1 === undefined
      ? undefined
      : { t0: product.t0, t1: product.t1, delta0: row.deltas.delta0, delta1: row.deltas.delta1 };
  const shown = (places: readonly number[]): CellFile[] =>
    places.flatMap((place) => {
      const file = matrix.files[place];
      return file ? [sensing ? measured(file, sensing) : file] : [];
    });
  const [from, to] = sensing ? widened(sensing) : [];
  const otherwise =
    sensing && matrix.source === 'reprocessing.svc' ? runnersUp(matrix, row, answered, sensing) : undefined;
  return {
    state,
    why,
    ...(from !== undefined && to !== undefined ? { interval: { from, to } } : {}),
    answered: shown(answered),
    lost: lost.map(shown),
    extra: shown(extra),
    ...(otherwise ? { otherwise: shown(otherwise) } : {}),
  };
}

type Sensing = Parameters<typeof widened>[0];

function measured(file: MatrixFile, sensing: Sensing): CellFile {
  const [from, to] = widened(sensing);
  const seconds = (later: number | undefined, earlier: number | undefined): number | undefined =>
    later === undefined || earlier === undefined ? undefined : (later - earlier) / SECOND;
  return {
    ...file,
    marginBefore: seconds(from, file.start),
    marginAfter: seconds(file.stop, to),
    age: seconds(sensing.t0, file.creation),
  };
}

/** Files of Sentinel-1 that are filtered by a table that is not published (rdb.md#instrument-configuration). */
const CONFIGURED = /^S1.*[.]SAFE/;

function runnersUp(
  { files }: CompletenessMatrix,
  { rule, candidates }: MatrixType,
  answered: readonly number[],
  sensing: Sensing,
): readonly number[] | undefined {
  if (rule === undefined || answered.length === 0) return undefined;
  const taken = new Set(answered);
  const others = candidates.flatMap((place) => {
    const file = files[place];
    return file && !taken.has(place) && isDated(file) ? [{ ...file, place }] : [];
  });
  if (others.some(({ name }) => CONFIGURED.test(name))) return undefined;
  return acceptableChoices(rule, others, sensing).flatMap((alternatives) => {
    const last = alternatives.at(-1);
    return last ? [last.place] : [];
  });
}

function isDated(file: MatrixFile): file is MatrixFile & Validity {
  return file.start !== undefined && file.stop !== undefined && file.creation !== undefined;
}
