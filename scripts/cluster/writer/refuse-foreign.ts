/** What is below a campaign's place already and is not its own: nothing is put over it. */
import type { Redis } from 'ioredis';
import { LOCK_NAME } from '../../campaign/lock/campaign-lock';
import { LIST_NAMES } from '../../campaign/lock/file-lists';
import { Failure } from '../../errors/errors';
import { campaignKeys } from '../redis/keys';
import type { ListStore } from './list-store';
import { PROGRESS_PAGE } from './progress-page';

/** Of a lock, which may be longer than memory: each begins with its version and its campaign. */
const CAMPAIGN = /^\s*\{[^{}[\]]*?"campaign"\s*:\s*("(?:[^"\\]|\\.)*")/;

/** Returns whether there is a lock of this campaign. @throws Failure LOCK_FOREIGN, LOCK_BROKEN */
export async function ownLockIsThere(lists: ListStore, campaign: string): Promise<boolean> {
  const text = await lists.beginning(LOCK_NAME);
  if (text === undefined) return false;
  const path = `${lists.address}/${LOCK_NAME}`;
  const [, said] = CAMPAIGN.exec(text) ?? [];
  if (said === undefined) throw new Failure({ code: 'LOCK_BROKEN', path, reason: 'it is not a lock' });
  const found = JSON.parse(said) as string;
  if (found !== campaign) throw new Failure({ code: 'LOCK_FOREIGN', path, campaign: found, asked: campaign });
  return true;
}

/**
 * Before anything is requested for a campaign at a place. Lists without a lock are its own only where one of its workers has begun there:
 * the lock is written last.
 * @throws Failure LOCK_FOREIGN, LOCK_BROKEN, FILE_IN_THE_WAY
 */
export async function refuseForeign(redis: Redis, lists: ListStore, campaign: string): Promise<void> {
  const { facts } = campaignKeys(campaign);
  const begun = `begun ${lists.address}`;
  if (!(await ownLockIsThere(lists, campaign))) {
    for (const name of [...LIST_NAMES, PROGRESS_PAGE]) {
      // Asked after the list was seen: another worker notes that it has begun before it writes one.
      const isForeign = (await lists.beginning(name)) !== undefined && !(await redis.hexists(facts, begun));
      if (isForeign) throw new Failure({ code: 'FILE_IN_THE_WAY', path: `${lists.address}/${name}` });
    }
  }
  await redis.hset(facts, begun, 1);
}
