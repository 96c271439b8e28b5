/** Locations asked for by whichever account may ask first, within the shared ledger. */
import { Failure } from '../../errors/errors';
import { classifyResponse, gatewayAnswer, isRefusal } from '../../services/classify-response';
import type { AroundAttempt } from '../../services/api';
import type { Auxip } from '../../services/auxip';
import { sleep } from '../../services/interruption';
import { isUnsent } from '../../services/retrying';
import type { Answer } from '../../services/transport';
import { LEASE, type SharedLedger } from '../ledger/shared-ledger';
import { hold, type Fate, type HeldReservation } from './held-reservation';
import type { KeptLocations } from './kept-locations';

export interface PooledLocationsOptions {
  readonly ledger: SharedLedger;
  /** Clients by the digest of their account. */
  readonly clients: ReadonlyMap<string, Pick<Auxip, 'productLocation'>>;
  /** Locations that were granted and may be used once more after their worker has gone. */
  readonly kept?: KeptLocations;
  readonly lease?: number;
  /** Longest wait, milliseconds; where it takes longer, the file is for another time. */
  readonly longestWait: number;
  readonly onWait?: (why: string, milliseconds: number) => void;
  /** An account that the services do not accept is asked no more. */
  readonly onLost?: (account: string, failure: Failure) => void;
  readonly signal?: AbortSignal;
}

/** The file must be asked for again when this much later (milliseconds; Infinity: never). */
export class NotYet extends Error {
  constructor(
    readonly why: 'pace' | 'refused' | 'budget' | 'busy',
    readonly milliseconds: number,
  ) {
    super(`not for ${milliseconds} ms: ${why}`);
    this.name = 'NotYet';
  }
}

export interface WantedLocation {
  readonly id: string;
  readonly bytes: number;
  /** The last one did not work any more. */
  readonly isAgain: boolean;
  /** Whether another worker has not taken the file over. */
  readonly isOurs?: () => Promise<boolean>;
  /** Told the digest of the account that was granted it now. */
  readonly onGrant?: (account: string) => void;
}

/** What says nothing about the file, but that its account is of no use. */
const LOST = new Set(['TOKEN_REFUSED', 'LOGIN_PAGE', 'ROLE_MISSING']);

/**
 * @throws NotYet, or Failure as `productLocation` does, but for QUOTA_EXHAUSTED, which teaches the ledger, and for what only one of
 * several accounts meets
 */
export function pooledLocations(options: PooledLocationsOptions): (wanted: WantedLocation) => Promise<string> {
  const { clients, kept, onLost } = options;
  const usable = new Set(clients.keys());

  return async (wanted) => {
    const { id, bytes } = wanted;
    for (;;) {
      // After each wait: another worker may have been granted it, or the file.
      const left = wanted.isAgain ? undefined : await kept?.find(id, [...usable]);
      if (left !== undefined) return left;
      if (wanted.isOurs && !(await wanted.isOurs())) throw new NotYet('busy', 0);
      const first = await held(id, bytes, [...usable], options);
      if (!first) continue;
      const { account } = first;
      try {
        const location = await askWith(first, id, bytes, options);
        wanted.onGrant?.(account);
        await kept?.keep(id, account, location);
        return location;
      } catch (error) {
        if (error instanceof Lapsed) continue;
        if (!(error instanceof Failure)) throw error;
        const isLost = LOST.has(error.detail.code);
        if (isLost && usable.delete(account)) onLost?.(account, error);
        if (isLost ? usable.size === 0 : error.detail.code !== 'QUOTA_EXHAUSTED') throw error;
      }
    }
  };
}

/** A token may have to be fetched before the first attempt; each further attempt is a grant of its own. */
async function askWith(
  first: HeldReservation,
  id: string,
  bytes: number,
  options: PooledLocationsOptions,
): Promise<string> {
  const { clients, signal } = options;
  const client = clients.get(first.account);
  if (!client) throw new Error(`no client of ${first.account}`);
  const unused = [first];
  const again = async (): Promise<HeldReservation> => {
    for (;;) {
      const next = await held(id, bytes, [first.account], options);
      if (next) return next;
    }
  };
  const around: AroundAttempt = async (send) => {
    const own = unused.pop() ?? (await again());
    if (!(await own.isFresh())) throw new Lapsed();
    const late = { isKnown: false };
    const sent = send(() => own.isRecent() || !(late.isKnown = true));
    const fate = await sent.then(fateOf, (error: unknown) => (late.isKnown || isUnsent(error) ? 'release' : 'commit'));
    await own.end(fate);
    if (late.isKnown) throw new Lapsed();
    return sent;
  };
  try {
    return await client.productLocation(id, signal, around);
  } finally {
    for (const reservation of unused) await reservation.end('release');
  }
}

/** This process was stopped so long that its reservation counts for nothing: all is to be looked at again. */
class Lapsed extends Error {}

/** Undefined after a wait: it is to be tried again. */
async function held(
  file: string,
  bytes: number,
  accounts: readonly string[],
  { ledger, lease = LEASE, longestWait, onWait, signal }: PooledLocationsOptions,
): Promise<HeldReservation | undefined> {
  const askedAt = performance.now();
  const answer = await ledger.reserve({ file, bytes, accounts });
  if (answer.state === 'granted') return hold(ledger, answer.reservation, lease, askedAt);
  if (answer.milliseconds > longestWait) throw new NotYet(answer.why, answer.milliseconds);
  onWait?.(answer.why, answer.milliseconds);
  // Not all at the same moment.
  await sleep(answer.milliseconds + 1 + Math.random() * 20, signal);
  return undefined;
}

/** What the ledger makes of an answer. A 429 in OData JSON is the quota; one of the proxy says nothing about it. */
function fateOf(answer: Answer): Fate {
  const response = gatewayAnswer(answer);
  if (classifyResponse(response) === 'quota') return 'refuse';
  return isRefusal(response) ? 'release' : 'commit';
}
