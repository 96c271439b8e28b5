/** The SDK's client, loaded only where objects are written or read. */
import type { S3Client } from '@aws-sdk/client-s3';
import { Failure } from '../errors/errors';
import { codeOf } from '../errors/target-failure';

export interface S3Options {
  /** Default: AWS_ENDPOINT_URL_S3, else AWS. */
  readonly s3Endpoint?: string;
  /** Default: AWS_REGION, else us-east-1. */
  readonly s3Region?: string;
  /** Bucket in the path, not in the host name: as most stores but AWS want it. Default: where there is an endpoint. */
  readonly s3PathStyle?: boolean;
  /** Seconds of silence after which a request is sent again. Default 60. */
  readonly stallTimeout?: number;
}

const PACKAGES = ['@aws-sdk/client-s3', 'hash-wasm'];

export async function loadS3Packages() {
  // The SDK warns of Node 20 on standard error; package.json pins a version that supports it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  try {
    const [sdk, { createMD5 }] = await Promise.all([import('@aws-sdk/client-s3'), import('hash-wasm')]);
    return { sdk, createMD5 };
  } catch (error) {
    if (!['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(codeOf(error))) throw error;
    throw new Failure({ code: 'PACKAGE_MISSING', option: '--out s3://…', packages: PACKAGES }, { cause: error });
  }
}

const CONNECTION_MILLISECONDS = 10_000;

/** Of options and variables; container runtimes pass a variable without a value as an empty one. */
function firstGiven(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value !== '');
}

function checkedEndpoint(endpoint: string | undefined): string | undefined {
  if (endpoint === undefined || /^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : ''))
    return endpoint;
  const problem = '--s3-endpoint (AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL) must be the URL of an object store.';
  throw new Failure({ code: 'USAGE', problem, next: 'Example: https://s3.example.com.' });
}

/** Credentials by the SDK's chain: environment, profiles, web identity, instance. @throws Failure PACKAGE_MISSING, USAGE */
export async function createS3Client({
  s3Endpoint,
  s3Region,
  s3PathStyle,
  stallTimeout = 60,
}: S3Options): Promise<S3Client> {
  const { sdk } = await loadS3Packages();
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const endpoint = checkedEndpoint(firstGiven(s3Endpoint, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL));
  return new sdk.S3Client({
    endpoint,
    region: firstGiven(s3Region, AWS_REGION, AWS_DEFAULT_REGION) ?? 'us-east-1',
    forcePathStyle: s3PathStyle ?? endpoint !== undefined,
    // Bytes are proven by MD5; stores other than AWS do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 5,
    requestHandler: { connectionTimeout: CONNECTION_MILLISECONDS, socketTimeout: 1000 * stallTimeout },
  });
}

/** Status of an answer of the store; 0 where none came. */
export function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 0;
  const metadata: unknown = error.$metadata;
  const status: unknown =
    typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : 0;
  return typeof status === 'number' ? status : 0;
}

/** What the store's refusal means for the whole target. `address`: `s3://bucket/prefix`. */
export function s3Failure(error: unknown, address: string): Failure {
  if (error instanceof Failure) return error;
  const status = statusOf(error);
  const name = error instanceof Error ? error.name : String(error);
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  const said = message === '' || message === name ? name : `${name}: ${message}`;
  const [, reason] = REFUSALS.find(([names]) => names.test(name)) ?? [];
  if (reason !== undefined)
    return new Failure({ code: 'BUCKET_UNUSABLE', address, reason: `${reason} (${said})` }, { cause: error });
  if (status !== 0 && status < 500 && !PASSES.test(name) && ![408, 409, 412, 429].includes(status)) {
    const unknown = status === 401 || status === 403 ? `access is denied (${said})` : `status ${status} (${said})`;
    return new Failure({ code: 'BUCKET_UNUSABLE', address, reason: unknown }, { cause: error });
  }
  const kind = status === 0 ? codeOf(error) || message || name : `status ${status} (${said})`;
  return new Failure({ code: 'STORE_UNREACHABLE', address, reason: kind }, { cause: error });
}

/** By the error's code: what the user has to change. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^NoSuchBucket$/, 'there is no such bucket'],
  [/^RequestTimeTooSkewed$/, "the clock of this machine differs too much from the store's"],
  [
    /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken|TokenRefreshRequired)/,
    'the credentials are refused',
  ],
  [/^(?:CredentialsProviderError|TokenProviderError)$/, 'no credentials were found'],
  [
    /^(?:PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/,
    'the bucket is in another region',
  ],
  [/^(?:AccessDenied|AllAccessDisabled|Forbidden|MethodNotAllowed|AccountProblem)$/, 'access is denied'],
  [/^NotImplemented$/, 'the store does not know conditional puts or multipart uploads'],
];

/** Refusals that another attempt may not meet. */
const PASSES = /^(?:InvalidPart|InvalidPartOrder|NoSuchUpload|BadDigest|RequestTimeout|IncompleteBody|SlowDown)/;
