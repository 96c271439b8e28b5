import { Failure } from '../errors/errors';
import { gatewayAnswer, isRefusal } from '../services/classify-response';
import type { Auxip } from '../services/auxip';
import { sleep } from '../services/interruption';
import { isUnsent } from '../services/retrying';
import type { Answer } from '../services/transport';
import type { GrantLedger } from './grant-ledger';
import { budgetOf, nextGrantAt, openGrants, roomAt, sumOf, type Grant, type QuotaRules } from './quota';

export interface QuotaAwareLocationsOptions {
  readonly auxip: Pick<Auxip, 'productLocation'>;
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

/**
 * Asks for locations, one attempt after another over all processes of the account, within pace and budget. Each attempt is booked
 * before it is made, and given back only where it surely was not granted: who is killed in between, or is answered by a proxy that
 * lost patience (a 504, say), has counted one too many, never one too few (auxip.md#quota: the volume is charged before the redirect).
 * @returns like `productLocation`
 * @throws Failure BUDGET_REACHED with the time to come back, or what `productLocation` throws
 */
export function quotaAwareLocations(options: QuotaAwareLocationsOptions): (id: string) => Promise<string> {
  const { auxip, ledger, rules, bytesOf, onWait, now = Date.now, signal } = options;

  let queue: Promise<unknown> = Promise.resolve();

  // One file after another, for a token is fetched before an attempt waits for its turn, and must outlive that wait.
  return (id) => {
    const location = queue.then(() => auxip.productLocation(id, signal, (send) => inTurn(id, send)));
    queue = location.catch(() => undefined);
    return location;
  };

  async function inTurn(id: string, send: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const asked = await ledger.exclusively(async (grants) => {
        const time = now();
        refuseBeyondBudget(bytesOf(id), grants, rules, time);
        const from = nextGrantAt(grants, rules);
        return from > time ? { until: from } : { answer: await ask(id, time, send) };
      }, signal);
      if (asked.answer !== undefined) return asked.answer;
      onWait?.(asked.until);
      await sleep(Math.max(1, asked.until - now()), signal);
    }
  }

  async function ask(id: string, at: number, send: () => Promise<Answer>): Promise<Answer> {
    const booked: Grant = { at, id, bytes: bytesOf(id) };
    await ledger.book(booked);
    const sent = send();
    const isRefused = await sent.then((answer) => isRefusal(gatewayAnswer(answer)), isUnsent);
    // The service counts from the moment of its answer, which may have taken its time.
    const isLate = !isRefused && now() - at > SLOW_ANSWER;
    if (isLate) await ledger.book({ ...booked, at: now() });
    if (isLate || isRefused) await ledger.giveBack(booked);
    return sent;
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
