import { lstat, open, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { Failure } from '../errors/errors';
import { FileDigest } from './file-digest';
import { PART_SUFFIX } from './file-name';
import { PartSink } from './part-sink';
import { publish } from './publish';
import { codeOf, targetFailure } from '../errors/target-failure';

/**
 * The bytes of one file while they are not proven: `<name>.part` beside the final name, with the MD5 of what it holds.
 * Every method throws Failure DISK_FULL, TARGET_UNWRITABLE or FILE_IN_THE_WAY, as the file system has it.
 */
export class PartFile {
  private digest: FileDigest;

  private constructor(
    private readonly file: FileHandle,
    private readonly finalPath: string,
    /** Bytes written, those of an earlier run included. */
    public bytes: number,
  ) {
    this.digest = this.newDigest();
  }

  /** Creates the part, or opens what an earlier run left, which is hashed whole. The caller holds the lock of the folder. */
  static async open(finalPath: string): Promise<PartFile> {
    return inTarget(finalPath, async () => {
      const { file, bytes } = await openOrCreate(finalPath + PART_SUFFIX);
      return new PartFile(file, finalPath, bytes);
    });
  }

  /**
   * The MD5 of all bytes: 32 lower-case hex digits. They are durable by then, which is done meanwhile and takes about as long.
   * @throws Failure INTERRUPTED too
   */
  async checksum(signal?: AbortSignal): Promise<string> {
    return inTarget(this.finalPath, async () => {
      const [md5] = await Promise.all([this.digest.md5(signal), this.file.sync()]);
      return md5;
    });
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
        const added = buffers.reduce((sum, { length }) => sum + length, 0);
        this.bytes += added;
        this.digest.grownTo(this.bytes);
        onBytes(added);
      },
    });
  }

  async clear(): Promise<void> {
    if (this.bytes === 0) return;
    await inTarget(this.finalPath, () => this.file.truncate(0));
    this.digest.drop();
    this.bytes = 0;
    this.digest = this.newDigest();
  }

  /** Gives the bytes, whose `checksum` was right, the final name, never over another file. */
  async publish(): Promise<void> {
    await inTarget(this.finalPath, () => publish(this.finalPath + PART_SUFFIX, this.finalPath));
  }

  async remove(): Promise<void> {
    await inTarget(this.finalPath, () => unlink(this.finalPath + PART_SUFFIX));
  }

  async close(): Promise<void> {
    this.digest.drop();
    await this.file.close();
  }

  private newDigest(): FileDigest {
    const digest = new FileDigest(this.finalPath + PART_SUFFIX);
    digest.grownTo(this.bytes);
    return digest;
  }
}

async function openOrCreate(partPath: string): Promise<{ file: FileHandle; bytes: number }> {
  try {
    return { file: await open(partPath, 'wx+'), bytes: 0 };
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  if (!(await lstat(partPath)).isFile()) {
    throw new Failure({ code: 'FILE_IN_THE_WAY', path: partPath });
  }
  const file = await open(partPath, 'r+');
  return { file, bytes: (await file.stat()).size };
}

async function inTarget<Result>(finalPath: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw targetFailure(error, path.dirname(finalPath));
  }
}
