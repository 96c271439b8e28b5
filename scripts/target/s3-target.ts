/** Objects in the place of files. */
import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Destination } from '../download/destination';
import type { Expected } from '../download/existing-file';
import { Failure } from '../errors/errors';
import { inChunks } from '../lib/streams/in-chunks';
import { throwIfInterrupted } from '../services/interruption';
import { keyOf, s3Text, type S3Address } from './s3-address';
import { loadS3Packages, s3Failure, statusOf } from './s3-client';
import { S3Part } from './s3-part';
import { unpackObject } from './unpack-object';
import { writeStream } from './write-stream';

/** Notes about unfinished uploads, below the prefix. */
const NOTES = '.auxflow-uploads';
const NO_CONDITIONS = 'the store puts one object over another although it is told not to (If-None-Match: *)';

export interface FoundObject {
  readonly bytes: number;
  /** As the object's own metadata and ETag have it; undefined for what another program has put. */
  readonly md5?: string;
}

export interface S3Target extends Destination {
  readonly address: S3Address;
  /** By what the store says of it. @throws Failure BUCKET_UNUSABLE, STORE_UNREACHABLE; all methods */
  readonly find: (place: string) => Promise<FoundObject | undefined>;
  /** MD5 of all bytes, read; undefined if there is no such object. */
  readonly read: (place: string, signal?: AbortSignal) => Promise<FoundObject | undefined>;
  text(place: string): Promise<string | undefined>;
  /** Its first bytes, at most so many. */
  beginning(place: string, bytes: number): Promise<string | undefined>;
  /** Replaces what has the name. */
  write(place: string, body: string): Promise<void>;
  /** The same of a text that may be longer than memory. */
  writeStream(place: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
}

export function s3Target(client: S3Client, address: S3Address): S3Target {
  const { bucket: Bucket } = address;
  const shown = s3Text(address);

  async function open(place: string, Range?: string) {
    const { sdk } = await loadS3Packages();
    return ifThere(client.send(new sdk.GetObjectCommand({ Bucket, Key: keyOf(address, place), Range })), shown);
  }

  /** The SDK's type is that of a browser's body, too. */
  const bodyOf = async (place: string): Promise<Readable | undefined> =>
    (await open(place))?.Body as Readable | undefined;

  async function find(place: string): Promise<FoundObject | undefined> {
    const { sdk } = await loadS3Packages();
    const found = await ifThere(client.send(new sdk.HeadObjectCommand({ Bucket, Key: keyOf(address, place) })), shown);
    return found && { bytes: found.ContentLength ?? 0, md5: storedMd5(found.Metadata?.md5, found.ETag) };
  }

  async function read(place: string, signal?: AbortSignal): Promise<FoundObject | undefined> {
    const body = await bodyOf(place);
    return body && digestOf(body, signal);
  }

  const isHere: Destination['isHere'] = async (place, expected, signal) => {
    throwIfInterrupted(signal);
    const found = await find(place);
    if (!found) return false;
    if (isSame(found, expected)) return true;
    // Another program's object says nothing of its MD5.
    if (found.bytes === expected.contentLength && found.md5 === undefined) {
      const proven = await read(place, signal);
      if (proven && isSame(proven, expected)) return true;
    }
    throw new Failure({ code: 'FILE_IN_THE_WAY', path: `s3://${Bucket}/${keyOf(address, place)}` });
  };

  const openPart: Destination['openPart'] = (place, expected) => {
    const key = keyOf(address, place);
    const noteKey = keyOf(address, `${NOTES}/${place}.json`);
    return S3Part.open({ client, bucket: Bucket, key, noteKey, address: shown }, expected);
  };

  async function content(place: string): Promise<Readable> {
    const body = await bodyOf(place);
    if (!body) throw new Failure({ code: 'FILE_MISSING', name: place });
    return body;
  }

  return {
    address,
    find,
    read,
    isHere,
    openPart,
    unpack: (place, expected, known, signal) =>
      unpackObject({ isHere, openPart, content }, { place, expected, known, signal }),
    async text(place) {
      return (await open(place))?.Body?.transformToString();
    },
    async beginning(place, bytes) {
      // Of an object without bytes no range can be read.
      if ((await find(place))?.bytes === 0) return '';
      return (await open(place, `bytes=0-${bytes - 1}`))?.Body?.transformToString();
    },
    write: (place, body) => writeText(client, address, place, inChunks([body])),
    writeStream: (place, pieces) => writeText(client, address, place, pieces),
  };
}

async function digestOf(body: Readable, signal?: AbortSignal): Promise<FoundObject> {
  const hash = createHash('md5');
  let bytes = 0;
  for await (const chunk of body) {
    throwIfInterrupted(signal);
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, md5: hash.digest('hex') };
}

async function writeText(
  client: S3Client,
  address: S3Address,
  place: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const ContentType = TYPES.find(([end]) => place.endsWith(end))?.[1];
  const to = { Bucket: address.bucket, Key: keyOf(address, place), ContentType, address: s3Text(address) };
  await writeStream(client, to, pieces);
}

const TYPES = [
  ['.json', 'application/json'],
  ['.jsonl', 'application/x-ndjson'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
] as const;

function isSame(found: FoundObject, { contentLength, md5 }: Expected): boolean {
  return found.bytes === contentLength && found.md5 === md5;
}

/** An ETag of one part is the MD5 of the bytes, unless the store encrypts: where it looks like one it must agree. */
function storedMd5(metadata: string | undefined, etag = ''): string | undefined {
  const [, plain] = /^"?([0-9a-f]{32})"?$/.exec(etag) ?? [];
  if (metadata !== undefined && plain !== undefined && metadata !== plain) return undefined;
  return metadata ?? plain;
}

async function ifThere<Result>(asked: Promise<Result>, address: string): Promise<Result | undefined> {
  try {
    return await asked;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (statusOf(error) === 404 && name !== 'NoSuchBucket') return undefined;
    throw s3Failure(error, address);
  }
}

/**
 * Before anything is charged: a small object is put and deleted, because refusals of a put say more than those of a question. Where it can be
 * put over itself on the condition that it is not there, the store does not heed conditions, and another's object might be lost.
 * @throws Failure BUCKET_UNUSABLE, STORE_UNREACHABLE
 */
export async function proveBucket(client: S3Client, address: S3Address): Promise<void> {
  const { sdk } = await loadS3Packages();
  const { bucket: Bucket } = address;
  // A name of its own, because workers look at the same time.
  const Key = keyOf(address, `${NOTES}/probe-${randomUUID()}`);
  const put = { Bucket, Key, Body: 'probe' };
  try {
    await client.send(new sdk.PutObjectCommand(put));
    const isHeeded = await client.send(new sdk.PutObjectCommand({ ...put, IfNoneMatch: '*' })).then(
      () => false,
      (error: unknown) => {
        if ([409, 412].includes(statusOf(error))) return true;
        throw error;
      },
    );
    await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }));
    if (!isHeeded) throw new Failure({ code: 'BUCKET_UNUSABLE', address: s3Text(address), reason: NO_CONDITIONS });
  } catch (error) {
    throw s3Failure(error, s3Text(address));
  }
}
