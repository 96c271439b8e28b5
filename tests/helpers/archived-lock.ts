import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { LOCK_NAME, lockText, readLock } from '../../scripts/campaign/lock/campaign-lock';
import { archiveContent } from '../../scripts/sandbox/store/archive-bytes';
import { Checksums } from '../../scripts/sandbox/store/file-bytes';
import { sharedCampaign } from './shared-campaign';

/** Path of a lock in `folder`: the small campaign as a sandbox has it that serves archives. For `--frozen`. */
export async function archivedLock(folder: string): Promise<string> {
  const lock = await readLock(path.join(await sharedCampaign('small'), LOCK_NAME));
  if (!lock) throw new Error('no lock');
  const checksums = new Checksums();
  const files = lock.files.map(async (file) => {
    const { id, path: place = '', bytes = 0 } = file;
    return { ...file, md5: await checksums.md5(id, bytes, archiveContent(place, bytes)) };
  });
  const copy = path.join(folder, 'archived.lock.json');
  const answers = lock.answers.map((answer) => ({ ...answer, path: undefined }));
  writeFileSync(copy, [...lockText({ ...lock, answers, files: await Promise.all(files) })].join(''));
  return copy;
}
