/** What a lock says of files, without its Level-0 products: those are most of a large lock. */
import { unreadable } from '../../errors/read-input';
import { codeOf } from '../../errors/target-failure';
import type { CampaignLock } from './campaign-lock';
import { isLevel0Row, isLockContent, isPlain } from './campaign-lock-shape';
import { lockAt, lockFileAt } from './find-lock';
import { contentByLines, type Passing } from './lock-content';

export type LockedFiles = Omit<CampaignLock, 'level0'>;

/**
 * Of the lock of a folder, or the one that is named. Level-0 products are checked as they pass, as those of any lock are, and are not kept.
 * @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN
 */
export async function lockedFilesAt(place: string): Promise<{ lock: LockedFiles; file: string }> {
  const file = await lockFileAt(place);
  const { passing, arePassed } = passingLevel0();
  try {
    const content = await contentByLines(file, passing);
    if (content && isLockContent(content) && arePassed(content)) return { lock: content, file };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unreadable(file, 'lock', error);
  }
  // Missing, laid out otherwise or broken: said by who reads the whole of it.
  return lockAt(place);
}

function passingLevel0(): { passing: Passing; arePassed: (lock: LockedFiles) => boolean } {
  let areRight = true;
  let places = 0;
  return {
    passing: {
      row(list, value) {
        if (list !== 'level0') return false;
        areRight &&= isLevel0Row(value, Infinity);
        if (areRight)
          for (const place of (value as CampaignLock['level0'][number]).files) places = Math.max(places, place + 1);
        return true;
      },
      name(value) {
        areRight &&= isPlain(value);
      },
    },
    arePassed: ({ files }) => areRight && places <= files.length,
  };
}
