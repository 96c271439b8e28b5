/** What a lock says of each file to be proven: the file itself, and what its archive was unpacked to. */
import type { AuxflowError } from '../../errors/errors';
import { archiveKind, unpackedPlace } from '../../unpack/archive';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock } from './campaign-lock';

/** A file or object by its place, as it should be. */
export interface ProvablePart {
  /** For messages. */
  readonly name: string;
  /** Absent, like the others, where the catalogue has no entry. */
  readonly path?: string;
  readonly bytes?: number;
  readonly md5?: string;
}

export const unpackedParts = ({ unpacked = [] }: CampaignFile): ProvablePart[] =>
  unpacked.map(({ path, bytes, md5 }) => ({ name: path, path, bytes, md5 }));

/** Where archives are unpacked, one that is not. */
export function notUnpacked(
  { unpack }: Pick<CampaignLock, 'unpack'>,
  { path, state, unpacked }: CampaignFile,
): AuxflowError[] {
  const isMissing = unpack === true && state === 'verified' && !unpacked && path !== undefined && archiveKind(path);
  return isMissing ? [{ code: 'FILE_MISSING', name: unpackedPlace(path) }] : [];
}
