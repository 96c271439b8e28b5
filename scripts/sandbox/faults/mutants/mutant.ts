import type { Faults } from '../scenarios/faults';

export const MUTANT_GROUPS = [
  'shape',
  'types',
  'status',
  'headers',
  'errors',
  'paging',
  'filtering',
  'ordering',
  'counting',
  'selecting',
  'rules',
  'intervals',
  'baselines',
  'identity',
  'checksums',
  'tokens',
  'roles',
  'quota',
  'redirects',
  'store',
  'encoding',
  'caching',
  'metadata',
  'reprocessing',
  'conditions',
] as const;

export type MutantGroup = (typeof MUTANT_GROUPS)[number];

/** One small defect of the services, for measuring what a test suite notices. */
export interface Mutant {
  readonly name: string;
  readonly group: MutantGroup;
  /** One sentence: what the service does wrong. */
  readonly defect: string;
  /** How the sandbox must be started for a client of auxip.svc to meet the defect at all, or soon enough. */
  readonly needs?: MutantNeeds;
  /** Fresh, with nothing remembered. */
  readonly create: () => Faults;
}

/** Options of `auxflow sandbox`, as there. */
export interface MutantNeeds {
  readonly tokenSeconds?: number;
  readonly presignedSeconds?: number;
  readonly quota?: 'documented';
  readonly profile?: 'icd';
}

/** The mutants of one group. */
export function inGroup(group: MutantGroup, mutants: readonly Omit<Mutant, 'group'>[]): readonly Mutant[] {
  return mutants.map((mutant) => ({ ...mutant, group }));
}
