/** What the scripts of the suite tell its report about the selection of files. */
import type { SelectionRuleName } from '../sentinel/selection-rules';

/** One ADF type for one mission. Intervals are seconds, both ends belong to them; absent where there are none. */
export interface TypeFacts {
  readonly mission: string;
  /** LongName. */
  readonly type: string;
  readonly rule: SelectionRuleName;
  /** What explains all answers: zero, else the published deltas, else those learned; or nothing does; or the rule uses none. */
  readonly deltas: 'zero' | 'published' | 'learned' | 'contradictory' | 'not used';
  readonly delta0?: readonly [min: number, max: number];
  readonly delta1?: readonly [min: number, max: number];
  /** Of delta1 − delta0. */
  readonly difference?: readonly [min: number, max: number];
  /** Products that were looked at, and how many of them have a file of the type. */
  readonly answers: number;
  readonly withFiles: number;
}

export interface SelectionFacts {
  readonly types: readonly TypeFacts[];
  /** Which of two tables explains the answers: the published rows, or none (rdb.md#level-0-attributes). */
  readonly level0Attributes: 'in force' | 'not in force' | 'contradictory' | 'unknown';
}
