import { Failure } from '../../errors';
import type { Faults } from '../scenarios/faults';
import type { Mutant } from './mutant';
import { PAGING_MUTANTS } from './paging-mutants';
import { SHAPE_MUTANTS } from './shape-mutants';

/** The name under which no mutant is in. */
export const NO_MUTANT = 'none';

/** Every mutant, group by group. */
export const MUTANTS: readonly Mutant[] = [...SHAPE_MUTANTS, ...PAGING_MUTANTS];

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
