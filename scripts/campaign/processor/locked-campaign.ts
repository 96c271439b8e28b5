import path from 'node:path';
import type { CampaignBaselines } from '../../processor/judge-campaign';
import { parseAdfName, UNKNOWN_TYPE } from '../../sentinel/adf-name';
import { publishedTypes } from '../../sentinel/published-types';
import { createBreath } from '../../lib/breathe';
import { sizeOfFile } from '../../lib/plain-file';
import { unpackedPlace } from '../../unpack/archive';
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

async function baselineFile(file: CampaignFile, folder: string): Promise<BaselineFile> {
  const { name, path: place } = file;
  const adf = parseAdfName(name.trim()) ?? parseAdfName(path.posix.basename(place ?? ''));
  const own = await placeHere(file, folder);
  return {
    name,
    type: adf?.type ?? UNKNOWN_TYPE,
    ...(own !== undefined && { path: own }),
    ...(adf && { validity: { start: adf.start, stop: adf.stop, creation: adf.creation } }),
  };
}

/** What a processor reads: what an archive was unpacked to, if all of it is here, else the file. */
async function placeHere(
  { path: place, bytes, state, unpacked }: CampaignFile,
  folder: string,
): Promise<string | undefined> {
  if (place === undefined || state !== 'verified') return undefined;
  const isHere = async (part: { readonly path: string; readonly bytes?: number }): Promise<boolean> =>
    (await sizeOfFile(path.resolve(folder, part.path))) === part.bytes;
  if (!(await isHere({ path: place, bytes }))) return undefined;
  for (const part of unpacked ?? []) if (!(await isHere(part))) return path.resolve(folder, place);
  return path.resolve(folder, unpacked ? unpackedPlace(place) : place);
}
