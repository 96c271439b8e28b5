/** The largest answer of a run that is read; a day of baselines has some megabytes. Newman dies of one of 112 MB. */
export const MAX_RUN_ANSWER_BYTES = 32 * 1024 * 1024;

/** Longest wait for a whole answer of a run: a cold baseline takes minutes (rdb.md#cold-start). */
export const MAX_RUN_ANSWER_SECONDS = 900;

/** Why a connection is ended whose answer is too long. */
export function tooLong(bytes: number): Error {
  return new Error(`the answer is longer than ${bytes} bytes`);
}

/** The limit in bytes, when the fault of a request is that of `tooLong`. */
export function limitExceeded(fault: string | undefined): number | undefined {
  const [, bytes] = /the answer is longer than (\d+) bytes/.exec(fault ?? '') ?? [];
  return bytes === undefined ? undefined : Number(bytes);
}
