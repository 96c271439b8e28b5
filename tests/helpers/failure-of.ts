import { Failure, type AuxflowError } from '../../scripts/errors/errors';

/** The value of the Failure that `work` ends with; anything else fails the test. */
export async function failureOf(work: Promise<unknown> | (() => unknown)): Promise<AuxflowError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (error instanceof Failure) return error.detail;
    throw error;
  }
  throw new Error('it did not fail');
}
