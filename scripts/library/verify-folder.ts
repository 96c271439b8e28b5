import { observeFiles, type FilesResult, type ServiceOptions } from './observe';
import type { Result } from './result';

/**
 * Proves, without a network, that a folder holds what its auxflow.lock.json says: every file with its size and MD5.
 * `place` is the folder, or the lock itself.
 */
export async function verifyFolder(
  place: string,
  options: Pick<ServiceOptions, 'onEvent' | 'signal'> = {},
): Promise<Result<FilesResult>> {
  return observeFiles(options, async (context) => {
    const { verify } = await import('../campaign/lock/verify-folder');
    return verify(place, context);
  });
}
