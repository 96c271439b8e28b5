/** A test suite that meets mutants. */
import type { Suite as Collection } from '../../scripts/newman/suite';
import type { Recordings } from './by-folder';

export type { Collection };

export type Suite = {
  readonly name: string;
  readonly collection: Collection;
} & (
  | {
      /** All green on a healthy sandbox, so that it can be asked folder by folder until something is red. */
      readonly runs: 'by-folder';
      readonly recordings: Recordings;
      /** Only the folders where the defect is likely to show. */
      readonly quick: boolean;
    }
  /** All of it; what is red on the healthy sandbox too counts for nothing. */
  | { readonly runs: 'whole' }
);

export interface MetMutant {
  readonly name: string;
  /** What noticed it: folder, request and check. */
  readonly noticedBy?: string;
  readonly seconds: number;
}
