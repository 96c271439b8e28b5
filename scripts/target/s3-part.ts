/**
 * A file on its way to an object. Parts go to a multipart upload as they come, hashed in order; the object has its name only when the
 * upload is completed, after size and MD5 were proven, and only if nothing has the name. What was uploaded when a run ended is gone on
 * with: a note beside the objects keeps upload, parts and the state of the MD5.
 */
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import type { IHasher } from 'hash-wasm';
import type { Part } from '../download/destination';
import type { Expected } from '../download/existing-file';
import { Failure } from '../errors/errors';
import { throwIfInterrupted } from '../services/interruption';
import { loadS3Packages, s3Failure, statusOf } from './s3-client';

export interface S3Place {
  readonly client: S3Client;
  readonly bucket: string;
  readonly key: string;
  /** Where the note about an unfinished upload is kept. */
  readonly noteKey: string;
  /** For messages: `s3://bucket/prefix`. */
  readonly address: string;
}

const MIB = 1024 * 1024;
/** Smallest part that S3 takes, but for the last, is 5 MiB; at most 10 000 parts. */
const USUAL_PART_BYTES = 8 * MIB;
const MAX_PARTS = 10_000;

export const partBytesFor = (size: number): number =>
  Math.max(USUAL_PART_BYTES, Math.ceil(size / MAX_PARTS / MIB) * MIB);

/** An unfinished upload: all that another process needs to go on with it. */
export interface UploadNote {
  readonly md5: string;
  readonly size: number;
  readonly uploadId: string;
  readonly partBytes: number;
  /** ETags of the parts from 1 on, all of `partBytes`. */
  readonly parts: readonly string[];
  /** Of hash-wasm, base64: MD5 over those parts. */
  readonly hash: string;
}

export class S3Part implements Part {
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private parts: string[];
  private uploadId: string | undefined;

  private constructor(
    private readonly place: S3Place,
    private readonly expected: Expected,
    private readonly hasher: IHasher,
    private readonly sdk: Awaited<ReturnType<typeof loadS3Packages>>['sdk'],
    private readonly partBytes: number,
    note: UploadNote | undefined,
  ) {
    this.parts = [...(note?.parts ?? [])];
    this.uploadId = note?.uploadId;
  }

  get bytes(): number {
    return this.parts.length * this.partBytes + this.waitingBytes;
  }

  /** @throws Failure BUCKET_UNUSABLE, STORE_UNREACHABLE */
  static async open(place: S3Place, expected: Expected): Promise<S3Part> {
    const { sdk, createMD5 } = await loadS3Packages();
    const hasher = await createMD5();
    hasher.init();
    const partBytes = partBytesFor(expected.contentLength);
    const isLarge = expected.contentLength > partBytes;
    const note = isLarge ? await usableNote(place, expected, partBytes) : undefined;
    if (isLarge && !note) await abortStaleUploads(place, Date.now() - STALE_MILLISECONDS);
    if (note) hasher.load(Buffer.from(note.hash, 'base64'));
    return new S3Part(place, expected, hasher, sdk, partBytes, note);
  }

  /** Bytes are counted as they come, and are with the store part by part. */
  sink(limit: number, onBytes: (added: number) => void): Writable {
    const take = async (chunk: Buffer): Promise<void> => {
      const came = this.bytes + chunk.length;
      if (came > limit) throw new Failure({ code: 'SIZE_WRONG', name: this.place.key, expected: limit, came });
      for (let from = 0; from < chunk.length;) {
        const piece = chunk.subarray(from, from + this.partBytes - this.waitingBytes);
        this.waiting.push(piece);
        this.waitingBytes += piece.length;
        from += piece.length;
        // A file of one part needs no upload of parts.
        if (this.waitingBytes === this.partBytes && this.expected.contentLength > this.partBytes) await this.upload();
      }
      onBytes(chunk.length);
    };
    return new Writable({
      highWaterMark: MIB,
      write: (chunk: Buffer, _encoding, done) => {
        take(chunk).then(
          () => done(),
          (error: unknown) => done(s3Failure(error, this.place.address)),
        );
      },
    });
  }

  async checksum(signal?: AbortSignal): Promise<string> {
    throwIfInterrupted(signal);
    const state = this.hasher.save();
    for (const piece of this.waiting) this.hasher.update(piece);
    const md5 = this.hasher.digest('hex');
    this.hasher.load(state);
    return Promise.resolve(md5);
  }

