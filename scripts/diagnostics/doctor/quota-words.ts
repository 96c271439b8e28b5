import { DOCUMENTED_RULES, openGrants, sumOf, type Grant, type QuotaRules } from '../../download/quota';
import { Failure, type AuxflowError } from '../../errors/errors';
import { bytes, plural } from '../../lib/format';

/** What the ledger of this machine says of the sliding window. */
export function ledgerText(grants: readonly Grant[], { bytes: budget }: QuotaRules, now: number): string {
  const open = openGrants(grants, now);
  return `${plural(open.length, 'download')}, ${bytes(sumOf(open))} of ${bytes(budget)} granted here in 8 days`;
}

/**
 * A refusal of `$value`, told apart as far as anybody can from outside (auxip.md#quota, auxip.md#polite-clients): the run of five, or the volume.
 * The third kind of 429, in HTML, counts connections, and no quota.
 * @param grants of this machine
 * @param now epoch milliseconds
 */
export function quotaRefusal(
  { method, url }: Extract<AuxflowError, { code: 'QUOTA_EXHAUSTED' }>,
  grants: readonly Grant[],
  now: number,
): Failure {
  const isRecent = grants.some(({ at }) => now - at <= DOCUMENTED_RULES.pause * 1000);
  return new Failure({ code: 'QUOTA_REFUSED', method, url, kind: isRecent ? 'pace' : 'volume' });
}
