import { Failure, toError, type AuxflowError, type ErrorCode } from '../errors/errors';
import { EXIT, exitCodeOf } from '../errors/exit-codes';

/**
 * What a call came to. Nothing is thrown but programming errors: whatever can go wrong with arguments, files, the network or the
 * services is an error with a code (docs/errors.md).
 */
export type Result<Value> = Success<Value> | Failed<Value>;

export interface Success<Value> {
  readonly ok: true;
  readonly exitCode: 0;
  readonly errors: readonly [];
  readonly value: Value;
}

export interface Failed<Value> {
  readonly ok: false;
  /** Of the error that decides the exit code. */
  readonly code: ErrorCode;
  /** Of the command line in the same case (docs/errors.md). */
  readonly exitCode: number;
  /** All that went wrong, first causes first; at least one. */
  readonly errors: readonly AuxflowError[];
  /** What was reached nevertheless, such as the files that did arrive; absent when nothing began. */
  readonly value?: Value;
}

export function success<Value>(value: Value): Success<Value> {
  return { ok: true, exitCode: EXIT.ok, errors: [], value };
}

export function failed<Value = never>(errors: readonly AuxflowError[], value?: Value): Failed<Value> {
  const exitCode = exitCodeOf(errors);
  const { code } = errors.find((error) => exitCodeOf([error]) === exitCode) ?? { code: 'INTERNAL' };
  return { ok: false, code, exitCode, errors, ...(value === undefined ? {} : { value }) };
}

/** The value of `work`, or the error that it failed with. */
export async function settle<Value>(work: () => Promise<Value>): Promise<Result<Value>> {
  try {
    return success(await work());
  } catch (error) {
    return failed([toError(error)]);
  }
}

/** The value of `work`, or the Failure that it threw; anything else is a programming error. */
export function settleNow<Value>(work: () => Value): Result<Value> {
  try {
    return success(work());
  } catch (error) {
    if (error instanceof Failure) return failed([error.detail]);
    throw error;
  }
}
