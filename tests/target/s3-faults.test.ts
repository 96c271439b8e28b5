/** What stores refuse and how they break: a sentence and a code each, no secret in any output, and the same command again ends it. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LOCK_NAME, lockText, readLock } from '../../scripts/campaign/lock/campaign-lock';
import { describe as wordsOf } from '../../scripts/errors/messages';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { Checksums } from '../../scripts/sandbox/store/file-bytes';
import { createS3Client } from '../../scripts/target/s3-client';
import { abortStaleUploads } from '../../scripts/target/s3-part';
import { publishOnce } from '../../scripts/download/destination';
import { openS3 } from '../../scripts/target/open-s3';
import { S1 } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { failureOf } from '../helpers/failure-of';
import { startFaultyStore, type Fault, type FaultyStore, type SeenRequest } from '../helpers/faulty-store';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { HAS_S3, S3_CREDENTIALS, startS3, type TestS3 } from '../helpers/with-s3';

const MIB = 1024 * 1024;

const notesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

const isPut = ({ method }: SeenRequest): boolean => method === 'PUT';
const isFile = ({ url }: SeenRequest): boolean => /\.(zip|TGZ|EOF)\b/.test(url) && !url.includes('.auxflow-uploads');
const refusing =
  (status: number, code: string, headers?: Record<string, string>): (() => Fault) =>
  () => ({ status, code, headers });

interface Row {
  readonly when: (request: SeenRequest) => boolean;
  readonly fault: () => Fault;
  /** How often; default: always. */
  readonly times?: number;
  /** Default: nothing is wrong in the end. */
  readonly code?: string;
  readonly exitCode?: number;
  readonly says?: RegExp;
}

const always = (): boolean => true;

const ROWS: Readonly<Record<string, Row>> = {
  'a bucket that may not be written': {
    when: isPut,
    fault: refusing(403, 'AccessDenied'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /access is denied/,
  },
  'a bucket that is not there': {
    when: always,
    fault: refusing(404, 'NoSuchBucket'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /no such bucket/,
  },
  'a key that is not known': {
    when: always,
    fault: refusing(403, 'InvalidAccessKeyId'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /credentials are refused/,
  },
  'a token that has expired': {
    when: always,
    fault: refusing(400, 'ExpiredToken'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /credentials are refused/,
  },
  'another region': {
    when: always,
    fault: refusing(301, 'PermanentRedirect', { 'x-amz-bucket-region': 'eu-north-1' }),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /another region/,
  },
  'a region that the signature does not fit': {
    when: always,
    fault: refusing(400, 'AuthorizationHeaderMalformed'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /another region/,
  },
  'a clock that is wrong': {
    when: always,
    fault: refusing(403, 'RequestTimeTooSkewed'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /clock of this machine/,
  },
  'a store without conditional puts': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: refusing(501, 'NotImplemented'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /does not know/,
  },
  'a store that heeds no condition': {
    when: ({ isConditional }) => isConditional,
    fault: () => 'pretence',
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /although it is told not to/,
  },
  'a right to write that ends in between': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: refusing(403, 'AccessDenied'),
    code: 'BUCKET_UNUSABLE',
    exitCode: 2,
    says: /access is denied/,
  },
  'another object in the meantime': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: refusing(412, 'PreconditionFailed'),
    code: 'FILE_IN_THE_WAY',
    exitCode: 6,
    says: /s3:\/\//,
  },
  'a put of another at the same time': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: refusing(409, 'ConditionalRequestConflict'),
    code: 'FILE_IN_THE_WAY',
    exitCode: 6,
    says: /s3:\/\//,
  },
  'a store that is busy for long': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: refusing(503, 'SlowDown'),
    code: 'STORE_UNREACHABLE',
    exitCode: 5,
    says: /SlowDown/,
  },
  'a store that is busy for the lists': {
    when: (seen) => isPut(seen) && seen.url.includes('MD5SUMS'),
    fault: refusing(500, 'InternalError'),
    code: 'STORE_UNREACHABLE',
    exitCode: 5,
    says: /InternalError/,
  },
  'a store that is busy twice': { when: isPut, fault: refusing(503, 'SlowDown'), times: 2 },
  'a connection that is cut while a body is sent': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: () => 'cut-body',
    times: 2,
  },
  'an answer that is lost although the object is there': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: () => 'lost-answer',
    times: 2,
  },
  'a store that does not answer once': {
    when: (seen) => isPut(seen) && isFile(seen),
    fault: () => 'silence',
    times: 1,
  },
  'a connection that is cut before an answer': {
    when: ({ method }) => method === 'HEAD',
    fault: () => 'cut-answer',
    times: 2,
  },
};

