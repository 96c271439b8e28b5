import { readFileSync } from 'node:fs';
import { Failure } from './errors';

/** A file that the user names, whole; `what` it is, for the message. A path may be a descriptor. @throws Failure FILE_UNREADABLE */
export function readInput(path: string, what: string, from: string | number = path): Buffer {
  try {
    return readFileSync(from);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new Failure({ code: 'FILE_UNREADABLE', path, what, reason }, { cause: error });
  }
}
