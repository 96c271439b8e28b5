import { describe, RUN_AGAIN } from '../../errors/messages';
import { toError, type AuxflowError } from '../../errors/errors';
import { throwIfInterrupted } from '../../services/interruption';
import { within } from '../../services/time-limit';
import { PARTS, type Diagnosis, type Part, type Seen } from './diagnosis';

/** How to look at one part. */
export interface Check {
  /** Parts without which there is nothing to look at. */
  readonly needs?: readonly Part[];
  /** Parts to wait for, whatever comes of them. */
  readonly after?: readonly Part[];
  /** Seconds after the begin of the examination at which the look ends: what an early part leaves of its time, a later one has. */
  readonly until: number;
  /** @throws Failure: the part is failing */
  readonly look: (signal: AbortSignal) => Promise<Seen>;
}

export type Checks = Readonly<Record<Part, Check>>;

/**
 * Looks at every part, all at once where they do not depend on each other; ends in the time of the latest `until`, whatever the
 * services do.
 * @throws Failure INTERRUPTED
 */
export async function diagnose(checks: Checks, signal?: AbortSignal): Promise<Diagnosis[]> {
  const began = performance.now();
  const rows = new Map<Part, Promise<Diagnosis>>();
  const rowOf = (part: Part): Promise<Diagnosis> => {
    const row = rows.get(part) ?? examinePart(part);
    rows.set(part, row);
    return row;
  };
  async function examinePart(part: Part): Promise<Diagnosis> {
    const { needs = [], after = [], until, look } = checks[part];
    const [needed] = await Promise.all([Promise.all(needs.map(rowOf)), Promise.all(after.map(rowOf))]);
    const because = needed.map(causeOf).find((cause) => cause !== undefined);
    if (because) return { part, because, verdict: 'unknown', seconds: 0, seen: `not checked, because of ${because}` };
    const since = performance.now();
    const limit = { what: part, seconds: Math.max(0, until - (since - began) / 1000), signal };
    const found = await within(limit, look).catch((error: unknown) => failing(toError(error)));
    return { part, ...found, seconds: (performance.now() - since) / 1000 };
  }
  const diagnosis = await Promise.all(PARTS.map(rowOf));
  throwIfInterrupted(signal);
  return diagnosis;
}

/** The part to blame for not looking at what depends on this one. */
function causeOf({ part, verdict, because }: Diagnosis): Part | undefined {
  return verdict === 'failing' ? part : because;
}

function failing(found: AuxflowError): Pick<Diagnosis, 'verdict' | 'seen' | 'next' | 'error'> {
  const error = plainly(found);
  const { headline, came, next } = describe(error);
  const seen = [headline, came ?? ''].join(' ').replace(/\s+/g, ' ').trim();
  return { verdict: 'failing', seen, next: next.replace(RUN_AGAIN, 'Then run doctor again.'), error };
}

/** nginx says with its HTML 429 that all its connections are taken: no quota of this account (access.md#proxies-and-limits, auxip.md#polite-clients). */
function plainly(error: AuxflowError): AuxflowError {
  if (error.code !== 'SERVICE_BUSY' || error.status !== 429) return error;
  return { code: 'CONNECTION_LIMIT', method: error.method, url: error.url };
}
