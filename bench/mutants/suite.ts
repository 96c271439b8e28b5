/** A test suite that meets mutants. */
import type { Suite as Collection } from '../../scripts/newman/suite';
import type { ByFolder } from './by-folder';
import type { Met } from './mutant-sandbox';

export type { Collection };

/** All green on a healthy sandbox, so that it can be asked folder by folder until something is red. */
export interface FolderSuite extends ByFolder {
  readonly name: string;
  readonly runs: 'by-folder';
}

/** All of it is run; what is red on the healthy sandbox too counts for nothing. */
export interface WholeSuite {
  readonly name: string;
  readonly runs: 'whole';
  readonly collection: Collection;
}

export type Suite = FolderSuite | WholeSuite;

export interface MetMutant extends Met {
  readonly name: string;
  readonly seconds: number;
}
