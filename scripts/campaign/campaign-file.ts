/** The record of one auxiliary file in a campaign: of the folder's lock and lists, of the queue, of pages and exports. */
import type { Outcome } from '../download/download-all';
import type { UnpackedFile } from '../unpack/archive';

/**
 * What is known of the file, whatever run found it out. `verified`: it lies at `path` and had this size and MD5. `wanted`: it is not
 * here. `failed`: it was tried. What one run did with it is an `Outcome`.
 */
export type FileState = 'verified' | 'wanted' | 'failed';

export interface CampaignFile {
  /** In the catalogue, lower case. */
  readonly id: string;
  /** As the baseline says it; the catalogue may add an extension. */
  readonly name: string;
  readonly type: string;
  /** Relative to the lock. Absent, with the next three, where the catalogue has no entry. */
  readonly path?: string;
  readonly bytes?: number;
  /** 32 lower-case hex digits. */
  readonly md5?: string;
  /** UTC text as the catalogue has it. */
  readonly publicationDate?: string;
  readonly state: FileState;
  /**
   * Code of the error of what failed, where a file that is wanted was not begun of what ended the run before it, and of a verified
   * archive why it was not unpacked.
   */
  readonly problem?: string;
  /** What the archive at `path` was unpacked to, next to it. */
  readonly unpacked?: readonly UnpackedFile[];
}

/** What has become of a file: `path`, `bytes` and `unpacked` of a verified one. */
export type SettledFile = Pick<CampaignFile, 'id' | 'state' | 'path' | 'bytes' | 'problem' | 'unpacked'>;

/** An archive that is verified stays so if it cannot be unpacked. */
export function settledBy(outcome: Outcome): SettledFile {
  const { id } = outcome;
  if ('error' in outcome)
    return { id, state: outcome.status === 'failed' ? 'failed' : 'wanted', problem: outcome.error.code };
  const { place, bytes, unpacked, unpackError } = outcome;
  return { id, state: 'verified', path: place, bytes, unpacked, problem: unpackError?.code };
}

/** The record after that: size and MD5 stay those of the catalogue, and a file that nothing has been tried of stays as it was. */
export function settle(file: CampaignFile, change: SettledFile): CampaignFile {
  const { state, path = file.path, problem, unpacked = file.unpacked } = change;
  if (state === 'wanted' && file.state === 'verified') return file;
  return { ...file, path, state, problem, unpacked };
}
