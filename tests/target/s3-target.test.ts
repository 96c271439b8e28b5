/** Objects of a real S3 server: whole and proven, or not there. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportLock } from '../../scripts/campaign/export/export-lock';
import { parseLock } from '../../scripts/campaign/lock/campaign-lock';
import { verifyObjects } from '../../scripts/campaign/lock/verify-objects';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import type { RunEvent } from '../../scripts/session/run-events';
import { openS3 } from '../../scripts/target/open-s3';
import { parseS3Address } from '../../scripts/target/s3-address';
import type { S3Target } from '../../scripts/target/s3-target';
import { archivedLock } from '../helpers/archived-lock';
import { failureOf } from '../helpers/failure-of';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { STAC_ITEM_COLLECTION } from '../helpers/stac-schemas';
import { HAS_S3, S3_CREDENTIALS, startS3, type TestS3 } from '../helpers/with-s3';

const MIB = 1024 * 1024;

test('addresses of objects are checked', async () => {
  expect(parseS3Address('s3://bucket')).toEqual({ bucket: 'bucket', prefix: '' });
  expect(parseS3Address('s3://a-b.c/x//y_1/')).toEqual({ bucket: 'a-b.c', prefix: 'x/y_1' });
  for (const bad of ['s3://', 's3:///x', 's3://B', 's3://bucket/../x', 's3://bucket/a b', 's3://bucket/a\n'])
    expect(await failureOf(() => parseS3Address(bad)), bad).toMatchObject({ code: 'USAGE' });
});

describe.skipIf(!HAS_S3)('objects', () => {
  let store: TestS3;
  let sandbox: Sandbox;
  beforeAll(async () => {
    Object.assign(process.env, S3_CREDENTIALS);
    [store, sandbox] = await Promise.all([startS3(), startSandbox()]);
  });
  afterAll(async () => {
    await Promise.all([store.stop(), sandbox.close()]);
  });

  const target = (prefix: string): Promise<S3Target> =>
    openS3(`s3://${store.bucket}/${prefix}`, { s3Endpoint: store.endpoint }, true);
  const objectFile = (...names: string[]): string => path.join(store.folder, ...names);

  const verified = async (out: string, deep: boolean) => {
    const errors: string[] = [];
    const listener = (event: RunEvent): void => {
      if (event.type !== 'finding') return;
      const { error } = event;
      errors.push(`${error.code}${error.code === 'FILE_CHANGED' && error.isUnknown ? ' or not' : ''}`);
    };
    const { signal } = new AbortController();
    const context = { environment: {}, redactor: createRedactor(), listener, signal, now: () => new Date() };
    return [await verifyObjects(await openS3(out, { s3Endpoint: store.endpoint }, false), context, { deep }), errors];
  };

  test('a large file has its name only when it is proven, and a cut upload is gone on with', async () => {
    const bytes = Buffer.alloc(20 * MIB + 17, 'bytes of a large file; ');
    const expected = { contentLength: bytes.length, md5: createHash('md5').update(bytes).digest('hex') };
    const first = await (await target('large')).openPart('file', expected);
    await pour(bytes.subarray(0, 11 * MIB), first, bytes.length);
    await first.leave();
    expect(existsSync(objectFile('large', 'file'))).toBe(false);

    const again = await (await target('large')).openPart('file', expected);
    expect(again.bytes).toBe(8 * MIB);
    await pour(bytes.subarray(again.bytes), again, bytes.length);
    expect(await again.checksum()).toBe(expected.md5);
    expect(existsSync(objectFile('large', 'file'))).toBe(false);
    await again.publish();
    expect(readFileSync(objectFile('large', 'file')).equals(bytes)).toBe(true);
    const done = await target('large');
    expect(await done.isHere('file', expected)).toBe(true);
    expect(await done.find('file')).toEqual({ bytes: bytes.length, md5: expected.md5 });
    expect(existsSync(objectFile('large', '.auxflow-uploads', 'file.json'))).toBe(false);

    // Never over another object, and no bytes beyond the size.
    const late = await done.openPart('file', expected);
    await pour(bytes, late, bytes.length);
    expect(await failureOf(late.publish())).toMatchObject({ code: 'FILE_IN_THE_WAY' });
    const longer = await done.openPart('longer', { ...expected, contentLength: 5 });
    expect(await failureOf(pour(Buffer.alloc(6), longer, 5))).toMatchObject({ code: 'SIZE_WRONG' });
  });

  test('a list that is longer than memory goes up in parts, and replaces another when it is whole', async () => {
    const lists = await target('lists');
    const chunk = Buffer.alloc(MIB, 'lines of a list\n');
    async function* chunks(count: number): AsyncGenerator<Buffer> {
      for (let place = 0; place < count; place++) yield await Promise.resolve(chunk);
    }
    async function* cut(): AsyncGenerator<Buffer> {
      yield* chunks(20);
      throw new Error('the queue is away');
    }
    await lists.writeStream('manifest.jsonl', chunks(1));
    await expect(lists.writeStream('manifest.jsonl', cut())).rejects.toThrow('the queue is away');
    expect((await lists.find('manifest.jsonl'))?.bytes).toBe(MIB);
    await lists.writeStream('manifest.jsonl', chunks(33));
    const md5 = createHash('md5')
      .update(Buffer.concat(Array.from({ length: 33 }, () => chunk)))
      .digest('hex');
    expect(await lists.read('manifest.jsonl')).toEqual({ bytes: 33 * MIB, md5 });
    await lists.writeStream('empty', chunks(0));
    expect((await lists.find('empty'))?.bytes).toBe(0);
  });

  test('fetch writes objects with lists beside them; verify proves them; damage is found by reading', async () => {
    const frozen = await sharedCampaign('small');
    const fetchTo = (out: string) =>
      fetchInProcess({
        folder: temporaryFolder(),
        siteUrl: sandbox.siteUrl,
        options: { frozen, out, s3Endpoint: store.endpoint },
      });
    const out = `s3://${store.bucket}/campaign`;
    const before = sandbox.requests.length;
    const { exitCode, output } = await fetchTo(out);
    expect(exitCode, output).toBe(0);
    const granted = (): number => sandbox.requests.slice(before).filter(({ url }) => url.endsWith('$value')).length;
    const sums = readFileSync(objectFile('campaign', 'MD5SUMS'), 'utf8').trim().split('\n');
    expect(sums.length).toBe(granted());
    for (const line of sums) {
      const [md5 = '', name = ''] = line.split('  ');
      const content = readFileSync(objectFile('campaign', name));
      expect(createHash('md5').update(content).digest('hex')).toBe(md5);
    }
    // Again: everything is there, and nothing is charged.
    expect((await fetchTo(out)).exitCode).toBe(0);
    expect(granted()).toBe(sums.length);

    expect(await verified(out, false)).toEqual([0, []]);
    expect(await verified(out, true)).toEqual([0, []]);
    const [, name = ''] = sums[0]?.split('  ') ?? [];
    const damaged = readFileSync(objectFile('campaign', name));
    // The right bytes, of which the store has no MD5: as another program may put them.
    rmSync(objectFile('campaign', name));
    writeFileSync(objectFile('campaign', name), damaged);
    expect(await verified(out, false)).toEqual([6, ['FILE_CHANGED or not']]);
    expect(await verified(out, true)).toEqual([0, []]);
    damaged[0] = (damaged[0] ?? 0) ^ 1;
    writeFileSync(objectFile('campaign', name), damaged);
    expect(await verified(out, true)).toEqual([6, ['FILE_CHANGED']]);
  });

  /** Features of `auxflow export --format stac`, which are valid. */
  async function stacOf(out: string) {
    const stream = new PassThrough();
    const options = { format: 'stac' as const, s3Endpoint: store.endpoint };
    const [text] = await Promise.all([textOf(stream), exportLock(out, options, stream).then(() => stream.end())]);
    const collection = JSON.parse(text) as { features: { assets: Record<string, { href: string }> }[] };
    const ajv = addFormats(new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }));
    const isValid = ajv.compile(STAC_ITEM_COLLECTION);
    expect([isValid(collection), isValid.errors]).toEqual([true, null]);
    return collection.features;
  }

  test('archives are unpacked to objects next to them, once; verify proves both', async () => {
    const archives = await startSandbox({ archives: true });
    try {
      const folder = temporaryFolder();
      const out = `s3://${store.bucket}/unpacked`;
      const frozen = await archivedLock(folder);
      const fetchTo = (unpack: boolean) =>
        fetchInProcess({
          folder,
          siteUrl: archives.siteUrl,
          options: { frozen, unpack, out, s3Endpoint: store.endpoint },
        });
      const { exitCode, output } = await fetchTo(true);
      expect(exitCode, output).toBe(0);
      const lock = parseLock(readFileSync(objectFile('unpacked', 'auxflow.lock.json'), 'utf8'), 'lock');
      const inside = lock.files.flatMap(({ unpacked = [] }) => unpacked);
      expect(inside.length).toBeGreaterThan(3);
      for (const { path: place, md5 } of inside)
        expect(
          createHash('md5')
            .update(readFileSync(objectFile('unpacked', place)))
            .digest('hex'),
        ).toBe(md5);
      for (const place of ['campaign.html', 'manifest.jsonl', 'manifest.csv', 'MD5SUMS'])
        expect(existsSync(objectFile('unpacked', place)), place).toBe(true);
      const items = await stacOf(out);
      const hrefs = items.flatMap(({ assets }) => Object.values(assets).map(({ href }) => href));
      const places = lock.files.flatMap(({ path: place = '', unpacked = [] }) => [
        place,
        ...unpacked.map((file) => file.path),
      ]);
      expect(hrefs).toEqual(places.map((place) => `${out}/${place}`));
      const [gone, damaged] = inside.map(({ path: place }) => objectFile('unpacked', place));
      expect(await verified(out, false)).toEqual([0, []]);
      rmSync(gone!);
      const bytes = readFileSync(damaged!);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      writeFileSync(damaged!, bytes);
      expect(await verified(out, true)).toEqual([6, expect.arrayContaining(['FILE_MISSING', 'FILE_CHANGED'])]);
      // The campaign keeps its way, and nothing is charged or put again but what is missing.
      const before = archives.requests.length;
      expect((await fetchTo(false)).exitCode).toBe(0);
      expect(archives.requests.slice(before).some(({ url }) => url.endsWith('$value'))).toBe(false);
      expect(existsSync(gone!)).toBe(true);
    } finally {
      await archives.close();
    }
  });

  test('a missing bucket, wrong credentials and a store that is away are said with their codes', async () => {
    const options = { s3Endpoint: store.endpoint };
    expect(await failureOf(openS3('s3://no-such-bucket/x', options, true))).toMatchObject({ code: 'BUCKET_UNUSABLE' });
    const away = openS3(`s3://${store.bucket}`, { s3Endpoint: 'http://127.0.0.1:1' }, true);
    expect(await failureOf(away)).toMatchObject({ code: 'STORE_UNREACHABLE' });
    process.env.AWS_SECRET_ACCESS_KEY = 'wrong';
    try {
      expect(await failureOf(target('x'))).toMatchObject({ code: 'BUCKET_UNUSABLE' });
    } finally {
      Object.assign(process.env, S3_CREDENTIALS);
    }
  });
});

type Part = Awaited<ReturnType<S3Target['openPart']>>;

function pour(bytes: Buffer, part: Part, limit: number): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) =>
    bytes.subarray(index * 65_536, (index + 1) * 65_536),
  );
  return pipeline(
    Readable.from(chunks),
    part.sink(limit, () => undefined),
  );
}
