import { writev } from 'node:fs';
import { Writable } from 'node:stream';

export interface PartSinkOptions {
  descriptor: number;
  /** Byte offset of the first write. */
  position: number;
  /** Bytes the file may have at the end. */
  limit: number;
  /** What to fail with, before anything is written, when `bytes` would make the file longer than `limit`. */
  tooLong: (bytes: number) => Error;
  /** What to fail with when the file system does. */
  failed: (error: Error) => Error;
  /** Called with what has safely been written, in order. */
  onWritten: (buffers: readonly Buffer[]) => void;
}

type Done = (error?: Error | null) => void;

const MIB = 1024 * 1024;

/** Writes to an open file. While one write is under way the chunks of the next are gathered, up to 1 MiB, into one call. */
export class PartSink extends Writable {
  private position: number;
  private writing = false;
  private afterWriting?: () => void;

  constructor(private readonly options: PartSinkOptions) {
    super({ highWaterMark: MIB });
    this.position = options.position;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.writeAll([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.writeAll(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  /** The descriptor may be closed, and its number given to another file, only when the write under way has ended. */
  override _destroy(error: Error | null, done: Done): void {
    if (this.writing) this.afterWriting = () => done(error);
    else done(error);
  }

  private writeAll(buffers: readonly Buffer[], done: Done): void {
    const end = this.position + buffers.reduce((bytes, buffer) => bytes + buffer.length, 0);
    if (end > this.options.limit) {
      done(this.options.tooLong(end));
      return;
    }
    this.writing = true;
    writeFully(this.options.descriptor, buffers, this.position, (error) => {
      this.writing = false;
      if (!error) {
        this.position = end;
        this.options.onWritten(buffers);
      }
      done(error && this.options.failed(error));
      this.afterWriting?.();
    });
  }
}

/** writev(2) may write less than it was given, for instance just before the disk is full. */
function writeFully(descriptor: number, buffers: readonly Buffer[], position: number, done: Done): void {
  writev(descriptor, buffers, position, (error, written) => {
    const rest = error ? [] : withoutFirst(buffers, written);
    if (error || rest.length === 0) done(error);
    else writeFully(descriptor, rest, position + written, done);
  });
}

function withoutFirst(buffers: readonly Buffer[], bytes: number): Buffer[] {
  const rest: Buffer[] = [];
  let skip = bytes;
  for (const buffer of buffers) {
    if (skip < buffer.length) rest.push(buffer.subarray(skip));
    skip = Math.max(0, skip - buffer.length);
  }
  return rest;
}
