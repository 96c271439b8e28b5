import path from 'node:path';
import type { CampaignBaselines } from '../../processor/judge-campaign';
import { parseAdfName, UNKNOWN_TYPE } from '../../sentinel/adf-name';
import { publishedTypes } from '../../sentinel/published-types';
import { createBreath } from '../../lib/breathe';
import { sizeOfFile } from '../../lib/plain-file';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock } from '../lock/campaign-lock';

type BaselineFile = CampaignBaselines['files'][number];

/**
 * A campaign as its lock and its folder say: a file counts when the lock calls it verified and it lies there with its size. `auxflow
 * verify` looks at its bytes. The types are the published ones, because nothing is asked.
 */
export async function lockedCampaign(lock: CampaignLock, folder: string): Promise<CampaignBaselines> {
  const files: BaselineFile[] = [];
  const breathe = createBreath();
  for (const file of lock.files) {
    files.push(await baselineFile(file, folder));
    await breathe();
  }
  return { request: lock.request, types: publishedTypes(), files, level0: lock.level0 };
}

async function baselineFile({ name, path: place, bytes, state }: CampaignFile, folder: string): Promise<BaselineFile> {
  const adf = parseAdfName(name.trim()) ?? parseAdfName(path.posix.basename(place ?? ''));
  const own = place === undefined ? undefined : path.resolve(folder, place);
  const isHere = state === 'verified' && own !== undefined && (await sizeOfFile(own)) === bytes;
  return {
    name,
    type: adf?.type ?? UNKNOWN_TYPE,
    ...(isHere && { path: own }),
    ...(adf && { validity: { start: adf.start, stop: adf.stop, creation: adf.creation } }),
  };
}
