import { constants } from 'node:fs';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { Failure } from '../errors/errors';
import { inTarget, targetFailure } from '../errors/target-failure';
import { NO_SURPRISES } from '../lib/plain-file';
import type { Part } from './destination';
import { FileDigest } from './file-digest';
import { plainPart, takeOverLeft, type PartNames } from './part-names';
import { PartSink } from './part-sink';
import { inTheWay, publish } from './publish';

/**
 * The bytes of one file while they are not proven, in a part of this run's beside the final name, with the MD5 of what it holds.
 * Every method throws Failure DISK_FULL, TARGET_UNWRITABLE or FILE_IN_THE_WAY, as the file system has it.
 */
export class PartFile implements Part {
  private digest: FileDigest;

  private constructor(
    private readonly file: FileHandle,
    private readonly partPath: string,
    private readonly finalPath: string,
    /** Where the bytes stay for the next run. */
    private readonly keptPath: string,
    /** Bytes written, those of an earlier run included. */
    public bytes: number,
  ) {
    this.digest = this.newDigest();
  }

  /**
   * Creates the part, or takes over what an earlier run left, which is hashed whole. The caller holds the lock of the folder.
   * @throws also Failure FILE_IN_THE_WAY for a link, folder or pipe that has the name of a part
   */
  static async open(finalPath: string, names: PartNames): Promise<PartFile> {
    return inTarget(path.dirname(finalPath), async () => {
      const partPath = names.own(finalPath);
      const keptPath = path.join(path.dirname(partPath), path.basename(plainPart(finalPath)));
      const strange = await takeOverLeft(await names.left(finalPath), partPath);
      if (strange !== undefined) throw inTheWay(strange);
      const file = await open(partPath, constants.O_RDWR | constants.O_CREAT | NO_SURPRISES, 0o666);
      const { size, nlink } = await file.stat();
      // Some file systems count none.
      if (nlink <= 1) return new PartFile(file, partPath, finalPath, keptPath, size);
      await file.close();
      throw inTheWay(partPath);
    });
  }

  /**
   * The MD5 of all bytes: 32 lower-case hex digits. They are durable by then, which is done meanwhile and takes about as long.
   * @throws Failure INTERRUPTED too
   */
  async checksum(signal?: AbortSignal): Promise<string> {
    return this.inFolder(async () => {
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
    await this.inFolder(() => this.file.truncate(0));
    this.digest.drop();
    this.bytes = 0;
    this.digest = this.newDigest();
  }

  /** Gives the bytes, whose `checksum` was right, the final name, never over another file. */
  async publish(): Promise<void> {
    await this.inFolder(() => publish(this.partPath, this.finalPath));
  }

  /** What is there stays for the next run, under the plain name of a part: nobody writes to it any more. */
  async leave(): Promise<void> {
    await this.inFolder(() => (this.bytes === 0 ? unlink(this.partPath) : rename(this.partPath, this.keptPath)));
  }

  async remove(): Promise<void> {
    await this.inFolder(() => unlink(this.partPath));
  }

  async close(): Promise<void> {
    this.digest.drop();
    await this.file.close();
  }

  private inFolder<Result>(work: () => Promise<Result>): Promise<Result> {
    return inTarget(path.dirname(this.finalPath), work);
  }

  private newDigest(): FileDigest {
    const digest = new FileDigest(this.partPath);
    digest.grownTo(this.bytes);
    return digest;
  }
}
