/**
 * The completeness matrix of a campaign as data: every Level-0 product × every ADF type that is wanted or was answered. Pages, locks and
 * verbs read it; `campaign/completeness/matrix-of-campaign.ts` makes it from what was judged. Imports nothing but `sentinel/`, so that a
 * page's script may use it too.
 *
 * A campaign has millions of cells and few that differ: a row keeps for each product one byte, the place of a `Finding` that many
 * products share. What depends on the product's own time (margins, ages, the file that would be chosen otherwise) is worked out when
 * somebody asks for one cell: `cellAt` of explain-cell.ts.
 */
import type { SelectionRuleName } from '../sentinel/selection-rules';

/**
 * `present`: the files that the rule chooses, and no others. `missing`: some or all of them are not in the baseline. `unexpected`: a file
 * that the rule does not choose, instead of another or besides. `duplicate`: the right files, one of them listed twice.
 * `not-applicable`: the rule chooses none, and there is none. `unknown`: cannot be told.
 */
export const CELL_STATES = ['present', 'missing', 'unexpected', 'duplicate', 'not-applicable', 'unknown'] as const;

export type CellState = (typeof CELL_STATES)[number];

/**
 * Why a cell is in its state, where that needs a reason.
 *
 * of `missing`: `type` no file of the type, `some` some of several, `empty` the whole list of the product is empty, `allowed`
 * `--allow-missing` names the type;
 * of `unexpected`: `superseded` an older file than the one that counts, `wrong` one that does not apply or not best, `surplus` one too
 * many, `foreign` the request does not want the type;
 * of `not-applicable`: `no-file` reprocessing.svc lists none, `none-applies` none for the product's time, `attributes` its mode or
 * polarisation is not the type's;
 * of `present`: `not-compared` the files of the service were not listed, so that only being there was judged;
 * of `unknown`: `name` the product's name cannot be read, `not-listed` the files of the service were not read, and the others are tables
 * of rdb.svc that are not published (`instrument-configuration`, `maximal-age`, `mode`), a file `beyond` the time that was asked for, and
 * a `rule` that is not known.
 */
export const CELL_REASONS = [
  'type',
  'some',
  'empty',
  'allowed',
  'superseded',
  'wrong',
  'surplus',
  'foreign',
  'no-file',
  'none-applies',
  'attributes',
  'not-compared',
  'name',
  'not-listed',
  'instrument-configuration',
  'maximal-age',
  'mode',
  'beyond',
  'rule',
] as const;

export type CellReason = (typeof CELL_REASONS)[number];

/** A file that was answered or could have been. Times in epoch milliseconds UTC, as reprocessing.svc lists them, else from the name. */
export interface MatrixFile {
  readonly name: string;
  /** Absent where neither the service nor the name tells them. */
  readonly start?: number;
  readonly stop?: number;
  readonly creation?: number;
  /** When the catalogue will forget it; absent where its answer does not say. */
  readonly eviction?: number;
}

export interface MatrixLevel0 {
  readonly name: string;
  /** Whether the service's table holds it. */
  readonly known: boolean;
  /** Sensing time, epoch milliseconds; absent where the name cannot be read. */
  readonly t0?: number;
  readonly t1?: number;
}

/** What is the same for all products of a row that share it. Places are those of `CompletenessMatrix.files`. */
export interface CellFinding {
  readonly state: CellState;
  readonly why?: CellReason;
  /** In the baseline. */
  readonly answered: readonly number[];
  /** Of each of these one was expected, and none is there; more than one where they tie. */
  readonly lost: readonly (readonly number[])[];
  /** Answered, and not right. */
  readonly extra: readonly number[];
}

export interface MatrixType {
  /** LongName; of a foreign file what its name says. */
  readonly type: string;
  /** Whether the request wants the type; else the row is there for files that came all the same. */
  readonly wanted: boolean;
  readonly rule?: SelectionRuleName;
  readonly variability?: 'Static' | 'Dynamic';
  /** Seconds by which the sensing time is widened, and how they are known: `learned` from the campaign's own answers. */
  readonly deltas: {
    readonly delta0: number;
    readonly delta1: number;
    readonly source: 'zero' | 'published' | 'learned';
  };
  /** All files that the rule may choose from, in the order in which the service lists them. Places. */
  readonly candidates: readonly number[];
  readonly findings: readonly CellFinding[];
  /** By Level-0 product: place of its finding. */
  readonly cells: Uint32Array;
  /** Products by state. */
  readonly counts: Readonly<Record<CellState, number>>;
}

export interface CompletenessMatrix {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  /** Where types and candidates come from. */
  readonly source: 'reprocessing.svc' | 'published table';
  /** Why reprocessing.svc was not read. */
  readonly reason?: string;
  /** Columns, in the order of their sensing time; names that cannot be read come last. */
  readonly level0: readonly MatrixLevel0[];
  /** Rows, in the order in which the service walks them; foreign types come last. */
  readonly types: readonly MatrixType[];
  readonly files: readonly MatrixFile[];
}

/** The finding of a cell by its places; undefined outside the matrix. */
export function findingAt(
  { types }: Pick<CompletenessMatrix, 'types'>,
  type: number,
  level0: number,
): CellFinding | undefined {
  const row = types[type];
  return row?.findings[row.cells[level0] ?? -1];
}

/** Cells of the matrix by state. */
export function totalsOf({ types }: Pick<CompletenessMatrix, 'types'>): Record<CellState, number> {
  const totals = noCells();
  for (const { counts } of types) for (const state of CELL_STATES) totals[state] += counts[state];
  return totals;
}

export function noCells(): Record<CellState, number> {
  return { present: 0, missing: 0, unexpected: 0, duplicate: 0, 'not-applicable': 0, unknown: 0 };
}
