import type { AdfType } from '../../../sentinel/adf-types';
import type { Observation } from '../../../sentinel/learn-deltas';
import type { Candidate } from './facts';
import type { Sample } from './samples';

/** What the answers of a sample for one type are judged by. */
export interface Subject {
  readonly type: AdfType;
  readonly candidates: readonly Candidate[];
  readonly sample: Sample;
  /** All types of the sample, in the order of the service. */
  readonly needed: readonly AdfType[];
}

/** What was answered for one product: `chosen` are its files of the type. */
export interface Product extends Observation {
  readonly level0: string;
  readonly candidates: readonly Candidate[];
  /** Files of all types. */
  readonly names: readonly string[];
}
