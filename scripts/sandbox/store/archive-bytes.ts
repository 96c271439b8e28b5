/** Files with names of archives as archives: sound ones of exactly the catalogued size, whose content is made up. */
import { crc32 } from 'node:zlib';
import { fileBytes } from './file-bytes';

/** What a store has under a name: the bytes [from, to). */
export type Content = (id: string, from: number, to: number) => Iterable<Buffer>;

/** Of a file of this name and size in bytes; undefined where it is no archive, or has no room for one. */
export function archiveContent(name: string, size: number): Content | undefined {
  const [, stem = '', ending = ''] = /^(.+)\.(zip|tgz)$/i.exec(name) ?? [];
  // The archive of an orbit file holds that file alone.
  const inner = stem.endsWith('.EOF') ? stem : `${stem}/data.bin`;
  const make = ending.toLowerCase() === 'zip' ? zip : tgz;
  const pieces = ending === '' ? undefined : make(inner, size);
  return pieces && ((id, from, to) => slice(pieces(id), from, to));
}

type Pieces = (id: string) => Iterable<Buffer>;

const U32_MAX = 0xffff_ffff;

/** One stored file; its checksum follows the content, so that nothing is read twice. */
function zip(name: string, size: number): Pieces | undefined {
  const label = Buffer.from(name);
  const bytes = size - 2 * label.length - 114;
  if (bytes < 0 || size > U32_MAX) return undefined;
  return function* (id) {
    const versionAndFlags = u16(20, SIZES_FOLLOW, 0, 0, DOS_DATE);
    yield Buffer.concat([u32(0x04034b50), versionAndFlags, u32(0, 0, 0), u16(label.length, 0), label]);
    let sum = 0;
    for (const piece of fileBytes(id, 0, bytes)) {
      sum = crc32(piece, sum);
      yield piece;
    }
    yield u32(0x08074b50, sum, bytes, bytes);
    const sizes = u32(sum, bytes, bytes);
    yield Buffer.concat([
      u32(0x02014b50),
      u16(20),
      versionAndFlags,
      sizes,
      u16(label.length, 0, 0, 0, 0),
      u32(0, 0),
      label,
    ]);
    yield Buffer.concat([u32(0x06054b50), u16(0, 0, 1, 1), u32(46 + label.length, 46 + label.length + bytes), u16(0)]);
  };
}

const SIZES_FOLLOW = 8;
/** 2024-01-01 */
const DOS_DATE = (44 << 9) | (1 << 5) | 1;

const BLOCK = 512;
/** Of deflate, without compression. */
const STORED_BLOCK = 65_535;
const GZIP_FRAME = 10 + 2 + 8;

/** One file in a tar, by gzip without compression; what is left of the size is an extra field of gzip's header. */
function tgz(name: string, size: number): Pieces | undefined {
  const frame = (tar: number): number => GZIP_FRAME + 5 * Math.ceil(tar / STORED_BLOCK) + tar;
  let tar = size - (size % BLOCK);
  while (tar > 0 && frame(tar) > size) tar -= BLOCK;
  const bytes = tar - 3 * BLOCK;
  const extra = size - frame(tar);
  if (bytes < 0 || name.length > 99 || size > U32_MAX) return undefined;
  return function* (id) {
    yield Buffer.concat([Buffer.from([31, 139, 8, 4, 0, 0, 0, 0, 0, 255]), u16(extra), Buffer.alloc(extra)]);
    let [sum, left] = [0, tar];
    for (const block of inBlocks(tarPieces(name, id, bytes))) {
      sum = crc32(block, sum);
      left -= block.length;
      yield Buffer.concat([Buffer.from([left === 0 ? 1 : 0]), u16(block.length, ~block.length), block]);
    }
    yield u32(sum, tar);
  };
}

function* tarPieces(name: string, id: string, bytes: number): Generator<Buffer> {
  const header = Buffer.alloc(BLOCK);
  header.write(name);
  header.write(
    `0000644\x000000000\x000000000\x00${bytes.toString(8).padStart(11, '0')}\x0000000000000\x00        0`,
    100,
  );
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  yield header;
  yield* fileBytes(id, 0, bytes);
  yield Buffer.alloc(2 * BLOCK);
}

function* inBlocks(pieces: Iterable<Buffer>): Generator<Buffer> {
  let waiting = Buffer.alloc(0);
  for (const piece of pieces) {
    waiting = Buffer.concat([waiting, piece]);
    for (; waiting.length >= STORED_BLOCK; waiting = waiting.subarray(STORED_BLOCK))
      yield waiting.subarray(0, STORED_BLOCK);
  }
  if (waiting.length > 0) yield waiting;
}

function* slice(pieces: Iterable<Buffer>, from: number, to: number): Generator<Buffer> {
  let at = 0;
  for (const piece of pieces) {
    if (at >= to) return;
    const part = piece.subarray(Math.max(0, from - at), to - at);
    at += piece.length;
    if (part.length > 0) yield part;
  }
}

const u16 = (...values: readonly number[]): Buffer =>
  Buffer.from(values.flatMap((value) => [value & 255, (value >> 8) & 255]));

const u32 = (...values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.concat([u16(value), u16(value >>> 16)])));
