import type { GrantLedger } from './grant-ledger';
import type { Grant } from './quota';

/** Books what somebody else asks for, while it does: Newman cannot wait for the ledger. */
export interface GrantBooker {
  book(grant: Grant): void;
  /** When all are booked. @throws Failure TARGET_UNWRITABLE, DISK_FULL */
  done(): Promise<void>;
}

/** @param ledger absent where the site has no quota: then nothing is booked */
export function createGrantBooker(ledger: GrantLedger | undefined): GrantBooker {
  const booked: Promise<void>[] = [];
  return {
    book({ at, id, bytes }) {
      if (!ledger) return;
      const booking = ledger.exclusively(() => ledger.book({ at, id, bytes }));
      // Thrown by `done`.
      booking.catch(() => undefined);
      booked.push(booking);
    },
    async done() {
      await Promise.all(booked);
    },
  };
}
