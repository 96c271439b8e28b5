import type { GrantLedger } from '../../download/grant-ledger';
import { quotaAwareLocations } from '../../download/quota-aware-locations';
import { nextGrantAt, type Grant, type QuotaRules } from '../../download/quota';
import { toError, type AuxflowError } from '../../errors/errors';
import type { Auxip } from '../../services/auxip';
import type { CatalogueEntry } from '../../services/catalogue-entry';
import type { Seen } from './diagnosis';
import { ledgerText, quotaRefusal } from './quota-words';

export interface QuotaQuestion {
  readonly auxip: Pick<Auxip, 'productLocation'>;
  /** The file to ask for; undefined: look at the ledger only. */
  readonly entry?: CatalogueEntry;
  /** Absent on the sandbox, which has none. */
  readonly kept?: { readonly rules: QuotaRules; readonly ledger: GrantLedger };
}

export interface QuotaFound {
  readonly seen: Seen;
  /** Of the store, where one was granted. */
  readonly location?: string;
  /** A refusal that was not the quota's. */
  readonly failed?: AuxflowError;
}

/**
 * Reads the ledger, and asks for one download where pace and budget allow it: it is charged to the account as any other.
 * @throws Failure QUOTA_REFUSED, BUDGET_REACHED, SERVICE_BUSY (429 in HTML), TARGET_UNWRITABLE
 */
export async function checkQuota({ auxip, entry, kept }: QuotaQuestion, signal: AbortSignal): Promise<QuotaFound> {
  const grants = kept ? await kept.ledger.exclusively((open) => Promise.resolve(open), signal) : [];
  const now = Date.now();
  const told = kept ? `${ledgerText(grants, kept.rules, now)}; ` : '';
  if (!entry) return { seen: { verdict: 'unknown', seen: `${told}the service was not asked` } };
  const free = kept ? nextGrantAt(grants, kept.rules) : now;
  if (free > now) {
    const seen = `${told}the pace of this account allows the next download at ${new Date(free).toISOString()}`;
    return { seen: { verdict: 'unknown', seen, next: 'Look again then.' } };
  }
  const bytesOf = (): number => entry.contentLength;
  const locate = kept ? quotaAwareLocations({ auxip, ...kept, bytesOf, signal }) : auxip.productLocation;
  try {
    return { location: await locate(entry.id, signal), seen: { verdict: 'ok', seen: `${told}one more granted` } };
  } catch (error) {
    return refused(error, told, grants, now);
  }
}

function refused(thrown: unknown, told: string, grants: readonly Grant[], now: number): QuotaFound {
  const error = toError(thrown);
  if (error.code === 'QUOTA_EXHAUSTED') throw quotaRefusal(error, grants, now);
  if (error.code === 'BUDGET_REACHED' || (error.code === 'SERVICE_BUSY' && error.status === 429)) throw thrown;
  return { failed: error, seen: { verdict: 'unknown', seen: `${told}no 429, but no grant either: see store` } };
}
