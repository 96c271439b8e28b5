/** Where the lists of a campaign are written. */
import path from 'node:path';
import type { FileList } from '../../campaign/lock/file-lists';
import { s3Text } from '../../target/s3-address';
import type { S3Target } from '../../target/s3-target';
import { inTarget } from '../../errors/target-failure';
import { makeFolder } from '../../session/run-folders';
import { inChunks } from '../../lib/streams/in-chunks';
import { openFile, sizeOfFile } from '../../lib/plain-file';
import { writeTogether } from '../../lib/write-file-atomic';

/** One whose pieces may have to be waited for. */
export type StreamedList = FileList<AsyncIterable<string> | Iterable<string>>;

export interface ListStore {
  /** For messages: a folder, or `s3://bucket/prefix`. */
  readonly address: string;
  /** The first bytes of what has the name of a list; undefined where nothing has, or what cannot be replaced anyway, as a folder. */
  beginning(name: string): Promise<string | undefined>;
  /** In order; none is replaced before all can be. */
  write(lists: readonly StreamedList[]): Promise<void>;
}

const BEGINNING_BYTES = 4096;

async function fileBeginning(file: string): Promise<string | undefined> {
  if ((await sizeOfFile(file)) === undefined) return undefined;
  const handle = await openFile(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

export function folderLists(folder: string): ListStore {
  return {
    address: folder,
    beginning: (name) => inTarget(folder, () => fileBeginning(path.join(folder, name))),
    async write(lists) {
      await makeFolder(folder);
      const contents = lists.map(({ name, pieces }) => ({ file: path.join(folder, name), pieces: inChunks(pieces) }));
      await inTarget(folder, () => writeTogether(contents));
    },
  };
}

/** Objects have no common moment: the lock, which speaks of the others, is the last. */
export function objectLists(target: S3Target): ListStore {
  return {
    address: s3Text(target.address),
    beginning: (name) => target.beginning(name, BEGINNING_BYTES),
    async write(lists) {
      for (const { name, pieces } of lists) await target.writeStream(name, inChunks(pieces));
    },
  };
}
