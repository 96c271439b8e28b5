import type { Reservation, SharedLedger } from '../ledger/shared-ledger';

export type Fate = 'commit' | 'release' | 'refuse';

/** A reservation that shows life until it is settled. */
export interface HeldReservation {
  readonly account: string;
  /** False where it lapsed, because this process was stopped for long: others may have used its place by now. */
  isFresh(): Promise<boolean>;
  /** The same of this moment, as far as it is known without asking. */
  isRecent(): boolean;
  end(fate: Fate): Promise<void>;
}

/**
 * @param askedAt when the reservation was asked for, as `performance.now()` says. The ledger counts the lease from then on or later; an
 * answer may lie unread for any time while this process is stopped.
 */
export function hold(ledger: SharedLedger, reservation: Reservation, lease: number, askedAt: number): HeldReservation {
  let renewedAt = askedAt;
  const isRecent = (): boolean => performance.now() - renewedAt < lease / 2;
  const renew = async (): Promise<boolean> => {
    const asked = performance.now();
    const isOurs = await ledger.renew(reservation);
    if (isOurs) renewedAt = asked;
    return isOurs;
  };
  const timer = setInterval(() => void renew().catch(() => undefined), lease / 3);
  return {
    account: reservation.account,
    isRecent,
    async isFresh() {
      if (isRecent() || ((await renew()) && isRecent())) return true;
      clearInterval(timer);
      return false;
    },
    async end(fate) {
      clearInterval(timer);
      await ledger[fate](reservation);
    },
  };
}
