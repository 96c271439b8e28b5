/**
 * A store that costs next to nothing: every object is cut out of the same random bytes, held once. Whole objects and `bytes=n-`.
 * Started by transfers.ts in a process of its own, with the sizes (JSON, bytes) on standard input; prints one line: what there is.
 * An argument: milliseconds to wait before each answer.
 */
import { createHash, randomFillSync } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { nameOf } from '../made-up-manifest';
import type { StoredFile } from './stored-files';

const BLOCK = randomFillSync(Buffer.alloc(32 * 1024 * 1024));
const PIECE = 1024 * 1024;

function main(sizes: readonly number[], latency: number): void {
  const server = createServer((request, response) => {
    const size = sizes[Number(request.url?.split('/')[1])];
    const first = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (size === undefined) return void response.writeHead(404).end();
    const headers = { 'content-length': size - first, 'content-type': 'binary/octet-stream' };
    if (first > 0) response.writeHead(206, { ...headers, 'content-range': `bytes ${first}-${size - 1}/${size}` });
    else response.writeHead(200, headers);
    if (latency > 0) setTimeout(send, latency, response, first, size);
    else send(response, first, size);
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    console.log(JSON.stringify(sizes.map((bytes, index) => storedFile(port, index, bytes))));
  });
}

function send(response: ServerResponse, first: number, size: number): void {
  let position = first;
  const more = (): void => {
    while (position < size) {
      const piece = pieceAt(position, size);
      position += piece.length;
      if (!response.write(piece)) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}

function pieceAt(position: number, size: number): Buffer {
  const start = position % BLOCK.length;
  return BLOCK.subarray(start, Math.min(start + PIECE, BLOCK.length, start + size - position));
}

function storedFile(port: number, index: number, bytes: number): StoredFile {
  const name = nameOf(index);
  return { url: `http://127.0.0.1:${port}/${index}/${name}`, name, bytes, md5: md5Of(bytes) };
}

const known = new Map<number, string>();

function md5Of(bytes: number): string {
  const cached = known.get(bytes);
  if (cached !== undefined) return cached;
  const md5 = createHash('md5');
  for (let position = 0; position < bytes; position += pieceAt(position, bytes).length)
    md5.update(pieceAt(position, bytes));
  const digest = md5.digest('hex');
  known.set(bytes, digest);
  return digest;
}

void json(process.stdin).then((sizes) => main(sizes as number[], Number(process.argv[2] ?? 0)));
