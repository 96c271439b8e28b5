/** One request of the collection, sent as Newman sends it (docs/newman.md#how-a-request-runs), and its answer as `pm.response` shows it. */
import http from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Variables } from './variables';

interface Pair {
  readonly key: string;
  readonly value: string;
}

export interface LightRequest {
  readonly method: string;
  readonly url: string;
  /** `noauth` sends no token; without it the collection's own goes along. */
  readonly auth?: { readonly type: string };
  readonly header?: readonly Pair[];
  readonly body?: { readonly mode?: string; readonly raw?: string; readonly urlencoded?: readonly Pair[] };
}

export interface LightResponse {
  readonly code: number;
  readonly headers: { readonly all: () => readonly Pair[] };
  readonly stream: Buffer;
  readonly text: () => string;
}

/** A sandbox on the same machine answers at once; a mutant may not answer at all. */
const SECONDS = 60;

const ADDED: Readonly<Record<string, string>> = {
  'User-Agent': 'PostmanRuntime/light',
  Accept: '*/*',
  'Cache-Control': 'no-cache',
  'Accept-Encoding': 'gzip, deflate, br',
  Connection: 'keep-alive',
};

/** @throws Error when no answer came */
export function send(request: LightRequest, variables: Variables, agent: http.Agent): Promise<LightResponse> {
  const fill = (text: string): string => variables.replaceIn(text);
  const url = encodedUrl(fill(request.url));
  const body = bodyOf(request, fill);
  const given = Object.fromEntries((request.header ?? []).map(({ key, value }) => [key, fill(value)]));
  const headers = { ...without(ADDED, Object.keys(given)), ...authorization(request, fill), ...body.headers, ...given };
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method: request.method, headers, agent, timeout: SECONDS * 1000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        try {
          resolve(responseOf(answer, Buffer.concat(chunks)));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no complete response within the time limit')));
    sent.on('error', reject);
    sent.end(body.text);
  });
}

function authorization({ auth }: LightRequest, fill: (text: string) => string): Record<string, string> {
  return auth?.type === 'noauth' ? {} : { Authorization: `Bearer ${fill('{{access_token}}')}` };
}

function without(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  const lower = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !lower.has(name.toLowerCase())));
}

function bodyOf(
  { body }: LightRequest,
  fill: (text: string) => string,
): { text: string; headers: Record<string, string> } {
  if (body?.urlencoded) {
    const text = body.urlencoded.map(({ key, value }) => `${formText(fill(key))}=${formText(fill(value))}`).join('&');
    return { text, headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': lengthOf(text) } };
  }
  if (body?.raw === undefined) return { text: '', headers: {} };
  const text = fill(body.raw);
  return { text, headers: { 'Content-Type': 'text/plain', 'Content-Length': lengthOf(text) } };
}

const lengthOf = (text: string): string => String(Buffer.byteLength(text));

const formText = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** What postman-url-encoder encodes of an address: little, and nothing twice. */
function encodedUrl(url: string): URL | string {
  const mark = url.indexOf('?');
  const [path, query] = mark < 0 ? [url, undefined] : [url.slice(0, mark), url.slice(mark + 1)];
  const encoded = (text: string, signs: RegExp): string => text.replace(signs, (sign) => percent(sign));
  const whole = encoded(path, /[^\x21-\x7e]|["<>`{}]/gu);
  return query === undefined ? whole : `${whole}?${encoded(query, /[^\x21-\x7e]|["#'<>]/gu)}`;
}

const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

function responseOf(answer: http.IncomingMessage, raw: Buffer): LightResponse {
  const stream = unpacked(raw, answer.headers['content-encoding']);
  const pairs = answer.rawHeaders.flatMap((key, index, all) =>
    index % 2 === 0 ? [{ key, value: all[index + 1] ?? '' }] : [],
  );
  return { code: answer.statusCode ?? 0, headers: { all: () => pairs }, stream, text: () => stream.toString('utf8') };
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes;
  switch (encoding?.toLowerCase()) {
    case 'gzip':
      return gunzipSync(bytes);
    case 'deflate':
      return inflateSync(bytes);
    case 'br':
      return brotliDecompressSync(bytes);
    default:
      return bytes;
  }
}
