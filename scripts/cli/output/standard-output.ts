import { Failure, type AuxflowError } from '../../errors/errors';
import { codeOf, targetFailure } from '../../errors/target-failure';

/** Standard output that takes no more: nobody would see what comes of the work. */
export interface LostOutput {
  /** What is wrong with it; undefined while all is well, and where only its reader went away (`auxflow … | head`). */
  problem(): AuxflowError | undefined;
}

/**
 * Stops the work once standard output cannot be written. Work that is done by then has its exit code where a reader went away, which is
 * no fault; a disk that is full has cut what was printed.
 */
export function stopWhenLost(output: NodeJS.WriteStream, work: AbortController): LostOutput {
  let problem: AuxflowError | undefined;
  output.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE') problem ??= targetFailure(error, 'standard output').detail;
    work.abort(new Failure({ code: 'INTERRUPTED', signal: 'SIGPIPE' }));
  });
  return { problem: () => problem };
}
