import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { tooLong } from './answer-limit';

/** Of Node: told of each answer when its headers have come. */
const CHANNEL = 'http.client.response.finish';

/** As Newman unpacks them. */
const UNPACK: Readonly<Record<string, (() => Transform) | undefined>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * For the whole process, until the returned function is called: ends an answer that would be longer than `bytes` when unpacked. Newman
 * unpacks whatever comes, and a megabyte on the wire may be a gigabyte then. It offers no hook before that, so the answer is unpacked
 * here as well, and only counted.
 */
export function boundUnpacking(bytes: number): () => void {
  const watch = (message: unknown): void => {
    const { response } = message as { response: IncomingMessage };
    const unpack = UNPACK[response.headers['content-encoding']?.trim().toLowerCase() ?? ''];
    if (!unpack) return;
    let seen = 0;
    const counter = response.pipe(unpack());
    counter.on('data', ({ length }: Buffer) => {
      seen += length;
      if (seen > bytes) response.destroy(tooLong(bytes));
    });
    // What cannot be unpacked here cannot be counted, and Newman may still unpack it: raw deflate, which RFC 9110 §8.4.1.2 rules out.
    counter.on('error', (error) => response.destroy(error));
  };
  subscribe(CHANNEL, watch);
  return () => void unsubscribe(CHANNEL, watch);
}
