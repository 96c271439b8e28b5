/** All files of an archive into an empty folder, with their checksums. */
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { codeOf, inTarget } from '../errors/target-failure';
import { makePath } from '../lib/ensure-folder';
import { throwIfInterrupted } from '../services/interruption';
import {
  ArchiveRefusal,
  UNPACK_LIMITS,
  type ArchiveEntry,
  type ArchiveKind,
  type TakeEntry,
  type UnpackedFile,
  type UnpackLimits,
} from './archive';
import { createEntryRegister, type EntryRegister } from './entry-register';
import { readTar } from './read-tar';
import { readZip } from './read-zip';

export interface UnpackOptions {
  /** Path of the archive. */
  readonly archive: string;
  readonly kind: ArchiveKind;
  /** Exists and is empty; what is in it after a failure is of no use. */
  readonly folder: string;
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal;
}

/**
 * Returns the files in the order of their paths, which are relative to the folder. Modes, owners and times are not taken over.
 * @throws Failure ARCHIVE_REFUSED for what is no sound and harmless archive; TARGET_UNWRITABLE, DISK_FULL, INTERRUPTED
 */
export async function unpackArchive(options: UnpackOptions): Promise<UnpackedFile[]> {
  const { archive, kind, folder, limits = UNPACK_LIMITS, signal } = options;
  const { size } = await inTarget(archive, () => stat(archive));
  const register = createEntryRegister(size, limits);
  const files: UnpackedFile[] = [];
  const take: TakeEntry = async (entry) => {
    throwIfInterrupted(signal);
    const file = await writeEntry(entry, { folder, register, signal });
    if (file) files.push(file);
  };
  try {
    if (kind === 'zip') await readZip(archive, limits.entries, take);
    else await readTar(archive, { isPacked: kind === 'tgz', grow: register.grow }, take);
  } catch (error) {
    throw refused(error, archive);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What is neither ours nor of the file system comes of the archive's content. */
function refused(error: unknown, archive: string): unknown {
  if (error instanceof Failure || /^E[A-Z0-9]+$/.test(codeOf(error))) return error;
  const name = path.basename(archive);
  if (error instanceof ArchiveRefusal) {
    const { reason, entry } = error;
    return new Failure({ code: 'ARCHIVE_REFUSED', name, reason, ...(entry === undefined ? {} : { entry }) });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure({ code: 'ARCHIVE_REFUSED', name, reason: `it is damaged (${reason})` }, { cause: error });
}

interface Sink {
  readonly folder: string;
  readonly register: EntryRegister;
  readonly signal?: AbortSignal;
}

async function writeEntry(entry: ArchiveEntry, { folder, register, signal }: Sink): Promise<UnpackedFile | undefined> {
  const place = register.add(entry);
  const file = path.join(folder, place);
  await inTarget(folder, () => makePath(entry.kind === 'folder' ? file : path.dirname(file)));
  if (entry.kind === 'folder') return undefined;
  const handle = await inTarget(folder, () => open(file, 'wx'));
  const hash = createHash('md5');
  let bytes = 0;
  try {
    for await (const piece of await entry.open()) {
      throwIfInterrupted(signal);
      const chunk = piece as Buffer;
      hash.update(chunk);
      bytes += chunk.length;
      await inTarget(folder, () => handle.writeFile(chunk));
    }
    await inTarget(folder, () => handle.sync());
  } finally {
    await handle.close();
  }
  if (bytes !== entry.bytes) throw new ArchiveRefusal('an entry has another size than the archive says', entry.name);
  return { path: place, bytes, md5: hash.digest('hex') };
}
