/** Archives that auxiliary data files come in (docs/services/reprocessing.md#adf-names): `.SEN3.zip`, `.SAFE.zip`, `.EOF.zip`, `.TGZ`. */
import path from 'node:path';
import type { Readable } from 'node:stream';

export type ArchiveKind = 'zip' | 'tar' | 'tgz';

export interface ArchiveEntry {
  /** As the archive has it. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Of the file, as the archive says. */
  readonly bytes: number;
  /** Once, and to be read to its end. Fails where the content is not what the archive says. */
  open(): Promise<Readable>;
}

/** Called with each entry in turn; the next comes when it has ended. */
export type TakeEntry = (entry: ArchiveEntry) => Promise<void>;

/** Why an archive is not unpacked: a clause about it. `entry`: the name that it concerns. */
export class ArchiveRefusal extends Error {
  constructor(
    readonly reason: string,
    readonly entry?: string,
  ) {
    super(reason);
    this.name = 'ArchiveRefusal';
  }
}

/** What becomes of all archives, so that none fills a disk. */
export interface UnpackLimits {
  readonly entries: number;
  /** Bytes of all files together. */
  readonly bytes: number;
  /** Bytes of all files for each byte of the archive, beyond `freeBytes`. */
  readonly ratio: number;
  readonly freeBytes: number;
}

const GIB = 1024 ** 3;

/** The largest known file has 17 GB, and archives of empty grids pack well. */
export const UNPACK_LIMITS: UnpackLimits = { entries: 100_000, bytes: 256 * GIB, ratio: 200, freeBytes: GIB / 4 };

const KINDS: readonly (readonly [RegExp, ArchiveKind])[] = [
  [/\.zip$/i, 'zip'],
  [/\.(?:tgz|tar\.gz)$/i, 'tgz'],
  [/\.tar$/i, 'tar'],
];

/** By the ending of its name; undefined for what is not an archive. */
export function archiveKind(place: string): ArchiveKind | undefined {
  return KINDS.find(([ending]) => ending.test(place))?.[1];
}

/** Where an archive is unpacked: its own place without the ending. The same place for what is not an archive. */
export function unpackedPlace(place: string): string {
  const [ending] = KINDS.find(([pattern]) => pattern.test(place)) ?? [];
  return ending ? place.replace(ending, '') : place;
}

/** A file that came out of an archive. */
export interface UnpackedFile {
  /** Relative to the folder of the campaign, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** 32 lower-case hex digits. */
  readonly md5: string;
}

/** Whether a path is one that the archive at `place` can have been unpacked to. */
export function isUnpackedPath(file: string, place: string): boolean {
  const root = unpackedPlace(place);
  if (root === place) return false;
  return file === root || (file.startsWith(`${root}/`) && entryPath(path.posix.relative(root, file)) !== undefined);
}

const MAX_DEPTH = 32;
/** Bytes of a name and of a path, in UTF-8: what file systems and object stores take. */
const MAX_NAME_BYTES = 200;
const MAX_PATH_BYTES = 700;

/** Control and format characters, unpaired surrogates, line separators; and what a file system or shell may read otherwise. */
const UNSAFE_CHARACTER = /[\p{C}\p{Zl}\p{Zp}\\:*?"<>|]/u;

/**
 * The path of an entry, with slashes, without the one at the end of folders; undefined for a name that is not a plain path inside the
 * archive, or that some file system does not take.
 */
export function entryPath(name: string): string | undefined {
  const parts = name
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/$/, '')
    .split('/');
  const isPlain = (part: string): boolean =>
    part !== '' &&
    part !== '.' &&
    part !== '..' &&
    !/[. ]$/.test(part) &&
    !UNSAFE_CHARACTER.test(part) &&
    Buffer.byteLength(part) <= MAX_NAME_BYTES;
  const whole = parts.join('/');
  const fits = parts.length <= MAX_DEPTH && Buffer.byteLength(whole) <= MAX_PATH_BYTES;
  return fits && parts.every(isPlain) ? whole : undefined;
}
