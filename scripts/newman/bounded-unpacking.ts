import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { tooLong } from './answer-limit';

/** Of Node: told of each answer when its headers have come, before anybody reads its body. */
const CHANNEL = 'http.client.response.finish';

/**
 * For the whole process, until the returned function is called: ends an answer that is longer than `bytes` when unpacked. Newman
 * unpacks whatever comes, and some hundred bytes on the wire may be a gigabyte then. It offers no hook for it, but it pipes what is
 * packed, and only that, to what unpacks it.
 */
export function boundUnpacking(bytes: number): () => void {
  const watch = (message: unknown): void => {
    const { response } = message as { response: IncomingMessage };
    const pipe = response.pipe.bind(response);
    response.pipe = (unpacking, options) => {
      if (unpacking instanceof Readable) bound(unpacking, bytes);
      return pipe(unpacking, options);
    };
  };
  subscribe(CHANNEL, watch);
  return () => void unsubscribe(CHANNEL, watch);
}

function bound(unpacking: Readable, bytes: number): void {
  let seen = 0;
  unpacking.on('data', ({ length }: Buffer) => {
    seen += length;
    if (seen > bytes) unpacking.destroy(tooLong(bytes));
  });
}
