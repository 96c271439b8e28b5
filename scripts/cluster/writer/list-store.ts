/** Where the lists of a campaign are written. */
import path from 'node:path';
import type { FileList } from '../../campaign/lock/file-lists';
import { objectBeginnings, folderBeginnings, type Beginnings } from '../../campaign/lock/foreign-lists';
import type { S3Target } from '../../target/s3-target';
import { inTarget } from '../../errors/target-failure';
import { makeFolder } from '../../session/run-folders';
import { inChunks } from '../../lib/streams/in-chunks';
import { writeTogether } from '../../lib/write-file-atomic';

/** One whose pieces may have to be waited for. */
export type StreamedList = FileList<AsyncIterable<string> | Iterable<string>>;

export interface ListStore extends Beginnings {
  /** In order; none is replaced before all can be. */
  write(lists: readonly StreamedList[]): Promise<void>;
}

export function folderLists(folder: string): ListStore {
  return {
    ...folderBeginnings(folder),
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
    ...objectBeginnings(target),
    async write(lists) {
      for (const { name, pieces } of lists) await target.writeStream(name, inChunks(pieces));
    },
  };
}
