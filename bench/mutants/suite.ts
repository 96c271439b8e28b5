/** A test suite that meets mutants. */
import type { Suite as Collection } from '../../scripts/newman/suite';
import type { ByFolder } from './by-folder';
import type { Met } from './mutant-sandbox';

export type { Collection };

export type Suite = {
  readonly name: string;
  readonly collection: Collection;
} & (
  | /** All green on a healthy sandbox, so that it can be asked folder by folder until something is red. */
    ({ readonly runs: 'by-folder' } & ByFolder)
  /** All of it; what is red on the healthy sandbox too counts for nothing. */
  | { readonly runs: 'whole' }
);

export interface MetMutant extends Met {
  readonly name: string;
  readonly seconds: number;
}
