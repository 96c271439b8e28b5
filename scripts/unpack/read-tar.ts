/** Tar archives, plain or by gzip; headers are read by `tar`. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Header, Pax } from 'tar';
import { ArchiveRefusal, type ArchiveEntry, type TakeEntry } from './archive';
import { ByteReader } from './byte-reader';

export interface TarOptions {
  readonly isPacked: boolean;
  /** Told of each piece of the tar itself: headers and padding count as well. */
  readonly grow: (bytes: number) => void;
}

/** @throws ArchiveRefusal; errors of `tar`, zlib and the file system as they come */
export async function readTar(file: string, { isPacked, grow }: TarOptions, take: TakeEntry): Promise<void> {
  const source = createReadStream(file);
  const pieces: Readable = isPacked ? source.pipe(createGunzip()) : source;
  source.once('error', (error) => pieces.destroy(error));
  try {
    await readEntries(new ByteReader(pieces, grow), take);
  } finally {
    source.destroy();
    pieces.destroy();
  }
}

const BLOCK = 512;
const MAX_EXTENSION_BYTES = 1024 * 1024;
const KINDS: Readonly<Record<string, ArchiveEntry['kind']>> = {
  File: 'file',
  OldFile: 'file',
  ContiguousFile: 'file',
  Directory: 'folder',
};

const padding = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK;

/** Two empty blocks end an archive; without them it was cut. */
async function readEntries(reader: ByteReader, take: TakeEntry): Promise<void> {
  let own: Pax | undefined;
  let common: Pax | undefined;
  for (let emptyBlocks = 0; emptyBlocks < 2;) {
    const header = new Header(await reader.take(BLOCK), 0, own, common);
    emptyBlocks = header.nullBlock ? emptyBlocks + 1 : 0;
    if (header.nullBlock) continue;
    if (!header.cksumValid)
      throw new ArchiveRefusal('it is not a tar archive, or damaged: a header has a wrong checksum');
    if (header.type === 'GlobalExtendedHeader') common = Pax.parse(await extensionOf(header, reader), common, true);
    else if (header.type === 'ExtendedHeader') own = Pax.parse(await extensionOf(header, reader), own);
    else if (header.type === 'NextFileHasLongPath')
      own = Object.assign(own ?? new Pax({}), { path: (await extensionOf(header, reader)).replace(/\0.*$/s, '') });
    else {
      await takeEntry(header, reader, take);
      own = undefined;
    }
  }
  await reader.drain();
}

async function extensionOf({ size = 0 }: Header, reader: ByteReader): Promise<string> {
  if (size > MAX_EXTENSION_BYTES) throw new ArchiveRefusal('an extended header is too long');
  const text = (await reader.take(size)).toString();
  await reader.take(padding(size));
  if (text.includes('GNU.sparse.')) throw new ArchiveRefusal('it has sparse files');
  return text;
}

async function takeEntry({ type, path: name = '', size = 0 }: Header, reader: ByteReader, take: TakeEntry) {
  const kind = KINDS[type];
  if (!kind) throw new ArchiveRefusal('an entry is a link, a device or of another special kind', name);
  const bytes = kind === 'folder' ? 0 : size;
  await take({ name, kind, bytes, open: () => Promise.resolve(Readable.from(reader.pieces(bytes))) });
  await reader.take(padding(bytes));
}
