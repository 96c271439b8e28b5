/** What a family of generated mutants makes: one defect, and requests that show it. */
import type { Faults } from '../../scenarios/faults';
import type { MutantNeeds } from '../mutant';
import type { Random } from './random';

/** The parts of the contract that a defect can lie in. */
export const AREAS = [
  'products',
  'attributes',
  'lists',
  'queries',
  'baselines',
  'choices',
  'intervals',
  'configuration',
  'periods',
  'headers',
  'statuses',
  'errors',
  'leaks',
  'tokens',
  'gateway',
  'redirects',
  'store',
  'metadata',
] as const;
export type Area = (typeof AREAS)[number];

/**
 * What the defect means for a caller, in the words of the contract suite: `data` the wrong files, or a wrong belief that files are
 * right; `contract` a program that keeps to the manuals fails; `shape` a reader may stumble.
 */
export const SEVERITIES = ['data', 'contract', 'shape'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A request that a client could make. */
export type Ask =
  | {
      readonly to: 'site';
      readonly method?: string;
      /** Path and query, percent-encoded as far as a URL needs it. */
      readonly target: string;
      /** Whose token goes with it; `user` when left out. */
      readonly as?: 'user' | 'operator' | 'nobody-signed-in';
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A form to the token endpoint. */
  | { readonly to: 'token'; readonly form: Readonly<Record<string, string>> }
  /** The file behind `$value` of a product. */
  | { readonly to: 'store'; readonly id: string; readonly headers?: Readonly<Record<string, string>> };

export interface Draft {
  readonly area: Area;
  readonly severity: Severity;
  /** One sentence without its full stop: what the service does wrong. */
  readonly defect: string;
  readonly needs?: MutantNeeds;
  /** Asked in this order of a healthy sandbox and of one with the mutant, some answer differs. */
  readonly witness: readonly Ask[];
  readonly create: () => Faults;
}

/** Undefined where the dice fell on something that cannot be, or cannot be seen. */
export type Family = (random: Random) => Draft | undefined;

export function get(target: string, more: Omit<Extract<Ask, { to: 'site' }>, 'to' | 'target'> = {}): Ask {
  return { to: 'site', target: target.replaceAll(' ', '%20'), ...more };
}
