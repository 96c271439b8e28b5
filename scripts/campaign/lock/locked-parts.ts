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

type Problem = AuxflowError | undefined;

/** Tells a file that changed from one that never came because another id has its name: that one lies in its place. */
export function toldByIds(files: readonly CampaignFile[]): (file: CampaignFile, problem: Problem) => Problem {
  let here: ReadonlyMap<string, string> | undefined;
  return ({ id, name, path, state }, problem) => {
    if (problem?.code !== 'FILE_CHANGED' || state === 'verified' || path === undefined) return problem;
    // Of a million files only where it is needed.
    here ??= new Map(files.flatMap((file) => (file.state === 'verified' && file.path ? [[file.path, file.id]] : [])));
    const another = here.get(path);
    return another === undefined ? problem : { code: 'NAME_TWICE', name, ids: [another, id] };
  };
}

/** Where archives are unpacked, one that is not. */
export function notUnpacked(
  { unpack }: Pick<CampaignLock, 'unpack'>,
  { path, state, unpacked }: CampaignFile,
): AuxflowError[] {
  const isMissing = unpack === true && state === 'verified' && !unpacked && path !== undefined && archiveKind(path);
  return isMissing ? [{ code: 'FILE_MISSING', name: unpackedPlace(path) }] : [];
}
