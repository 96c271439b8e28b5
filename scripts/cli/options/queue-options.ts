import type { Terminal } from '../terminal';

export const QUEUE = 'Redis server with the queue, redis://host:port/database (default: AUXFLOW_QUEUE)';

/** Not an argument where others may read it: the URL may have a password. */
export function queueOf(
  { queue }: { readonly queue?: string },
  { environment }: Pick<Terminal, 'environment'>,
): string {
  return queue ?? environment.AUXFLOW_QUEUE ?? '';
}
