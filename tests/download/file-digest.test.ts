import { createHash } from 'node:crypto';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FileDigest, md5OfFile } from '../../scripts/download/file-digest';
import { Failure } from '../../scripts/errors/errors';
import { temporaryFolder } from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';

const MIB = 1024 * 1024;

const md5Of = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

async function fileOf(bytes: Buffer | string): Promise<string> {
  const file = path.join(await temporaryFolder(), 'x');
  await writeFile(file, bytes);
  return file;
}

/** So long that hashing it takes seconds; it takes no room on the disk. */
async function longFile(): Promise<{ file: string; bytes: number }> {
  const file = await fileOf('');
  await truncate(file, 8000 * MIB);
  return { file, bytes: 8000 * MIB };
}

test('follows a file that grows by more and by less than is worth telling', async () => {
  const file = await fileOf('');
  const digest = new FileDigest(file);
  let bytes = Buffer.alloc(0);
  for (const length of [1, 100_000, 3 * MIB, 5, 9 * MIB, 12_345]) {
    const more = Buffer.alloc(length, `${length}`);
    await appendFile(file, more);
    bytes = Buffer.concat([bytes, more]);
    digest.grownTo(bytes.length);
  }
  expect(await digest.md5()).toBe(md5Of(bytes));
  expect(await digest.md5()).toBe(md5Of(bytes));
});

test('hashes many files at once, each for itself', async () => {
  const contents = Array.from({ length: 30 }, (_, index) => Buffer.alloc(index * 300_000, `${index}`));
  const files = await Promise.all(contents.map(fileOf));
  const sums = await Promise.all(files.map((file, index) => md5OfFile(file, contents[index]!.length)));
  expect(sums).toEqual(contents.map(md5Of));
});

test('hashes the bytes it was told of, not what stands behind them', async () => {
  expect(await md5OfFile(await fileOf('abcdef'), 3)).toBe(md5Of(Buffer.from('abc')));
});

test('fails with the error of the file system', async () => {
  const missing = path.join(await temporaryFolder(), 'missing');
  await expect(md5OfFile(missing, 3)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('fails when the file is shorter than was said', async () => {
  await expect(md5OfFile(await fileOf('abc'), 4)).rejects.toThrow('ends at byte 3, not 4');
});

test('ends with an interruption at once, and hashes other files as before', async () => {
  const { file, bytes } = await longFile();
  const controller = new AbortController();
  const work = failureOf(md5OfFile(file, bytes, controller.signal));
  const another = await md5OfFile(await fileOf('abc'), 3);
  controller.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' }));
  expect(await work).toEqual({ code: 'INTERRUPTED', signal: 'SIGTERM' });
  expect(another).toBe(md5Of(Buffer.from('abc')));
  expect(await md5OfFile(await fileOf('def'), 3)).toBe(md5Of(Buffer.from('def')));
});

test('a dropped digest tells who waits for it', async () => {
  const { file, bytes } = await longFile();
  const digest = new FileDigest(file);
  digest.grownTo(bytes);
  const work = digest.md5();
  digest.drop();
  await expect(work).rejects.toThrow('not wanted any more');
});
