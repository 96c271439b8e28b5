import type { AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import type { CommandContext } from '../../session/context';
import { lockAt } from '../lock/find-lock';
import { compareLocks } from './compare-locks';

/**
 * What became other between two campaigns. Returns 0 where nothing did, 1 where something did.
 * @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN
 */
export async function diff(old: string, now: string, { listener }: CommandContext): Promise<number> {
  const [{ lock: before }, { lock: after }] = [await lockAt(old), await lockAt(now)];
  const difference = await compareLocks(before, after);
  for (const text of difference.notes) listener({ type: 'note', text });
  listener({ type: 'difference', old, new: now, ...difference });
  const { types, affected, level0Added, level0Removed, stale } = difference;
  const level0 = affected.length + level0Added.length + level0Removed.length;
  const errors: AuxflowError[] =
    types.length + level0 > 0 ? [{ code: 'CAMPAIGN_CHANGED', types: types.length, level0 }] : [];
  for (const error of errors) listener({ type: 'finding', error });
  const exitCode = exitCodeOf(errors);
  const both = before.level0.length - level0Removed.length;
  const sentence =
    errors.length === 0
      ? `The same ${plural(after.files.length, 'file')} for the same ${plural(both, 'Level-0 product')}.`
      : `${stale} of ${affected.length} of ${plural(both, 'Level-0 product')} is stale.`;
  listener({ type: 'run-finished', exitCode, sentence, places: [] });
  return exitCode;
}
