/** A test suite that meets mutants. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/contract/services';
import type { Suite as Collection } from '../../scripts/newman/run-suite';

export type { Collection };

export interface Suite {
  readonly name: string;
  readonly collection: Collection;
  /**
   * `by-folder`: all green on a healthy sandbox, so that it can be asked folder by folder until something is red; `quick`: only the
   * folders where the defect is likely to show. `whole`: what is red on the healthy sandbox too counts for nothing.
   */
  readonly runs: 'by-folder' | 'quick' | 'whole';
}

export interface MetMutant {
  readonly name: string;
  /** What noticed it: folder, request and check. */
  readonly noticedBy?: string;
  readonly seconds: number;
}

const COLLECTION = path.join(ROOT, 'collections', 'service-contract.postman_collection.json');

export function ourSuite(quick: boolean): Suite {
  return {
    name: `auxflow contract${quick ? ', only the likely folders' : ''}`,
    collection: JSON.parse(readFileSync(COLLECTION, 'utf8')) as Collection,
    runs: quick ? 'quick' : 'by-folder',
  };
}
