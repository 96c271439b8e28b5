import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Failure } from './errors';
import { withSignalsAsUsual } from './signals-as-usual';
import { codeOf, tooManyFiles } from './target-failure';

/** Of a file that the user names: a list of a million Level-0 names has some 100 MB. */
const MAX_INPUT_BYTES = 128 * 1024 * 1024;

/** A file that the user names, whole; `what` it is, for the message. A path may be a descriptor. @throws Failure FILE_UNREADABLE */
export function readInput(path: string, what: string, from: string | number = path): Buffer {
  try {
    return readBounded(from);
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

/** The same as text. @throws Failure FILE_UNREADABLE */
export function readInputText(path: string, what: string, from?: string | number): string {
  return decoded(readInput(path, what, from));
}

/** The same of a file that nobody named: undefined where it is not there, or a folder. @throws Failure FILE_UNREADABLE */
export function readInputIfThere(path: string, what: string): string | undefined {
  try {
    return decoded(readBounded(path));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))) return undefined;
    throw unreadable(path, what, error);
  }
}

/** FILE_UNREADABLE, of a file or folder, for an error of the file system; TOO_MANY_FILES where that is what it says. */
export function unreadable(path: string, what: string, error: unknown): Failure {
  const reason = error instanceof TooLong ? error.message : codeOf(error) || 'unreadable';
  const tooMany = tooManyFiles(error, path);
  if (tooMany) return tooMany;
  return new Failure({ code: 'FILE_UNREADABLE', path, what, reason }, { cause: error });
}

class TooLong extends Error {
  constructor() {
    super(`it is longer than ${MAX_INPUT_BYTES} bytes`);
  }
}

/** UTF-8, or UTF-16 as Windows' shell saves it; without the byte order mark, which TextDecoder drops. */
function decoded(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** All that users write begins with ASCII, of which UTF-16 makes every other byte zero, with a mark or without. */
function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/**
 * Pipes and devices may have no end, or nobody who writes to them. What calls itself a file may wait, too (`/proc/kmsg`): opened so that it
 * says so instead.
 */
function readBounded(from: string | number): Buffer {
  const stats = typeof from === 'number' ? fstatSync(from) : statSync(from);
  if (stats.size > MAX_INPUT_BYTES) throw new TooLong();
  if (stats.isFile()) return readFile(from, constants.O_RDONLY | constants.O_NONBLOCK);
  return withSignalsAsUsual(() => readFile(from, constants.O_RDONLY));
}

function readFile(from: string | number, flags: number): Buffer {
  const file = typeof from === 'number' ? from : openSync(from, flags);
  try {
    return readToEnd(file);
  } finally {
    if (file !== from) closeSync(file);
  }
}

const CHUNK_BYTES = 1024 * 1024;

function readToEnd(file: number): Buffer {
  const chunks: Buffer[] = [];
  for (let bytes = 0; bytes <= MAX_INPUT_BYTES;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readSync(file, chunk);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    bytes += count;
  }
  throw new TooLong();
}
