import { Failure } from '../../../errors/errors';
import type { Faults } from '../scenarios/faults';
import { generatedByName } from './generated/generate';
import type { Mutant } from './mutant';
import { BASELINE_MUTANTS } from './written/baseline-mutants';
import { CACHING_MUTANTS } from './written/caching-mutants';
import { CHECKSUM_MUTANTS } from './written/checksum-mutants';
import { CONDITION_MUTANTS } from './written/condition-mutants';
import { COUNT_MUTANTS } from './written/count-mutants';
import { ENCODING_MUTANTS } from './written/encoding-mutants';
import { ERROR_MUTANTS } from './written/error-mutants';
import { FILTER_MUTANTS } from './written/filter-mutants';
import { HEADER_MUTANTS } from './written/header-mutants';
import { IDENTITY_MUTANTS } from './written/identity-mutants';
import { INTERVAL_MUTANTS } from './written/interval-mutants';
import { METADATA_MUTANTS } from './written/metadata-mutants';
import { ORDER_MUTANTS } from './written/order-mutants';
import { PAGING_MUTANTS } from './written/paging-mutants';
import { QUOTA_MUTANTS } from './written/quota-mutants';
import { REDIRECT_MUTANTS } from './written/redirect-mutants';
import { REPROCESSING_MUTANTS } from './written/reprocessing-mutants';
import { ROLE_MUTANTS } from './written/role-mutants';
import { RULE_MUTANTS } from './written/rule-mutants';
import { SELECT_MUTANTS } from './written/select-mutants';
import { SHAPE_MUTANTS } from './written/shape-mutants';
import { STATUS_MUTANTS } from './written/status-mutants';
import { STORE_MUTANTS } from './written/store-mutants';
import { TOKEN_MUTANTS } from './written/token-mutants';
import { TYPE_MUTANTS } from './written/type-mutants';

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
  ...CONDITION_MUTANTS,
];

/** @throws Failure USAGE for an unknown name */
export function mutantFaultsOf(name: string): readonly Faults[] {
  if (name === NO_MUTANT) return [];
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant !== undefined) return [mutant.create()];
  const generated = generatedByName(name);
  if (generated !== undefined) return generated.create();
  throw new Failure({
    code: 'USAGE',
    problem: `'${name}' is not a mutant of the sandbox`,
    next: `'auxflow sandbox --list-mutants' lists them`,
  });
}
