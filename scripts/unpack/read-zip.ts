/** Zip archives, by yauzl. What the two headers of an entry say must agree: programs differ in which they believe. */
import { Transform, type Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type LocalFileHeader, type ZipFile } from 'yauzl';
import { ArchiveRefusal, type ArchiveEntry, type TakeEntry } from './archive';

/** Every entry is looked at before the first is taken. @throws ArchiveRefusal; errors of yauzl and the file system as they come */
export async function readZip(file: string, maxEntries: number, take: TakeEntry): Promise<void> {
  const zip = await openPromise(file, { autoClose: false, decodeStrings: false });
  try {
    if (zip.entryCount > maxEntries) throw new ArchiveRefusal(`it has more than ${maxEntries} entries`);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    await refuseDisagreement(zip, entries);
    for (const entry of entries) await take(archiveEntry(zip, entry));
  } finally {
    zip.close();
  }
}

const ENCRYPTED = 0x1 | 0x40 | 0x2000;
const UTF8 = 0x800;
const SIZES_FOLLOW = 0x8;
const IN_ZIP64 = 0xffff_ffff;

function nameOf({ generalPurposeBitFlag, fileNameRaw }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, [], true);
}

/** Local headers and data of different entries do not overlap, and local headers say what the central directory says. */
async function refuseDisagreement(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const entry of inOrder) {
    const name = nameOf(entry);
    if ((entry.generalPurposeBitFlag & ENCRYPTED) !== 0) throw new ArchiveRefusal('an entry is encrypted', name);
    if (!entry.canDecodeFileData())
      throw new ArchiveRefusal(`an entry is packed by method ${entry.compressionMethod}, which is not known`, name);
    if (entry.relativeOffsetOfLocalHeader < end) throw new ArchiveRefusal('entries overlap', name);
    const local = await zip.readLocalFileHeaderPromise(entry);
    if (!agree(entry, local)) throw new ArchiveRefusal('the two headers of an entry disagree', name);
    end = local.fileDataStart + entry.compressedSize;
  }
}

function agree(entry: Entry, local: LocalFileHeader): boolean {
  const flags = ENCRYPTED | UTF8;
  const follows = (local.generalPurposeBitFlag & SIZES_FOLLOW) !== 0;
  const isSame = (said: number, known: number): boolean =>
    said === known || said === IN_ZIP64 || (follows && said === 0);
  const unicodeName = entry.extraFields.find(({ id }) => id === UNICODE_NAME)?.data.subarray(5);
  return (
    local.fileName.equals(entry.fileNameRaw) &&
    (unicodeName === undefined || unicodeName.equals(entry.fileNameRaw)) &&
    local.compressionMethod === entry.compressionMethod &&
    (local.generalPurposeBitFlag & flags) === (entry.generalPurposeBitFlag & flags) &&
    isSame(local.crc32, entry.crc32) &&
    isSame(local.compressedSize, entry.compressedSize) &&
    isSame(local.uncompressedSize, entry.uncompressedSize)
  );
}

/** Extra field of Info-ZIP: another name for the same entry. */
const UNICODE_NAME = 0x7075;

const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** Unix keeps the type of a file in the upper half of the attributes; elsewhere there is none. */
function archiveEntry(zip: ZipFile, entry: Entry): ArchiveEntry {
  const name = nameOf(entry);
  const type = (entry.externalFileAttributes >>> 16) & FILE_TYPE;
  const kind = name.endsWith('/') ? 'folder' : 'file';
  if (type !== 0 && type !== (kind === 'folder' ? FOLDER : REGULAR))
    throw new ArchiveRefusal('an entry is a link, a device or of another special kind', name);
  if (kind === 'folder' && entry.uncompressedSize > 0) throw new ArchiveRefusal('a folder has content', name);
  return {
    name,
    kind,
    bytes: entry.uncompressedSize,
    async open() {
      const content = await zip.openReadStreamPromise(entry);
      return checked(content, entry.crc32, name);
    },
  };
}

/** yauzl proves sizes, not checksums. */
function checked(content: Readable, expected: number, name: string): Readable {
  let sum = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush: (done) => done(sum === expected ? null : new ArchiveRefusal('the checksum of an entry is wrong', name)),
  });
  content.once('error', (error) => check.destroy(error));
  return content.pipe(check);
}
