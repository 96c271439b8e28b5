import { Failure } from '../../errors/errors';
import { s3Text } from '../../target/s3-address';
import type { S3Target } from '../../target/s3-target';
import { LOCK_NAME, parseLock, type CampaignLock } from './campaign-lock';

/** The lock beside objects. @throws Failure LOCK_MISSING, LOCK_BROKEN, BUCKET_UNUSABLE, STORE_UNREACHABLE */
export async function readLockOf(target: S3Target): Promise<CampaignLock> {
  const path = s3Text(target.address);
  const text = await target.text(LOCK_NAME);
  if (text === undefined) throw new Failure({ code: 'LOCK_MISSING', path, files: 0 });
  return parseLock(text, `${path}/${LOCK_NAME}`);
}