describe.skipIf(!HAS_S3)('faults of object stores', () => {
  let store: TestS3;
  let faulty: FaultyStore;
  let sandbox: Sandbox;
  beforeAll(async () => {
    Object.assign(process.env, S3_CREDENTIALS);
    [store, sandbox] = await Promise.all([startS3(), startSandbox()]);
    faulty = await startFaultyStore(store.endpoint);
  });
  afterAll(async () => {
    await Promise.all([store.stop(), sandbox.close(), faulty.close()]);
  });
  beforeEach(() => {
    faulty.fault = () => undefined;
  });

  function meet({ when, fault, times = Infinity }: Row): void {
    let left = times;
    faulty.fault = (seen) => (when(seen) && left-- > 0 ? fault() : undefined);
  }

  const objectFile = (...names: string[]): string => path.join(store.folder, ...names);

  describe('a campaign meets', () => {
    drawTests(3);

    test.each(Object.entries(ROWS))('%s', async (name, row) => {
      const { code, exitCode = 0, says = /./ } = row;
      const out = `s3://${store.bucket}/${name.replaceAll(' ', '-')}`;
      const options = { frozen: await sharedCampaign('small'), out, s3Endpoint: faulty.endpoint };
      const fetched = () => fetchInProcess({ folder: temporaryFolder(), siteUrl: sandbox.siteUrl, options });
      meet(row);
      const first = await fetched();
      expect([first.exitCode, [...new Set(first.errors)]], first.output).toEqual([
        exitCode,
        code === undefined ? [] : [code],
      ]);
      const words = first.events.flatMap((event) => (event.type === 'finding' ? [wordsOf(event.error).headline] : []));
      if (code !== undefined) expect(words.join('\n')).toMatch(says);
      expect(first.output).not.toMatch(/testsecret|X-Amz-Signature|Signature=/);
      faulty.fault = () => undefined;
      const again = await fetched();
      expect(again.exitCode, again.output).toBe(0);
      expect(
        readFileSync(objectFile(name.replaceAll(' ', '-'), 'MD5SUMS'), 'utf8')
          .trim()
          .split('\n').length,
      ).toBe(5);
      expect(notesIn(objectFile(name.replaceAll(' ', '-'), '.auxflow-uploads'))).toEqual([]);
    });
  });

  test('a bucket that may not be written is noticed before anything is asked of the services', async () => {
    meet({ when: isPut, fault: refusing(403, 'AccessDenied') });
    const before = sandbox.requests.length;
    const words = { mission: 'S1SAR', unit: 'A', productType: 'L1SLC', level0Names: [{ name: S1 }] };
    const options = { words, out: `s3://${store.bucket}/refusing`, s3Endpoint: faulty.endpoint };
    const { errors } = await fetchInProcess({ folder: temporaryFolder(), siteUrl: sandbox.siteUrl, options });
    expect([errors, sandbox.requests.slice(before)]).toEqual([['BUCKET_UNUSABLE'], []]);
  });

  test('objects of others are left as they are; the prefix of another campaign is not written to', async () => {
    const lock = (await readLock(path.join(await sharedCampaign('small'), LOCK_NAME)))!;
    const [file] = lock.files;
    mkdirSync(objectFile('foreign'), { recursive: true });
    writeFileSync(objectFile('foreign', file!.path!), 'of another program');
    const options = {
      frozen: await sharedCampaign('small'),
      out: `s3://${store.bucket}/foreign`,
      s3Endpoint: store.endpoint,
    };
    const { exitCode, errors } = await fetchInProcess({ folder: temporaryFolder(), siteUrl: sandbox.siteUrl, options });
    expect([exitCode, errors]).toEqual([6, ['FILE_IN_THE_WAY']]);
    expect(readFileSync(objectFile('foreign', file!.path!), 'utf8')).toBe('of another program');
    rmSync(objectFile('foreign', LOCK_NAME));
    for (const name of ['manifest.jsonl', 'manifest.csv', 'matrix.json']) rmSync(objectFile('foreign', name));
    const sums = await fetchInProcess({ folder: temporaryFolder(), siteUrl: sandbox.siteUrl, options });
    expect([sums.exitCode, sums.errors]).toEqual([6, ['FILE_IN_THE_WAY']]);
    expect(existsSync(objectFile('foreign', LOCK_NAME))).toBe(false);
    writeFileSync(objectFile('foreign', LOCK_NAME), [...lockText({ ...lock, campaign: 'another' })].join(''));
    const other = await fetchInProcess({ folder: temporaryFolder(), siteUrl: sandbox.siteUrl, options });
    expect([other.exitCode, other.errors]).toEqual([2, ['LOCK_FOREIGN']]);
  });

  const bytes = Buffer.alloc(17 * MIB, 'bytes of a large file; ');
  const expected = { contentLength: bytes.length, md5: createHash('md5').update(bytes).digest('hex') };
  const openLarge = async (place: string) =>
    (await openS3(`s3://${store.bucket}/parts`, { s3Endpoint: faulty.endpoint }, false)).openPart(place, expected);
  type Part = Awaited<ReturnType<typeof openLarge>>;
  const pour = (part: Part): Promise<void> => {
    const chunks = Array.from({ length: 17 }, (_, index) => bytes.subarray(index * MIB, (index + 1) * MIB));
    return pipeline(
      Readable.from(chunks.slice(part.bytes / MIB)),
      part.sink(bytes.length, () => undefined),
    );
  };
  const isPartTwo = ({ url }: SeenRequest): boolean => url.includes('partNumber=2');

  test('an error in the middle of a multipart upload keeps its parts; a damaged or cut part is sent again', async () => {
    meet({ when: isPartTwo, fault: refusing(500, 'InternalError') });
    const first = await openLarge('middle');
    expect(await failureOf(pour(first))).toMatchObject({ code: 'STORE_UNREACHABLE' });
    await first.leave();
    expect(existsSync(objectFile('parts', 'middle'))).toBe(false);
    meet({ when: isPartTwo, fault: () => 'cut-body', times: 1 });
    const second = await openLarge('middle');
    expect(second.bytes).toBe(8 * MIB);
    await pour(second);
    expect(await second.checksum()).toBe(expected.md5);
    // An answer of 200 that holds an error is one; the object is there when it is told.
    meet({
      when: ({ method, url }) => method === 'POST' && url.includes('uploadId='),
      fault: refusing(200, 'InternalError'),
      times: 1,
    });
    await second.publish();
    expect(readFileSync(objectFile('parts', 'middle')).equals(bytes)).toBe(true);
  });

  test('an upload that has gone is begun again', async () => {
    const first = await openLarge('gone');
    meet({
      when: ({ method, url }) => method === 'POST' && url.includes('uploadId='),
      fault: refusing(404, 'NoSuchUpload'),
    });
    await pour(first);
    expect(await failureOf(first.publish())).toMatchObject({ code: 'STORE_UNREACHABLE' });
    faulty.fault = () => undefined;
    const second = await openLarge('gone');
    expect(second.bytes).toBe(0);
    await pour(second);
    // The store has completed it, its answer is lost, and the SDK asks again for what is no upload any more.
    meet({
      when: ({ method, url }) => method === 'POST' && url.includes('uploadId='),
      fault: () => 'lost-answer',
      times: 1,
    });
    const target = await openS3(`s3://${store.bucket}/parts`, { s3Endpoint: faulty.endpoint }, false);
    await publishOnce(second, () => target.isHere('gone', expected));
    expect(readFileSync(objectFile('parts', 'gone')).equals(bytes)).toBe(true);
  });

  test('stale uploads of an object are ended, those of others and fresh ones are not', async () => {
    const client = await createS3Client({ s3Endpoint: store.endpoint });
    const Bucket = store.bucket;
    for (const Key of ['stale/a', 'stale/ab']) await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const keys = async () => {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'stale/' }));
      return Uploads.map(({ Key }) => Key);
    };
    await abortStaleUploads({ client, bucket: Bucket, key: 'stale/a' }, Date.now() - 60_000);
    expect(await keys()).toEqual(['stale/a', 'stale/ab']);
    await abortStaleUploads({ client, bucket: Bucket, key: 'stale/a' }, Date.now() + 60_000);
    expect(await keys()).toEqual(['stale/ab']);
  });

  test('a process that is killed in the middle of an upload: the next one goes on where its parts end', async () => {
    const large = await startSandbox({ sizes: 'documented' });
    try {
      const folder = temporaryFolder();
      const { name, words } = await killCampaign(folder, large.siteUrl, store);
      large.setScenario('slow-stream@6000000:always');
      const note = objectFile('killed', '.auxflow-uploads', `${name}.json`);
      const killed = await runCli(words, {
        environment: S3_CREDENTIALS,
        started: (child) => {
          const watch = setInterval(() => {
            if (!existsSync(note)) return;
            clearInterval(watch);
            child.kill('SIGKILL');
          }, 5);
        },
      });
      expect([killed.exitCode, existsSync(objectFile('killed', name))]).toEqual([null, false]);
      large.setScenario('healthy');
      const before = large.requests.length;
      const again = await runCli(words, { environment: S3_CREDENTIALS });
      expect(again.exitCode, again.stdout + again.stderr).toBe(0);
      const ranges = large.requests.slice(before).flatMap(({ headers }) => headers.range ?? []);
      expect(ranges).toEqual([`bytes=${8 * MIB}-`]);
      const verified = await runCli(
        ['verify', `s3://${store.bucket}/killed`, '--deep', '--s3-endpoint', store.endpoint],
        {
          environment: S3_CREDENTIALS,
        },
      );
      expect(verified.exitCode, verified.stdout + verified.stderr).toBe(0);
      expect(existsSync(note)).toBe(false);
    } finally {
      await large.close();
    }
  });
});

