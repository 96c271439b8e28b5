import { Failure, toError } from '../errors';
import { sleep } from '../services/interruption';
import type { GrantLedger } from './grant-ledger';
import { budgetOf, nextGrantAt, openGrants, roomAt, sumOf, type Grant, type QuotaRules } from './quota';

export interface GrantedLocationsOptions {
  /** Asks `$value`. */
  readonly locate: (id: string, signal?: AbortSignal) => Promise<string>;
  readonly ledger: GrantLedger;
  readonly rules: QuotaRules;
  /** Bytes that a grant of the file is charged with. */
  readonly bytesOf: (id: string) => number;
  /** Called before a wait, with its end in epoch milliseconds. */
  readonly onWait?: (until: number) => void;
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

/** Milliseconds; the pause is longer than the service's by more than this. */
const SLOW_ANSWER = 500;

/** Failures that show that nothing was granted. All others may hide a grant, and are counted as one. */
const NOT_GRANTED = new Set([
  'QUOTA_EXHAUSTED',
  'SERVICE_BUSY',
  'NOT_FOUND',
  'ROLE_MISSING',
  'LOGIN_PAGE',
  'TOKEN_REFUSED',
]);

/**
 * Asks for locations one after another, over all processes of the account, within pace and budget. A grant is booked before it is
 * asked for: who is killed in between has counted one too many, never one too few.
 * @returns like `productLocation`
 * @throws Failure BUDGET_REACHED with the time to come back, or what `locate` throws
 */
export function grantedLocations(options: GrantedLocationsOptions): (id: string) => Promise<string> {
  const { ledger, rules, bytesOf, onWait, now = Date.now, signal } = options;

  return async (id) => {
    for (;;) {
      const asked = await ledger.exclusively(async (grants) => {
        const time = now();
        refuseBeyondBudget(bytesOf(id), grants, rules, time);
        const from = nextGrantAt(grants, rules);
        return from > time ? { until: from } : { location: await ask(id, time) };
      }, signal);
      if (asked.location !== undefined) return asked.location;
      onWait?.(asked.until);
      await sleep(Math.max(1, asked.until - now()), signal);
    }
  };

  async function ask(id: string, at: number): Promise<string> {
    const booked: Grant = { at, id, bytes: bytesOf(id) };
    await ledger.book(booked);
    try {
      const location = await options.locate(id, signal);
      // The service counts from the moment of its answer, which may have taken its time.
      if (now() - at > SLOW_ANSWER) {
        await ledger.book({ ...booked, at: now() });
        await ledger.giveBack(booked);
      }
      return location;
    } catch (error) {
      if (NOT_GRANTED.has(toError(error).code)) await ledger.giveBack(booked);
      throw error;
    }
  }
}

function refuseBeyondBudget(bytes: number, grants: readonly Grant[], rules: QuotaRules, now: number): void {
  const comeBack = roomAt(bytes, grants, rules, now);
  if (comeBack <= now) return;
  const open = openGrants(grants, now);
  throw new Failure({
    code: 'BUDGET_REACHED',
    granted: { files: open.length, bytes: sumOf(open) },
    budget: budgetOf(rules),
    comeBack: Number.isFinite(comeBack) ? new Date(comeBack).toISOString() : 'never',
  });
}