  async clear(): Promise<void> {
    await this.abandon();
    this.hasher.init();
    [this.waiting, this.waitingBytes, this.parts] = [[], 0, []];
  }

  async publish(): Promise<void> {
    try {
      if (this.uploadId === undefined) await this.putWhole();
      else await this.complete(this.uploadId);
    } catch (error) {
      // 409: another is putting the object at this moment; 412: there is one; other refusals: the upload is not what it was, or has ended with an
      // answer that was lost.
      const isLost = isLostUpload(error);
      const isTaken = statusOf(error) === 412 || statusOf(error) === 409 || (isLost && (await this.isThere()));
      if (isTaken || isLost) await this.abandon();
      if (!isTaken) throw s3Failure(error, this.place.address);
      throw new Failure(
        { code: 'FILE_IN_THE_WAY', path: `s3://${this.place.bucket}/${this.place.key}` },
        { cause: error },
      );
    }
  }

  /** Whole parts are kept, with the note that leads to them; the rest is short. */
  async leave(): Promise<void> {
    await Promise.resolve();
  }

  async remove(): Promise<void> {
    await this.abandon();
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.waiting = [];
  }

  private async upload(): Promise<void> {
    this.uploadId ??= await this.begin();
    const ETag = await this.send(this.uploadId, this.parts.length + 1);
    for (const piece of this.waiting) this.hasher.update(piece);
    // The last part has no note of its own: it comes with the end.
    this.parts.push(ETag);
    [this.waiting, this.waitingBytes] = [[], 0];
    await this.writeNote();
  }

  /** What is waiting, as one part, whose MD5 the store proves. Returns its ETag. */
  private async send(UploadId: string, PartNumber: number): Promise<string> {
    const { client, bucket: Bucket, key: Key } = this.place;
    const Body = this.waiting.length === 1 ? (this.waiting[0] ?? Buffer.alloc(0)) : Buffer.concat(this.waiting);
    const ContentMD5 = createHash('md5').update(Body).digest('base64');
    const part = { Bucket, Key, UploadId, PartNumber, Body, ContentMD5 };
    const { ETag = '' } = await client.send(new this.sdk.UploadPartCommand(part));
    return ETag;
  }

  private async begin(): Promise<string> {
    const { client, bucket: Bucket, key: Key } = this.place;
    const Metadata = { md5: this.expected.md5 };
    const { UploadId } = await client.send(new this.sdk.CreateMultipartUploadCommand({ Bucket, Key, Metadata }));
    if (UploadId === undefined) throw new Error('the store began no upload');
    return UploadId;
  }

  private async writeNote(): Promise<void> {
    const { client, bucket: Bucket, noteKey: Key } = this.place;
    const { md5, contentLength: size } = this.expected;
    const { uploadId = '', partBytes, parts } = this;
    const hash = Buffer.from(this.hasher.save()).toString('base64');
    const note: UploadNote = { md5, size, uploadId, partBytes, parts, hash };
    await client.send(new this.sdk.PutObjectCommand({ Bucket, Key, Body: JSON.stringify(note) }));
  }

  private async putWhole(): Promise<void> {
    const { client, bucket: Bucket, key: Key } = this.place;
    const { md5 } = this.expected;
    const ContentMD5 = Buffer.from(md5, 'hex').toString('base64');
    const Body = Buffer.concat(this.waiting);
    const put = { Bucket, Key, Body, ContentLength: Body.length, ContentMD5, Metadata: { md5 }, IfNoneMatch: '*' };
    await client.send(new this.sdk.PutObjectCommand(put));
  }

