/** Archives byte by byte, sound or hostile: each part of a header can be another than it should be. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** Default: stored. */
  readonly deflated?: boolean;
  /** What the local header says in the place of what the central directory says. */
  readonly local?: Partial<Pick<ZipHeader, 'name' | 'method' | 'crc' | 'size' | 'flags'>>;
  readonly central?: Partial<Pick<ZipHeader, 'method' | 'crc' | 'size' | 'packed' | 'flags' | 'offset'>>;
  /** Unix mode; 0: none. */
  readonly mode?: number;
  readonly extra?: Buffer;
  /** Sizes stand in the extra field of zip64. */
  readonly zip64?: boolean;
}

interface ZipHeader {
  readonly name: string | Buffer;
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

const UTF8 = 0x800;
const MAX = 0xffff_ffff;

export function madeZip(entries: readonly ZipEntry[], { count = entries.length } = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '');
    const body = entry.deflated ? deflateRawSync(content) : content;
    const [method, name] = [entry.deflated ? 8 : 0, Buffer.from(entry.name)];
    const said = { name, method, flags: UTF8, crc: crc32(content), size: content.length, packed: body.length, offset };
    const own = localHeader({ ...said, ...entry.local }, entry);
    centrals.push(centralHeader({ ...said, ...entry.central }, entry));
    locals.push(own, body);
    offset += own.length + body.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endOfDirectory(count, directory.length, offset)]);
}

function localHeader({ name, flags, method, crc, size, packed }: ZipHeader, { zip64, extra }: ZipEntry): Buffer {
  const [text, more] = [Buffer.from(name), zip64 ? zip64Field([size, packed]) : (extra ?? Buffer.alloc(0))];
  const sizes = zip64 ? [MAX, MAX] : [packed, size];
  const parts = [u32(0x04034b50), u16(45, flags, method, 0, 0), u32(crc, ...sizes), u16(text.length, more.length)];
  return Buffer.concat([...parts, text, more]);
}

function centralHeader(header: ZipHeader, { zip64, extra, mode = defaultMode(header) }: ZipEntry): Buffer {
  const { name, flags, method, crc, size, packed, offset } = header;
  const [text, more] = [Buffer.from(name), zip64 ? zip64Field([size, packed]) : (extra ?? Buffer.alloc(0))];
  const sizes = zip64 ? [MAX, MAX] : [packed, size];
  return Buffer.concat([
    u32(0x02014b50),
    u16((3 << 8) | 45, 45, flags, method, 0, 0),
    u32(crc, ...sizes),
    u16(text.length, more.length, 0, 0, 0),
    u32((mode << 16) >>> 0, offset),
    text,
    more,
  ]);
}

const defaultMode = ({ name }: ZipHeader): number => (name.toString().endsWith('/') ? 0o040755 : 0o100644);

function endOfDirectory(count: number, bytes: number, offset: number): Buffer {
  return Buffer.concat([u32(0x06054b50), u16(0, 0, count, count), u32(bytes, offset), u16(0)]);
}

function zip64Field(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), 8 * index);
  return Buffer.concat([u16(1, bytes.length), bytes]);
}

/** Extra field of Info-ZIP with another name. */
export function unicodeName(name: string, other: string): Buffer {
  const body = Buffer.concat([Buffer.from([1]), u32(crc32(name)), Buffer.from(other)]);
  return Buffer.concat([u16(0x7075, body.length), body]);
}

const u16 = (...values: readonly number[]): Buffer => Buffer.from(values.flatMap((v) => [v & 255, (v >> 8) & 255]));
const u32 = (...values: readonly number[]): Buffer => Buffer.from(new Uint32Array(values).buffer);

export interface TarEntry {
  readonly name: string;
  readonly content?: string | Buffer;
  /** `0` file, `5` folder, `2` link, `1` hard link, `3` device, `6` pipe, `L` long name, `x` pax. */
  readonly type?: string;
  readonly link?: string;
  /** In the place of the content's. */
  readonly size?: number;
  readonly checksum?: number;
}

export function madeTar(entries: readonly TarEntry[], { isEnded = true } = {}): Buffer {
  const blocks = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '');
    return [tarHeader(entry, content.length), content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(isEnded ? 1024 : 0)]);
}

function tarHeader({ name, type = '0', link = '', size, checksum }: TarEntry, length: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0, 100);
  block.write('0000644\x000000000\x000000000\x00', 100);
  block.write(`${(size ?? length).toString(8).padStart(11, '0')}\x0000000000000\x00        ${type}`, 124);
  block.write(link, 157, 100);
  block.write('ustar\x0000', 257);
  const sum = checksum ?? block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\x00 `, 148);
  return block;
}
