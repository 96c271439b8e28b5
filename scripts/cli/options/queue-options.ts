import type { Terminal } from '../terminal';

export const QUEUE =
  'Redis server with the queue, redis://host:port/database, or rediss:// for TLS by NODE_EXTRA_CA_CERTS, not --ca-file (default: AUXFLOW_QUEUE)';

/** Not an argument where others may read it: the URL may have a password. */
export function queueOf(
  { queue }: { readonly queue?: string },
  { environment }: Pick<Terminal, 'environment'>,
): string {
  return queue ?? environment.AUXFLOW_QUEUE ?? '';
}
