import { createHash, type Hash } from 'node:crypto';
import { lstat, open, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { Failure } from '../errors';
import { PART_SUFFIX } from './file-name';
import { PartSink } from './part-sink';
import { publish } from './publish';
import { codeOf, targetFailure } from './target-failure';

const MIB = 1024 * 1024;

/**
 * The bytes of one file while they are not proven: `<name>.part` beside the final name, with the MD5 of what it holds.
 * Every method throws Failure DISK_FULL, TARGET_UNWRITABLE or FILE_IN_THE_WAY, as the file system has it.
 */
export class PartFile {
  /** Bytes on disk, all of them hashed. */
  bytes = 0;
  private md5: Hash = createHash('md5');

  private constructor(
    private readonly file: FileHandle,
    private readonly finalPath: string,
  ) {}

  /** Creates the part, or opens what an earlier run left and hashes it whole. The caller holds the lock of the folder. */
  static async open(finalPath: string): Promise<PartFile> {
    return inTarget(finalPath, async () => {
      const part = new PartFile(await openOrCreate(finalPath + PART_SUFFIX), finalPath);
      for await (const chunk of part.file.createReadStream({ start: 0, autoClose: false, highWaterMark: MIB })) {
        part.hash([chunk as Buffer]);
      }
      return part;
    });
  }

  /** Of all bytes so far: 32 lower-case hex digits. */
  get checksum(): string {
    return this.md5.copy().digest('hex');
  }

  /** Takes bytes from the end of the part on; fails with SIZE_WRONG rather than hold more than `limit` bytes. */
  sink(limit: number, onBytes: (added: number) => void): Writable {
    const { dir: target, base: name } = path.parse(this.finalPath);
    return new PartSink({
      descriptor: this.file.fd,
      position: this.bytes,
      limit,
      tooLong: (came) => new Failure({ code: 'SIZE_WRONG', name, expected: limit, came }),
      failed: (error) => targetFailure(error, target),
      onWritten: (buffers) => {
        const before = this.bytes;
        this.hash(buffers);
        onBytes(this.bytes - before);
      },
    });
  }

  async clear(): Promise<void> {
    await inTarget(this.finalPath, () => this.file.truncate(0));
    this.bytes = 0;
    this.md5 = createHash('md5');
  }

  /** Makes the bytes durable and gives them the final name, never over another file. */
  async publish(): Promise<void> {
    await inTarget(this.finalPath, async () => {
      await this.file.sync();
      await publish(this.finalPath + PART_SUFFIX, this.finalPath);
    });
  }

  async remove(): Promise<void> {
    await inTarget(this.finalPath, () => unlink(this.finalPath + PART_SUFFIX));
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private hash(buffers: readonly Buffer[]): void {
    for (const buffer of buffers) {
      this.md5.update(buffer);
      this.bytes += buffer.length;
    }
  }
}

async function openOrCreate(partPath: string): Promise<FileHandle> {
  try {
    return await open(partPath, 'wx+');
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  if (!(await lstat(partPath)).isFile()) {
    throw new Failure({ code: 'FILE_IN_THE_WAY', path: partPath });
  }
  return open(partPath, 'r+');
}

async function inTarget<Result>(finalPath: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw targetFailure(error, path.dirname(finalPath));
  }
}
