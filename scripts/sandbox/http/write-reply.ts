import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery, Reply } from './reply';

/** bytes; longer bodies without a length go out chunked, as the services' buffers make them (rdb.md#formats-and-methods). */
const BUFFERED = 8192;

/**
 * Sends a reply, with the faults of its `delivery`. Resolves when everything is handed to the socket or the client has
 * gone; never rejects: a client that leaves is no error of the sandbox.
 */
export async function writeReply(response: ServerResponse, method: string, reply: Reply): Promise<void> {
  const delivery = reply.delivery ?? {};
  if (delivery.delayMs !== undefined) await wait(delivery.delayMs, undefined, { ref: false });
  if (response.destroyed) return;
  if (delivery.resetAfter === 0) {
    response.socket?.resetAndDestroy();
    return;
  }
  try {
    response.writeHead(reply.status, headersOf(reply));
    if (method === 'HEAD' || reply.body === undefined) {
      response.end();
      return;
    }
    if (reply.delivery === undefined) await send(response, reply.body);
    else await sendFaulty(response, reply.body, delivery);
  } catch {
    response.destroy();
  }
}

function headersOf(reply: Reply): Reply['headers'] {
  if (typeof reply.body !== 'string' && !Buffer.isBuffer(reply.body)) {
    const length = reply.body === undefined && reply.status >= 200 && reply.status !== 204 && reply.status !== 304;
    return length ? { 'Content-Length': 0, ...reply.headers } : reply.headers;
  }
  const bytes = Buffer.byteLength(reply.body);
  return bytes > BUFFERED ? reply.headers : { 'Content-Length': bytes, ...reply.headers };
}

async function send(response: ServerResponse, body: NonNullable<Reply['body']>): Promise<void> {
  if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else await pipeline(Readable.from(body, { objectMode: false, highWaterMark: 1_048_576 }), response);
}

async function sendFaulty(response: ServerResponse, body: NonNullable<Reply['body']>, fault: Delivery): Promise<void> {
  const stop = Math.min(fault.endAfter ?? Infinity, fault.resetAfter ?? Infinity, fault.stallAfter ?? Infinity);
  let sent = 0;
  for await (const chunk of chunksOf(body)) {
    const part = sent + chunk.length > stop ? chunk.subarray(0, stop - sent) : chunk;
    const bytes = flipped(part, sent, fault.flipAt);
    sent += part.length;
    if (!response.write(bytes)) await drained(response);
    if (response.destroyed) return;
    if (sent >= stop) {
      await breakOff(response, fault);
      return;
    }
    if (fault.rate !== undefined) await wait((1000 * bytes.length) / fault.rate, undefined, { ref: false });
  }
  response.end();
}

async function breakOff(response: ServerResponse, fault: Delivery): Promise<void> {
  await new Promise<void>((flushed) => response.write('', () => flushed()));
  if (fault.resetAfter !== undefined) response.socket?.resetAndDestroy();
  else if (fault.endAfter !== undefined) response.socket?.destroySoon();
}

/** Small chunks, so that rates and break-offs do not depend on how a body happens to be cut. */
async function* chunksOf(body: NonNullable<Reply['body']>): AsyncGenerator<Buffer> {
  const size = 16_384;
  const parts = typeof body === 'string' ? [Buffer.from(body)] : Buffer.isBuffer(body) ? [body] : body;
  for await (const part of parts) {
    for (let offset = 0; offset < part.length; offset += size) yield part.subarray(offset, offset + size);
  }
}

function flipped(chunk: Buffer, offset: number, flipAt: number | undefined): Buffer {
  if (flipAt === undefined || flipAt < offset || flipAt >= offset + chunk.length) return chunk;
  const copy = Buffer.from(chunk);
  copy[flipAt - offset] = (copy[flipAt - offset] ?? 0) ^ 0xff;
  return copy;
}

async function drained(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
