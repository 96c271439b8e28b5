import { createReadStream } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { PartSink, type PartSinkOptions } from '../../scripts/download/part-sink';
import { targetFailure } from '../../scripts/errors/target-failure';
import { temporaryFolder } from '../helpers/create-test-site';
import { failureOf } from '../helpers/failure-of';

async function sinkTo(
  file: string,
  options: Partial<PartSinkOptions> = {},
): Promise<{ sink: PartSink; written: Buffer[] }> {
  const handle = await open(file, 'r+');
  onTestFinished(() => handle.close());
  const written: Buffer[] = [];
  const sink = new PartSink({
    descriptor: handle.fd,
    position: 0,
    limit: Infinity,
    tooLong: (bytes) => new Error(`${bytes} are too many`),
    failed: (error) => targetFailure(error, path.dirname(file)),
    onWritten: (buffers) => written.push(...buffers),
    ...options,
  });
  return { sink, written };
}

async function emptyFile(content = ''): Promise<string> {
  const file = path.join(await temporaryFolder(), 'x');
  await writeFile(file, content);
  return file;
}

test('writes every chunk, in order, and tells them in order', async () => {
  const file = await emptyFile();
  const { sink, written } = await sinkTo(file);
  const chunks = Array.from({ length: 500 }, (_, index) => Buffer.alloc(1 + ((index * 7919) % 20_000), `${index}`));
  await pipeline(Readable.from(chunks), sink);
  const wanted = Buffer.concat(chunks);
  expect((await readFile(file)).equals(wanted)).toBe(true);
  expect(Buffer.concat(written).equals(wanted)).toBe(true);
});

test('goes on from a position', async () => {
  const file = await emptyFile('12345');
  const { sink } = await sinkTo(file, { position: 3 });
  await pipeline(Readable.from([Buffer.from('xyz')]), sink);
  expect(await readFile(file, 'utf8')).toBe('123xyz');
});

test('fails before it writes a byte too many', async () => {
  const file = await emptyFile();
  const { sink } = await sinkTo(file, { limit: 5 });
  const chunks = [Buffer.from('12345'), Buffer.from('6')];
  await expect(pipeline(Readable.from(chunks), sink)).rejects.toThrow('6 are too many');
  expect((await readFile(file, 'utf8')).length).toBeLessThanOrEqual(5);
});

describe('when the file system refuses', () => {
  test('a full disk is DISK_FULL, and nothing counts as written', async () => {
    const { sink, written } = await sinkTo('/dev/full');
    const work = pipeline(createReadStream(__filename), sink);
    expect(await failureOf(work)).toEqual({ code: 'DISK_FULL', path: '/dev' });
    expect(written).toEqual([]);
  });
  test('anything else is TARGET_UNWRITABLE with its reason', async () => {
    const file = await emptyFile();
    const { sink } = await sinkTo(file, { descriptor: 1_000_000 });
    const failure = await failureOf(pipeline(Readable.from([Buffer.from('x')]), sink));
    expect(failure).toEqual({ code: 'TARGET_UNWRITABLE', path: path.dirname(file), reason: 'EBADF' });
  });
});

test('is closed only when the write under way has ended', async () => {
  const file = await emptyFile();
  const { sink, written } = await sinkTo(file);
  sink.write(Buffer.alloc(5_000_000));
  sink.destroy();
  await new Promise((resolve) => sink.once('close', resolve));
  expect(Buffer.concat(written)).toHaveLength(5_000_000);
});
