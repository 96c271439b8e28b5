/** The quota of several accounts, shared by all workers: what every implementation of it promises. */
import type { Grant, QuotaRules } from '../../download/quota';

export interface GrantRequest {
  /** Catalogue id. */
  readonly file: string;
  /** What the grant is charged with. */
  readonly bytes: number;
  /** Digests of the accounts that may be asked, in any order. */
  readonly accounts: readonly string[];
}

/** A `$value` that may be asked for now, charged already. */
export interface Reservation {
  readonly account: string;
  readonly file: string;
  /** Names the grant in the ledger. */
  readonly grant: string;
}

export type Reserved =
  | { readonly state: 'granted'; readonly reservation: Reservation }
  /**
   * Not before `milliseconds` from now. `pace`: after a run of grants; `refused`: the service answered 429; `budget`: the period's
   * volume, Infinity where the file alone exceeds it; `busy`: another worker asks for the same file.
   */
  | {
      readonly state: 'wait';
      readonly why: 'pace' | 'refused' | 'budget' | 'busy';
      readonly milliseconds: number;
    };

/** What `status` tells of an account. */
export interface AccountUse {
  readonly files: number;
  readonly bytes: number;
  readonly inFlight: number;
  /** Milliseconds that the account rests after a 429; 0: it does not. */
  readonly restsFor: number;
}

/** Milliseconds after which a reservation counts as granted when its worker shows no life. */
export const LEASE = 30_000;

/** Milliseconds: the pause is longer than the service's by more than this, so such an answer tells when its grant was. */
export const PROMPT = 900;

/**
 * Each attempt is reserved before it is made, then committed (it was granted, or may have been) or released (it surely was not). Whose
 * worker dies in between stays charged: one too many, never one too few (auxip.md#quota). The ledger's own clock decides, so clocks of
 * workers do not matter.
 */
export interface SharedLedger {
  reserve(request: GrantRequest): Promise<Reserved>;
  /** False when the lease has lapsed: the reservation must not be used any more. */
  renew(reservation: Reservation): Promise<boolean>;
  commit(reservation: Reservation): Promise<void>;
  release(reservation: Reservation): Promise<void>;
  /** The service answered 429: takes the reservation back and lets the account rest, for all workers. Returns milliseconds. */
  refuse(reservation: Reservation): Promise<number>;
  use(account: string): Promise<AccountUse>;
  /** Grants of the period, oldest first: to take them to another ledger. */
  grants(account: string): AsyncIterable<Grant>;
  /** Adds grants that were made elsewhere; those that are known already are left out. Returns how many were new. */
  add(account: string, grants: readonly Grant[]): Promise<number>;
}

/** Quota rules with the times that a shortened clock may change. */
export interface LedgerRules extends QuotaRules {
  /** Milliseconds over which volume counts. */
  readonly period: number;
}

/** Factor of the rest from one 429 to the next, and its longest, in pauses. */
export const REST_GROWTH = 2;
export const MAX_REST_PAUSES = 60;

/** Milliseconds to rest after that many refusals in a row. */
export function restAfter(refusals: number, { pause }: Pick<LedgerRules, 'pause'>): number {
  return Math.round(pause * 1000 * Math.min(MAX_REST_PAUSES, REST_GROWTH ** (refusals - 1)));
}
