/** What has been seen of an archive: names, which may come once, and sizes, which have bounds. */
import { ArchiveRefusal, entryPath, type ArchiveEntry, type UnpackLimits } from './archive';

export interface EntryRegister {
  /**
   * The path of an entry.
   * @throws ArchiveRefusal for an unsafe name, one that came before (file systems may not tell upper from lower case), too many entries
   */
  add(entry: Pick<ArchiveEntry, 'name' | 'kind' | 'bytes'>): string;
  /** Counts bytes that came of a stream whose length nothing tells. @throws ArchiveRefusal for too many */
  readonly grow: (bytes: number) => void;
}

export function createEntryRegister(archiveBytes: number, limits: UnpackLimits): EntryRegister {
  const seen = new Map<string, ArchiveEntry['kind']>();
  const maxBytes = Math.min(limits.bytes, Math.max(limits.freeBytes, limits.ratio * archiveBytes));
  let [entries, claimed, came] = [0, 0, 0];

  function refuseMoreThan(bytes: number): void {
    if (bytes > maxBytes) throw new ArchiveRefusal(`it unpacks to more than ${maxBytes} bytes, from ${archiveBytes}`);
  }

  function addFoldersOf(path: string, name: string): void {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const key = keyOf(path.slice(0, end));
      if (seen.get(key) === 'file') throw new ArchiveRefusal('a file and a folder have the same name', name);
      seen.set(key, 'folder');
    }
  }

  return {
    add({ name, kind, bytes }) {
      if (++entries > limits.entries) throw new ArchiveRefusal(`it has more than ${limits.entries} entries`);
      const path = entryPath(name);
      if (path === undefined)
        throw new ArchiveRefusal('an entry has a name that is not a plain path inside the archive', name);
      addFoldersOf(path, name);
      const before = seen.get(keyOf(path));
      if (before && (before === 'file' || kind === 'file')) throw new ArchiveRefusal('a name occurs twice', name);
      seen.set(keyOf(path), kind);
      refuseMoreThan((claimed += bytes));
      return path;
    },
    grow: (bytes) => refuseMoreThan((came += bytes)),
  };
}

const keyOf = (path: string): string => path.normalize('NFC').toLowerCase();
