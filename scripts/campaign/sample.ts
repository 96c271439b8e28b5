import { nextGrantAt, roomAt, type Grant, type QuotaRules } from '../download/quota';
import type { Quota } from '../download/quota-settings';
import { sleep } from '../services/interruption';
import type { CommandContext } from '../session/context';
import { waitingOnce } from './locations';

/**
 * Files that Newman may look at, each for a `$value`. It cannot wait between them, so this waits until the pace of the account has room
 * for all; where the budget is used up there are none, and the download says so.
 */
export async function roomForSample(
  wanted: number,
  quota: Quota | undefined,
  { listener, signal }: Pick<CommandContext, 'listener' | 'signal'>,
): Promise<number> {
  if (!quota || wanted === 0) return wanted;
  const { rules, ledger } = quota;
  const count = Math.min(wanted, rules.inARun);
  const grants = await ledger.exclusively((granted) => Promise.resolve(granted), signal);
  const now = Date.now();
  if (roomAt(1, grants, rules, now) > now) return 0;
  const from = roomForRunAt(count, grants, rules, now);
  if (from > now) {
    waitingOnce(listener)(from);
    await sleep(from - now, signal);
  }
  return count;
}

/** When `count` grants can follow each other without a pause: `now`, or after the run that is on. Epoch milliseconds. */
export function roomForRunAt(count: number, grants: readonly Grant[], rules: QuotaRules, now: number): number {
  const run = [...grants];
  for (let place = 0; place < count; place++) {
    if (nextGrantAt(run, rules) > now) return Math.max(...grants.map(({ at }) => at)) + rules.pause * 1000;
    run.push({ at: now, id: '', bytes: 0 });
  }
  return now;
}
