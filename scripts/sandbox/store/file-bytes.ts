import { createCipheriv, createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { Content } from './archive-bytes';

const AES_BLOCK = 16;
/** bytes of one piece: large enough for AES to run at full speed, small enough to keep memory flat. */
const PIECE = 262_144;
const ZEROS = Buffer.alloc(PIECE);

/**
 * The bytes [from, to) of the file that belongs to an id: the AES-CTR key stream of that id. Any offset is reached without
 * the bytes before it, and only one piece of 256 KiB is held, whatever the size.
 */
export function* fileBytes(id: string, from: number, to: number): Generator<Buffer> {
  const key = createHash('sha256').update(id).digest().subarray(0, 16);
  const counter = Buffer.alloc(AES_BLOCK);
  counter.writeBigUInt64BE(BigInt(Math.floor(from / AES_BLOCK)), 8);
  const stream = createCipheriv('aes-128-ctr', key, counter);
  stream.update(ZEROS.subarray(0, from % AES_BLOCK));
  for (let offset = from; offset < to; offset += PIECE) {
    yield stream.update(ZEROS.subarray(0, Math.min(PIECE, to - offset)));
  }
}

/** As `fileBytes` or another content, for sending: other requests get their turn between pieces. */
export async function* streamFileBytes(
  id: string,
  from: number,
  to: number,
  content: Content = fileBytes,
): AsyncGenerator<Buffer> {
  for (const piece of content(id, from, to)) {
    yield piece;
    await turn();
  }
}

/** True MD5s of files, computed when first asked for and kept: 32 lower-case hex digits. */
export class Checksums {
  private readonly known = new Map<string, Promise<string>>();

  md5(id: string, contentLength: number, content?: Content): Promise<string> {
    const key = `${id} ${contentLength}`;
    const found = this.known.get(key) ?? computeMd5(id, contentLength, content);
    this.known.set(key, found);
    return found;
  }
}

async function computeMd5(id: string, contentLength: number, content: Content = fileBytes): Promise<string> {
  const hash = createHash('md5');
  let sinceTurn = 0;
  for (const piece of content(id, 0, contentLength)) {
    hash.update(piece);
    sinceTurn += piece.length;
    if (sinceTurn >= 16 * PIECE) {
      sinceTurn = 0;
      await turn();
    }
  }
  return hash.digest('hex');
}
