/** `s3://bucket/prefix`: where objects go in the place of a folder. */
import { Failure } from '../errors/errors';

export interface S3Address {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
}

export const isS3Address = (out: string): boolean => out.startsWith('s3://');

/** @throws Failure USAGE */
export function parseS3Address(text: string): S3Address {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(text) ?? [];
  const parts = prefix.split('/').filter((part) => part !== '');
  if (bucket !== '' && parts.every((part) => /^[\w!.*'()+=@-]+$/.test(part) && part !== '.' && part !== '..'))
    return { bucket, prefix: parts.join('/') };
  throw new Failure({
    code: 'USAGE',
    problem: `${JSON.stringify(text)} is not the address of objects.`,
    next: 'Example: s3://bucket/prefix, with a prefix of letters, digits, - _ and slashes.',
  });
}

export const s3Text = ({ bucket, prefix }: S3Address): string => `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;

/** The key of a place below an address. */
export const keyOf = ({ prefix }: S3Address, place: string): string => (prefix === '' ? place : `${prefix}/${place}`);

export const below = ({ bucket, prefix }: S3Address, folder: string): S3Address => ({
  bucket,
  prefix: prefix === '' ? folder : `${prefix}/${folder}`,
});