  private async complete(UploadId: string): Promise<void> {
    const { client, bucket: Bucket, key: Key } = this.place;
    const Parts: CompletedPart[] = this.parts.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    if (this.waitingBytes > 0) {
      const PartNumber = Parts.length + 1;
      Parts.push({ ETag: await this.send(UploadId, PartNumber), PartNumber });
    }
    const MultipartUpload = { Parts };
    await client.send(
      new this.sdk.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload, IfNoneMatch: '*' }),
    );
    this.uploadId = undefined;
    await this.dropNote();
  }

  /** Whether anything has the name. */
  private async isThere(): Promise<boolean> {
    const { client, bucket: Bucket, key: Key } = this.place;
    const asked = client.send(new this.sdk.HeadObjectCommand({ Bucket, Key }));
    return asked.then(
      () => true,
      () => false,
    );
  }

  /** Nothing is left that would be paid for. */
  private async abandon(): Promise<void> {
    if (this.uploadId === undefined) return;
    const { client, bucket: Bucket, key: Key } = this.place;
    const UploadId = this.uploadId;
    this.uploadId = undefined;
    await client.send(new this.sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined);
    await this.dropNote();
  }

  private async dropNote(): Promise<void> {
    const { client, bucket: Bucket, noteKey: Key } = this.place;
    await client.send(new this.sdk.DeleteObjectCommand({ Bucket, Key })).catch(() => undefined);
  }
}

/** Another process ended the upload, or has put other parts. */
const isLostUpload = (error: unknown): boolean =>
  error instanceof Error && ['InvalidPart', 'InvalidPartOrder', 'NoSuchUpload', 'EntityTooSmall'].includes(error.name);

/** An upload that nobody's note leads to is a dead one by then: the longest transfers take hours. */
const STALE_MILLISECONDS = 24 * 3_600_000;

/**
 * Ends uploads of an object that were begun before a moment (epoch milliseconds), and that no note leads to: of a process that was killed
 * between beginning one and noting it. Nothing is said where the store does not list or end them.
 */
export async function abortStaleUploads(
  { client, bucket: Bucket, key: Key }: Pick<S3Place, 'client' | 'bucket' | 'key'>,
  before: number,
): Promise<void> {
  const { sdk } = await loadS3Packages();
  try {
    const { Uploads = [] } = await client.send(new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
    for (const { Key: key, UploadId, Initiated } of Uploads)
      if (key === Key && Initiated && Initiated.getTime() < before)
        await client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
  } catch {
    // A lifecycle rule of the bucket ends them, too.
  }
}

/** The note of an earlier run, if it is about the same bytes and the store still has the parts. */
async function usableNote(place: S3Place, expected: Expected, partBytes: number): Promise<UploadNote | undefined> {
  const note = await readNote(place);
  if (note?.md5 !== expected.md5 || note.size !== expected.contentLength || note.partBytes !== partBytes)
    return undefined;
  const held = await heldParts(place, note.uploadId);
  const isThere = note.parts.every((etag, index) => held.get(index + 1) === `${etag} ${partBytes}`);
  return isThere ? note : undefined;
}

async function readNote({ client, bucket: Bucket, noteKey: Key, address }: S3Place): Promise<UploadNote | undefined> {
  const { sdk } = await loadS3Packages();
  try {
    const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
    const value: unknown = JSON.parse((await Body?.transformToString()) ?? '');
    return isNote(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || statusOf(error) === 404) return undefined;
    throw s3Failure(error, address);
  }
}

function isNote(value: unknown): value is UploadNote {
  if (typeof value !== 'object' || value === null) return false;
  const typed = (key: string, type: string): boolean => typeof Reflect.get(value, key) === type;
  const parts: unknown = Reflect.get(value, 'parts');
  return (
    ['md5', 'uploadId', 'hash'].every((key) => typed(key, 'string')) &&
    ['size', 'partBytes'].every((key) => typed(key, 'number')) &&
    Array.isArray(parts) &&
    parts.every((part) => typeof part === 'string')
  );
}

/** By number: ETag and size. Empty where the upload has gone. */
async function heldParts(
  { client, bucket: Bucket, key: Key, address }: S3Place,
  UploadId: string,
): Promise<Map<number, string>> {
  const { sdk } = await loadS3Packages();
  const held = new Map<number, string>();
  try {
    // Not the SDK's paginator: some stores name a next marker after the last page, and it goes by that.
    for (let PartNumberMarker: string | undefined; ;) {
      const page = await client.send(new sdk.ListPartsCommand({ Bucket, Key, UploadId, PartNumberMarker }));
      for (const { PartNumber = 0, ETag = '', Size = 0 } of page.Parts ?? []) held.set(PartNumber, `${ETag} ${Size}`);
      PartNumberMarker = page.NextPartNumberMarker;
      if (!page.IsTruncated || !PartNumberMarker) return held;
    }
  } catch (error) {
    if (statusOf(error) === 404) return new Map();
    throw s3Failure(error, address);
  }
}
