/** An archive that is an object, unpacked to objects next to it. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { publishOnce, type Destination } from '../download/destination';
import type { Expected } from '../download/existing-file';
import { Failure } from '../errors/errors';
import { inTarget } from '../errors/target-failure';
import { throwIfInterrupted } from '../services/interruption';
import type { UnpackedFile } from '../unpack/archive';
import { unpackAside } from '../unpack/unpack-aside';

export interface UnpackObjectOptions {
  readonly place: string;
  readonly expected: Expected;
  /** What an earlier run unpacked. */
  readonly known?: readonly UnpackedFile[];
  readonly signal?: AbortSignal;
}

export interface Objects extends Pick<Destination, 'isHere' | 'openPart'> {
  /** Bytes of an object. @throws Failure FILE_MISSING */
  content(place: string): Promise<Readable>;
}

/**
 * The archive is read back to the folder for temporary files, and unpacked there as a whole before the first object is put. Objects that are
 * there already are proven, not put again. Nothing announces them but the lock, which is written when all are there.
 * @throws Failure of `unpackAside`; FILE_IN_THE_WAY, BUCKET_UNUSABLE, STORE_UNREACHABLE
 */
export async function unpackObject(objects: Objects, options: UnpackObjectOptions): Promise<readonly UnpackedFile[]> {
  const { place, expected, known, signal } = options;
  if (known && (await areHere(objects, known, signal))) return known;
  const folder = await inTarget(tmpdir(), () => mkdtemp(path.join(tmpdir(), 'auxflow-unpack-')), 'TMPDIR');
  try {
    const archive = path.join(folder, path.posix.basename(place));
    await copyBack(await objects.content(place), archive, expected, signal);
    const { files, pathOf } = await unpackAside({ archive, place, folder, signal });
    for (const file of files)
      if (!(await objects.isHere(file.path, expectedOf(file), signal))) await put(objects, file, pathOf(file), signal);
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const expectedOf = ({ bytes: contentLength, md5 }: UnpackedFile): Expected => ({ contentLength, md5 });

async function areHere(objects: Objects, files: readonly UnpackedFile[], signal?: AbortSignal): Promise<boolean> {
  for (const file of files) if (!(await objects.isHere(file.path, expectedOf(file), signal))) return false;
  return true;
}

async function copyBack(content: Readable, file: string, { md5 }: Expected, signal?: AbortSignal): Promise<void> {
  const hash = createHash('md5');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const name = path.basename(file);
  try {
    await pipeline(content, hashing, createWriteStream(file, { flags: 'wx' }), { signal });
  } catch (error) {
    throwIfInterrupted(signal);
    throw error;
  }
  const came = hash.digest('hex');
  if (came !== md5) throw new Failure({ code: 'CHECKSUM_WRONG', name, expected: md5, came });
}

async function put(objects: Objects, file: UnpackedFile, source: string, signal?: AbortSignal): Promise<void> {
  const expected = expectedOf(file);
  const part = await objects.openPart(file.path, expected);
  try {
    const start = part.bytes;
    const sink = part.sink(file.bytes, () => undefined);
    if (start < file.bytes) await pipeline(createReadStream(source, { start }), sink, { signal });
    const came = await part.checksum(signal);
    if (came !== file.md5) {
      await part.remove();
      throw new Failure({ code: 'CHECKSUM_WRONG', name: file.path, expected: file.md5, came });
    }
    await publishOnce(part, () => objects.isHere(file.path, expected, signal));
  } finally {
    await part.close();
  }
}
