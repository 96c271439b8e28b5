import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request as it came over the wire. Nothing is decoded: encodings, `//` and quotes matter to the services. */
export interface WireRequest {
  readonly method: string;
  /** The request line's target before the first `?`; the authority of an absolute-form target is dropped. */
  readonly path: string;
  /** The raw text after the first `?`; undefined when there is none. */
  readonly query: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** bytes of request line and headers together; Tomcat counts them so (rdb.md#length-of-a-request). */
  readonly headBytes: number;
  readonly body: Buffer;
}

/** bytes; no request of these services has a body that comes near it. */
const BODY_LIMIT = 1_048_576;

/** The whole request; undefined when its body is larger than 1 MiB. Rejects when the client goes away before its end. */
export async function readRequest(message: IncomingMessage): Promise<WireRequest | undefined> {
  const body = await readBody(message);
  if (body === undefined) return undefined;
  const [path, query] = splitTarget(message.url ?? '/');
  return {
    method: message.method ?? 'GET',
    path,
    query,
    headers: message.headers,
    headBytes: headBytes(message),
    body,
  };
}

async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

function splitTarget(target: string): [path: string, query: string | undefined] {
  const origin = /^https?:\/\/[^/?#]*/i.exec(target);
  const local = origin === null ? target : target.slice(origin[0].length);
  const mark = local.indexOf('?');
  if (mark < 0) return [local === '' ? '/' : local, undefined];
  return [local.slice(0, mark), local.slice(mark + 1)];
}

function headBytes(message: IncomingMessage): number {
  const requestLine = `${message.method ?? ''} ${message.url ?? ''} HTTP/1.1\r\n`.length;
  const fieldOverhead = 2; // ": " between name and value, CRLF behind: two bytes for each raw entry
  return message.rawHeaders.reduce((bytes, text) => bytes + text.length + fieldOverhead, requestLine + fieldOverhead);
}
