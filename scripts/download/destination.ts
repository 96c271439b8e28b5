/** Where files go: a folder, or what another layer provides (scripts/target). */
import path from 'node:path';
import type { Writable } from 'node:stream';
import { isAlreadyHere, type Expected } from './existing-file';
import { Failure } from '../errors/errors';
import type { UnpackedFile } from '../unpack/archive';
import { makeFoldersOf } from './layout';
import { PartFile } from './part-file';
import type { PartNames } from './part-names';
import { stageArchive } from './stage-archive';

/** The bytes of one file while they are not proven. Nothing of them is visible under the file's name before `publish`. */
export interface Part {
  /** Bytes that are kept, those of an earlier run included. */
  readonly bytes: number;
  /** The MD5 of all bytes: 32 lower-case hex digits. They are durable by then. @throws Failure INTERRUPTED too */
  checksum(signal?: AbortSignal): Promise<string>;
  /** Takes bytes from the end of the part on; fails with SIZE_WRONG rather than hold more than `limit` bytes. */
  sink(limit: number, onBytes: (added: number) => void): Writable;
  clear(): Promise<void>;
  /** Gives the bytes, whose `checksum` was right, the final name, never over another file. @throws Failure FILE_IN_THE_WAY */
  publish(): Promise<void>;
  /** Keeps what is there for the next run. */
  leave(): Promise<void>;
  remove(): Promise<void>;
  close(): Promise<void>;
}

export interface Destination {
  /** Whether the file is there, proven. @throws Failure FILE_IN_THE_WAY if something else has its name, INTERRUPTED */
  isHere(place: string, expected: Expected, signal?: AbortSignal): Promise<boolean>;
  /** @param place relative, with slashes */
  openPart(place: string, expected: Expected): Promise<Part>;
  /**
   * Unpacks the archive at `place`, which is proven, next to it; what it holds. Where that is there already nothing changes.
   * @param known what an earlier run unpacked
   * @throws Failure ARCHIVE_REFUSED, NAME_UNSAFE, FILE_IN_THE_WAY, INTERRUPTED
   */
  unpack(
    place: string,
    expected: Expected,
    known?: readonly UnpackedFile[],
    signal?: AbortSignal,
  ): Promise<readonly UnpackedFile[]>;
}

/**
 * Publishes. Where the name is taken by then, it may be so by the same bytes: of a worker who has taken the file over, or of an attempt whose
 * answer was lost.
 * @throws Failure of `publish` and `isHere`
 */
export async function publishOnce(
  part: Pick<Part, 'publish' | 'remove'>,
  isHere: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  try {
    await part.publish();
  } catch (error) {
    const isTaken = error instanceof Failure && error.detail.code === 'FILE_IN_THE_WAY';
    if (!isTaken || !(await isHere())) throw error;
    await part.remove();
  }
}

export function folderDestination(folder: string, parts: PartNames): Destination {
  return {
    isHere: (place, expected, signal) => isAlreadyHere(path.join(folder, place), expected, parts, signal),
    async openPart(place) {
      await makeFoldersOf(place, folder);
      return PartFile.open(path.join(folder, place), parts);
    },
    unpack: (place, _expected, known, signal) => stageArchive({ folder, place, known, signal }),
  };
}
