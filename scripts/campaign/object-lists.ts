/** The lists of a campaign beside its objects: kept in a folder while the campaign goes on, and copied. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { objectBeginnings, refuseForeignLists } from './lock/foreign-lists';
import { LOCK_NAME, lockText, parseLock, type CampaignLock } from './lock/campaign-lock';
import type { CampaignFolder } from './campaign-folder';
import { Failure } from '../errors/errors';
import { sizeOfFile } from '../lib/plain-file';
import { CAMPAIGN_PAGE } from '../reports/campaign/campaign-page';
import { s3Text } from '../target/s3-address';
import type { S3Target } from '../target/s3-target';

/** Milliseconds between two locks while files come. */
const LOCK_EVERY = 5000;

/**
 * The lock beside the objects, if there is one.
 * @throws Failure LOCK_FOREIGN where the prefix holds another campaign, LOCK_BROKEN, FILE_IN_THE_WAY where lists are somebody else's
 */
export async function lockOfObjects(target: S3Target, campaign: string): Promise<CampaignLock | undefined> {
  const text = await target.text(LOCK_NAME);
  if (text === undefined) {
    await refuseForeignLists(objectBeginnings(target));
    return undefined;
  }
  const file = `${s3Text(target.address)}/${LOCK_NAME}`;
  const lock = parseLock(text, file);
  if (lock.campaign !== campaign)
    throw new Failure({ code: 'LOCK_FOREIGN', path: file, campaign: lock.campaign, asked: campaign });
  return lock;
}

/** Copies the lock now and then while `work` goes on, so that it is nearly true when the process is killed. */
export async function withLockCopied<Result>(
  target: S3Target,
  folder: CampaignFolder,
  work: () => Promise<Result>,
): Promise<Result> {
  const copy = (): Promise<void> => target.write(LOCK_NAME, [...lockText(folder.lock())].join(''));
  await copy();
  let copying: Promise<void> | undefined;
  const timer = setInterval(() => {
    copying ??= copy()
      .catch(() => undefined)
      .finally(() => (copying = undefined));
  }, LOCK_EVERY);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await copying;
  }
}

/** All lists and answers of a folder; the lock last, because it speaks of the others. */
export async function copyLists(target: S3Target, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const places = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort((a, b) => Number(a === LOCK_NAME) - Number(b === LOCK_NAME));
  for (const place of places) await target.write(place, await readFile(path.join(folder, place), 'utf8'));
}

/** `campaign.html` of a report, where it could be written: it needs nothing beside it. */
export async function copyPage(target: S3Target, reports: string): Promise<void> {
  const page = path.join(reports, CAMPAIGN_PAGE);
  if ((await sizeOfFile(page)) !== undefined) await target.write(CAMPAIGN_PAGE, await readFile(page, 'utf8'));
}
