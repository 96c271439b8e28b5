/** What the answers so far tell of the two tables that no service publishes: deltas, and Level-0 attributes. */
import type { DeltaKnowledge } from '../../../sentinel/learn-deltas';
import type { Deltas } from '../../../sentinel/select-adfs';
import type { Scope } from '../scope';

/** What is wrong, or remarkable, with the answer for a product. */
export interface Told {
  readonly level0: string;
  readonly words: string;
}

/** What is known of one ADF type for one mission. */
export interface TypeKnowledge {
  readonly known: DeltaKnowledge;
  /** The first answer that zero, and that the published deltas do not explain. */
  readonly notZero?: Told;
  readonly notPublished?: Told;
  /** Where no deltas explain all answers: those that explain the most. */
  readonly nearest?: Deltas;
}

/** The first answer that speaks against the published rows of Level-0 attributes, and against an empty table (rdb.md#level-0-attributes). */
export interface AttributeEvidence {
  readonly againstRows?: Told;
  readonly againstNone?: Told;
}

export interface Knowledge {
  /** By `deltaKey`. */
  readonly types: Readonly<Record<string, TypeKnowledge>>;
  readonly attributes: AttributeEvidence;
}

const KNOWLEDGE = 'selection_knowledge';

export function recallKnowledge(scope: Scope): Knowledge {
  return (scope.recall(KNOWLEDGE) as Knowledge | undefined) ?? { types: {}, attributes: {} };
}

export function keepKnowledge(knowledge: Knowledge, scope: Scope): void {
  scope.remember(KNOWLEDGE, knowledge);
}

export function forgetKnowledge(scope: Scope): void {
  scope.remember(KNOWLEDGE, '');
}
