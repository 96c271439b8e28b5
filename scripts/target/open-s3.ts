import { parseS3Address } from './s3-address';
import { createS3Client, type S3Options } from './s3-client';
import { proveBucket, s3Target, type S3Target } from './s3-target';

/**
 * The objects below `s3://bucket/prefix`.
 * @throws Failure USAGE, PACKAGE_MISSING; with `isWritten` also BUCKET_UNUSABLE and STORE_UNREACHABLE, before anything is charged
 */
export async function openS3(out: string, options: S3Options, isWritten: boolean): Promise<S3Target> {
  const address = parseS3Address(out);
  const client = await createS3Client(options);
  if (isWritten) await proveBucket(client, address);
  return s3Target(client, address);
}
