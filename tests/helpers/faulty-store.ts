/** A proxy in front of an object store that answers some requests in its place, or cuts them. Signatures stay valid: the Host header is kept. */
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * An error of S3 by status and code, or where the connection is cut: while the body comes, before the answer, or in its place, when the store
 * has done what was asked; success that is none; or no answer.
 */
export type Fault =
  | { readonly status: number; readonly code: string; readonly headers?: Record<string, string> }
  | 'pretence'
  | 'cut-body'
  | 'cut-answer'
  | 'lost-answer'
  | 'silence';

export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly isConditional: boolean;
}

export interface FaultyStore {
  readonly endpoint: string;
  readonly seen: SeenRequest[];
  /** Asked with each request; undefined hands it on. */
  fault: (request: SeenRequest) => Fault | undefined;
  close(): Promise<void>;
}

export async function startFaultyStore(origin: string): Promise<FaultyStore> {
  const server = createServer((incoming, response) => {
    const isConditional = incoming.headers['if-none-match'] !== undefined;
    const seen = { method: incoming.method ?? '', url: incoming.url ?? '', isConditional };
    store.seen.push(seen);
    const fault = store.fault(seen);
    if (fault === undefined || fault === 'lost-answer') handOn(origin, incoming, response, fault !== undefined);
    else if (fault === 'pretence') incoming.resume().once('end', () => response.writeHead(200).end());
    else if (fault === 'silence') incoming.resume();
    else if (fault === 'cut-body') incoming.once('data', () => incoming.socket.destroy());
    else if (fault === 'cut-answer') incoming.resume().once('end', () => incoming.socket.destroy());
    else incoming.resume().once('end', () => refuse(response, fault));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const store: FaultyStore = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: [],
    fault: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return store;
}

function refuse(response: ServerResponse, { status, code, headers = {} }: Exclude<Fault, string>): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>a message about ${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body);
}

function handOn(origin: string, incoming: IncomingMessage, response: ServerResponse, isLost: boolean): void {
  const { method, url, headers } = incoming;
  const outgoing = send(`${origin}${url ?? ''}`, { method, headers }, (answer) => {
    if (isLost) return void answer.resume().once('end', () => incoming.socket.destroy());
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.once('error', () => response.destroy());
  incoming.pipe(outgoing);
}
