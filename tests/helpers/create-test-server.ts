import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RecordedRequest {
  method: string;
  /** Path and query as they came. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface TestServer {
  /** http://127.0.0.1:port, https with a certificate */
  origin: string;
  requests: RecordedRequest[];
}

export type TestHandler = (request: RecordedRequest, response: ServerResponse) => void;

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * A real server on loopback for one test: records every request, then lets `handler` answer; ends with the test. With a certificate
 * it speaks TLS, on every address of this machine: names and addresses that the certificate is not for lead to it too.
 */
export async function createTestServer(handler: TestHandler, certificate?: Certificate): Promise<TestServer> {
  const requests: RecordedRequest[] = [];
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    let body = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (text: string) => (body += text));
    incoming.on('end', () => {
      const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
      requests.push(request);
      handler(request, response);
    });
  };
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  const port = await portOf(server, certificate ? '0.0.0.0' : '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`, requests };
}

/** A TCP server on loopback for one test, as an http address; what becomes of a connection is the test's. */
export async function createTcpServer(connected: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    connected(socket);
  });
  const port = await portOf(server, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

async function portOf(server: Server, address: string): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return (server.address() as AddressInfo).port;
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Answers with an HTML page. */
export function sendPage(response: ServerResponse, page: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(page);
}
