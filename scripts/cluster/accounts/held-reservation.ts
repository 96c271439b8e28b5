import type { Reservation, SharedLedger } from '../ledger/shared-ledger';

export type Fate = 'commit' | 'release' | 'refuse';

/** A reservation that shows life until it is settled. */
export interface HeldReservation {
  readonly account: string;
  /** False where it lapsed, because this process was stopped for long: others may have used its place by now. */
  isFresh(): Promise<boolean>;
  end(fate: Fate): Promise<void>;
}

export function hold(ledger: SharedLedger, reservation: Reservation, lease: number): HeldReservation {
  let renewedAt = performance.now();
  const renew = async (): Promise<boolean> => {
    const isOurs = await ledger.renew(reservation);
    if (isOurs) renewedAt = performance.now();
    return isOurs;
  };
  const timer = setInterval(() => void renew().catch(() => undefined), lease / 3);
  return {
    account: reservation.account,
    async isFresh() {
      if (performance.now() - renewedAt < lease / 2 || (await renew())) return true;
      clearInterval(timer);
      return false;
    },
    async end(fate) {
      clearInterval(timer);
      await ledger[fate](reservation);
    },
  };
}
