import { ArchiveRefusal } from './archive';

/** Bytes of a stream by their number. */
export class ByteReader {
  private readonly source: AsyncIterator<Buffer>;
  private left: Buffer = Buffer.alloc(0);

  /** @param grow is told of each piece that comes */
  constructor(
    source: AsyncIterable<Buffer>,
    private readonly grow: (bytes: number) => void,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next `bytes` bytes in pieces. @throws ArchiveRefusal where the stream ends before */
  async *pieces(bytes: number): AsyncGenerator<Buffer> {
    for (let open = bytes; open > 0;) {
      if (this.left.length === 0 && !(await this.more())) throw new ArchiveRefusal('it ends early');
      const piece = this.left.subarray(0, open);
      this.left = this.left.subarray(piece.length);
      open -= piece.length;
      yield piece;
    }
  }

  /** @throws ArchiveRefusal */
  async take(bytes: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pieces(bytes)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** Reads to the end, so that what the stream itself checks there is checked. */
  async drain(): Promise<void> {
    while (await this.more());
  }

  private async more(): Promise<boolean> {
    const next: IteratorResult<Buffer, unknown> = await this.source.next();
    if (next.done === true) return false;
    this.left = next.value;
    this.grow(next.value.length);
    return true;
  }
}
