import { readFileSync } from 'node:fs';
import { Failure } from './errors';

/** A file that the user names, whole; `what` it is, for the message. A path may be a descriptor. @throws Failure FILE_UNREADABLE */
export function readInput(path: string, what: string, from: string | number = path): Buffer {
  try {
    return readFileSync(from);
  } catch (error) {
    throw unreadable(path, what, error);
  }
}

/** The same as UTF-8 text, without the mark that Windows editors begin it with. @throws Failure FILE_UNREADABLE */
export function readInputText(path: string, what: string): string {
  return readInput(path, what)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** FILE_UNREADABLE, of a file or folder, for an error of the file system. */
export function unreadable(path: string, what: string, error: unknown): Failure {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
  return new Failure({ code: 'FILE_UNREADABLE', path, what, reason }, { cause: error });
}
