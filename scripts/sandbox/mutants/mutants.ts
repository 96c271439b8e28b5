import { Failure } from '../../errors';
import type { Faults } from '../scenarios/faults';
import type { Mutant } from './mutant';
import { BASELINE_MUTANTS } from './baseline-mutants';
import { CACHING_MUTANTS } from './caching-mutants';
import { CHECKSUM_MUTANTS } from './checksum-mutants';
import { COUNT_MUTANTS } from './count-mutants';
import { ENCODING_MUTANTS } from './encoding-mutants';
import { ERROR_MUTANTS } from './error-mutants';
import { FILTER_MUTANTS } from './filter-mutants';
import { HEADER_MUTANTS } from './header-mutants';
import { IDENTITY_MUTANTS } from './identity-mutants';
import { INTERVAL_MUTANTS } from './interval-mutants';
import { METADATA_MUTANTS } from './metadata-mutants';
import { ORDER_MUTANTS } from './order-mutants';
import { PAGING_MUTANTS } from './paging-mutants';
import { QUOTA_MUTANTS } from './quota-mutants';
import { REDIRECT_MUTANTS } from './redirect-mutants';
import { REPROCESSING_MUTANTS } from './reprocessing-mutants';
import { ROLE_MUTANTS } from './role-mutants';
import { RULE_MUTANTS } from './rule-mutants';
import { SELECT_MUTANTS } from './select-mutants';
import { SHAPE_MUTANTS } from './shape-mutants';
import { STATUS_MUTANTS } from './status-mutants';
import { STORE_MUTANTS } from './store-mutants';
import { TOKEN_MUTANTS } from './token-mutants';
import { TYPE_MUTANTS } from './type-mutants';

/** The name under which no mutant is in. */
export const NO_MUTANT = 'none';

/** Every mutant, group by group. */
export const MUTANTS: readonly Mutant[] = [
  ...SHAPE_MUTANTS,
  ...TYPE_MUTANTS,
  ...STATUS_MUTANTS,
  ...HEADER_MUTANTS,
  ...ERROR_MUTANTS,
  ...PAGING_MUTANTS,
  ...FILTER_MUTANTS,
  ...ORDER_MUTANTS,
  ...COUNT_MUTANTS,
  ...SELECT_MUTANTS,
  ...RULE_MUTANTS,
  ...INTERVAL_MUTANTS,
  ...BASELINE_MUTANTS,
  ...IDENTITY_MUTANTS,
  ...CHECKSUM_MUTANTS,
  ...TOKEN_MUTANTS,
  ...ROLE_MUTANTS,
  ...QUOTA_MUTANTS,
  ...REDIRECT_MUTANTS,
  ...STORE_MUTANTS,
  ...ENCODING_MUTANTS,
  ...CACHING_MUTANTS,
  ...METADATA_MUTANTS,
  ...REPROCESSING_MUTANTS,
];

/** @throws Failure USAGE for an unknown name */
export function mutantFaultsOf(name: string): readonly Faults[] {
  if (name === NO_MUTANT) return [];
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant !== undefined) return [mutant.create()];
  throw new Failure({
    code: 'USAGE',
    problem: `'${name}' is no mutant of the sandbox`,
    next: `'auxflow sandbox --list-mutants' names them all`,
  });
}