/** A lock of one file of 9.4 MB: two parts. */
async function killCampaign(
  folder: string,
  siteUrl: string,
  store: TestS3,
): Promise<{ name: string; words: string[] }> {
  const lock = (await readLock(path.join(await sharedCampaign('small'), LOCK_NAME)))!;
  const name =
    'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip';
  const [id, bytes] = ['cca2209c-cc89-483f-9346-08aa624c602d', 9_380_000];
  const md5 = await new Checksums().md5(id, bytes);
  const file = {
    id,
    name,
    type: 'OL_2_PPP_AX',
    path: name,
    bytes,
    md5,
    publicationDate: '2021-03-04T11:44:30Z',
    state: 'wanted' as const,
  };
  const answers = lock.answers.map((answer) => ({ ...answer, path: undefined }));
  const frozen = path.join(folder, 'one.lock.json');
  const { lockVersion, campaign, auxflow, updatedAt, site, request, complete } = lock;
  const head = { lockVersion, campaign, auxflow, updatedAt, site, request, complete };
  writeFileSync(frozen, [...lockText({ ...head, answers, files: [file], level0: [] })].join(''));
  const to = ['--out', `s3://${store.bucket}/killed`, '--s3-endpoint', store.endpoint];
  return { name, words: ['fetch', '--site-url', siteUrl, '--frozen', frozen, ...placesIn(folder), ...to] };
}
