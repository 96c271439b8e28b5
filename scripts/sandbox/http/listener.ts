import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Failure } from '../../errors/errors';
import { nginxPage } from './html-pages';
import type { Handler, Reply } from './reply';
import { readRequest, type WireRequest } from './request';
import { writeReply } from './write-reply';

export interface Listener {
  /** e.g. `http://127.0.0.1:40123`, no trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly handler: Handler;
  /** Told of every request with its reply. */
  readonly observe: (request: WireRequest, reply: Reply) => void;
  /** Epoch milliseconds, for the header Date. */
  readonly clock: () => number;
}

/** bytes; above nginx's 8 KB, so that the sandbox and not the parser says what is too long. */
const HEAD_LIMIT = 65_536;

/**
 * Listens on 127.0.0.1. A handler that throws answers nginx's 500 page: the listener never dies
 * of a request.
 * @throws Failure PORT_IN_USE
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const server = createServer({ maxHeaderSize: HEAD_LIMIT, keepAliveTimeout: 30_000 }, (message, response) => {
    void answer(message, response, options);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerUnparsable(error, socket));
  server.on('checkContinue', (message: IncomingMessage, response: ServerResponse) => {
    response.writeContinue();
    void answer(message, response, options);
  });
  server.on('connect', (_message, socket) => answerUnparsable(new Error('CONNECT'), socket));
  await bind(server, options.port);
  const bound = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${bound.port}`, close: () => close(server) };
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  { handler, observe, clock }: ListenOptions,
): Promise<void> {
  let request: WireRequest | undefined;
  try {
    request = await readRequest(message);
  } catch {
    return; // the client went away in the middle of its own request
  }
  if (request === undefined) {
    await writeReply(response, 'POST', {
      ...nginxPage(413),
      headers: { 'Content-Type': 'text/html', Connection: 'close' },
    });
    return;
  }
  const reply = isForThisMachine(message) ? await replyOf(request, handler) : nginxPage(421);
  observe(request, reply);
  const date = new Date(clock()).toUTCString();
  await writeReply(response, request.method, { ...reply, headers: { Date: date, ...reply.headers } });
}

/**
 * Whether the client means this machine. A web page whose name was rebound to 127.0.0.1 sends its own name: it must not read tokens from the
 * record of requests, or set scenarios.
 */
function isForThisMachine({ headers: { host = '' } }: IncomingMessage): boolean {
  return host === '' || /^(?:127[.]0[.]0[.]1|localhost|\[::1\])(?::\d+)?$/i.test(host);
}

async function replyOf(request: WireRequest, handler: Handler): Promise<Reply> {
  try {
    return await handler(request);
  } catch (error) {
    return { ...nginxPage(500), defect: error };
  }
}

/** Bytes that are no HTTP: what nginx says to them. */
function answerUnparsable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const page = nginxPage(400).body as string;
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
  );
}

async function bind(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Failure({ code: 'PORT_IN_USE', port }, { cause: error }) : error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
