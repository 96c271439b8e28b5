import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import newman from 'newman';
import { expect, test } from 'vitest';
import { boundUnpacking } from '../../scripts/newman/bounded-unpacking';
import { createTestServer } from '../helpers/create-test-server';

const LIMIT = 1024 * 1024;
const LONG = Buffer.alloc(64 * LIMIT, 'a');
const PACKED: Readonly<Record<string, Buffer>> = {
  '/gzip': gzipSync(LONG),
  // Some hundred bytes: the whole answer is there before a byte of it is unpacked.
  '/br': brotliCompressSync(LONG),
  '/deflate': deflateSync(LONG),
  '/deflate/raw': deflateRawSync(LONG),
  '/br/short': brotliCompressSync('{"short":true}'),
  '/gzip/short': gzipSync('{"short":true}'),
  '/gzip/garbage': Buffer.from('not packed at all'),
};

test('Newman reads answers that are packed, up to a limit', async () => {
  const server = await createTestServer(({ url }, response) => {
    response.writeHead(200, { 'content-encoding': url.split('/')[1] }).end(PACKED[url]);
  });
  const item = Object.keys(PACKED).map((name) => ({ name, request: { method: 'GET', url: server.origin + name } }));
  const collection = { info: { name: 'packed', schema: 'v2.1.0' }, item };
  const unbound = boundUnpacking(LIMIT);
  const came: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    newman
      .run({ collection, reporters: [] }, (error) => (error ? reject(error) : resolve()))
      .on('request', (error: Error | null, { item, response }: { item: { name: string }; response?: object }) => {
        came[item.name] = error?.message ?? String(Reflect.get(response ?? {}, 'stream')).slice(0, 100);
      });
  }).finally(unbound);
  const tooLong = `the answer is longer than ${LIMIT} bytes`;
  expect(came).toEqual({
    ...{ '/gzip': tooLong, '/br': tooLong, '/deflate': tooLong, '/deflate/raw': tooLong },
    ...{ '/br/short': '{"short":true}', '/gzip/short': '{"short":true}', '/gzip/garbage': 'incorrect header check' },
  });
});
