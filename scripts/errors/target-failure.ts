import { Failure } from './errors';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
/** Threads need files, too. */
const TOO_MANY = new Set(['EMFILE', 'ENFILE', 'ERR_WORKER_INIT_FAILED']);

/** A file system error in the target folder, which `setting` names, as our failure: DISK_FULL, or TARGET_UNWRITABLE for everything else. */
export function targetFailure(error: unknown, target: string, setting?: string): Failure {
  if (error instanceof Failure) return error;
  if (FULL.has(codeOf(error))) return new Failure({ code: 'DISK_FULL', path: target }, { cause: error });
  const tooMany = tooManyFiles(error, target);
  if (tooMany) return tooMany;
  const reason = codeOf(error) || (error instanceof Error ? error.message : String(error));
  return new Failure({ code: 'TARGET_UNWRITABLE', path: target, reason, setting }, { cause: error });
}

/** That no more files can be opened is no fault of a file. Undefined for every other error. */
export function tooManyFiles(error: unknown, path: string): Failure | undefined {
  if (!TOO_MANY.has(codeOf(error))) return undefined;
  return new Failure({ code: 'TOO_MANY_FILES', path, reason: codeOf(error) }, { cause: error });
}

/** `ENOENT`, `EEXIST`, … or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What `work` returns. @throws its Failures as they are, errors of the file system as `targetFailure` */
export async function inTarget<Result>(target: string, work: () => Promise<Result>, setting?: string): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw targetFailure(error, target, setting);
  }
}
