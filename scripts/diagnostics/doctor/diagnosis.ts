import type { AuxflowError } from '../../errors/errors';

/** What a campaign depends on, in the order in which it depends on it; the table has this order. */
export const PARTS = [
  'dns',
  'tls',
  'token',
  'gateway',
  'role',
  'rdb',
  'auxip',
  'reprocessing',
  'store',
  'quota',
] as const;

export type Part = (typeof PARTS)[number];

/** What a look at a part found, unless it found a failure. */
export interface Seen {
  /** `unknown` where looking was not possible, or would have taken too long, although nothing is wrong. */
  readonly verdict: 'ok' | 'unknown';
  readonly seen: string;
  /** What to do next, if anything. */
  readonly next?: string;
}

/** A row of the table. */
export interface Diagnosis {
  readonly part: Part;
  readonly verdict: 'ok' | 'failing' | 'unknown';
  readonly seen: string;
  readonly seconds: number;
  readonly next?: string;
  /** Of what is failing: decides the exit code. */
  readonly error?: AuxflowError;
  /** The part that had to be ok before this one could be looked at. */
  readonly because?: Part;
}
