/** Texts of any length to an object: a whole one where it is short, else in parts, so that only a part is in memory. */
import { createHash } from 'node:crypto';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { loadS3Packages, s3Failure } from './s3-client';

/** Ten thousand parts, the most that S3 takes, are 160 GB. */
const PART_BYTES = 16 * 1024 * 1024;

export interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType?: string;
  /** `s3://bucket/prefix`, for messages. */
  readonly address: string;
}

/** Replaces what has the name, once all bytes are there; the store proves the MD5 of each part. @throws Failure BUCKET_UNUSABLE, STORE_UNREACHABLE; what `pieces` throws */
export async function writeStream(
  client: S3Client,
  { address, ...place }: ObjectPlace,
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const asked = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      throw s3Failure(error, address);
    });
  const parts = inParts(pieces);
  const first = (await parts.next()).value ?? Buffer.alloc(0);
  if (first.length < PART_BYTES) return asked(putWhole(client, place, first));
  const { sdk } = await loadS3Packages();
  const { Bucket, Key } = place;
  const { UploadId } = await asked(client.send(new sdk.CreateMultipartUploadCommand(place)));
  const upload = { Bucket, Key, UploadId };
  const Parts: CompletedPart[] = [];
  const send = async (Body: Buffer): Promise<void> => {
    const numbered = { ...upload, PartNumber: Parts.length + 1, Body, ContentMD5: md5Of(Body) };
    const { ETag } = await asked(client.send(new sdk.UploadPartCommand(numbered)));
    Parts.push({ ETag, PartNumber: numbered.PartNumber });
  };
  try {
    await send(first);
    for await (const part of parts) await send(part);
    await asked(client.send(new sdk.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })));
  } catch (error) {
    await client.send(new sdk.AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

async function putWhole(client: S3Client, place: Omit<ObjectPlace, 'address'>, Body: Buffer): Promise<void> {
  const { sdk } = await loadS3Packages();
  const put = { ...place, Body, ContentLength: Body.length, ContentMD5: md5Of(Body) };
  await client.send(new sdk.PutObjectCommand(put));
}

const md5Of = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

/** Of PART_BYTES or a little more; the last is what remains. */
async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let [waiting, bytes]: [Uint8Array[], number] = [[], 0];
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < PART_BYTES) continue;
    yield Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(waiting);
  return undefined;
}
