/**
 * The one place that sends. Three things can be asked of it and no other: GET a service, GET the store, and POST a form to the
 * token endpoint. Redirects are never followed; TLS is always verified; a token goes to configured services only.
 */
import { pipeline, type Readable } from 'node:stream';
import { Agent, errors, request, type Dispatcher } from 'undici';
import { asked, Failure } from '../errors/errors';
import { learnAnswer } from '../lib/redact/learn-answer';
import type { Redactor } from '../lib/redact/redact';
import { userAgent } from '../lib/user-agent';
import { interruption, throwIfInterrupted } from './interruption';
import { checkedUrl } from './service-url';
import { MIN_ANSWER_RATE, watchRate, type LeastRate } from '../lib/streams/least-rate';
import { unpacking } from '../lib/unpacking';
import { withoutQuery } from '../lib/without-query';
import { connectorOf } from './connection/connector';
import { askingFirst, type MayLeave } from './connection/last-moment';
import type { Network } from './network';

const MIB = 1024 * 1024;

/** Of an answer, where a request does not say otherwise: a page of a catalogue has some 2 MiB. */
export const MAX_ANSWER_BYTES = 16 * MIB;

export interface TransportOptions {
  /** POST goes here and nowhere else. */
  tokenUrl: string;
  /** Site and OData roots (`https://…/auxip.svc`): a token is sent to their origins only. */
  apiRoots: readonly string[];
  allowInsecure?: boolean;
  /** Learns every secret that an answer grants, before anybody sees the answer. */
  redactor?: Pick<Redactor, 'learn'>;
  network?: Network;
  /** Longest wait for the first byte of a service's answer. A cold baseline takes minutes (rdb.md#cold-start). Default 180. */
  headersTimeoutSeconds?: number;
  /** Longest silence within a body, and until the store's first byte. Default 60. */
  idleTimeoutSeconds?: number;
}

export interface ServiceRequest {
  url: string;
  /** auxip.md#redirect: per request, because `$value` answers 406 to application/json. */
  accept: string;
  token?: string;
  /** The rest of a longer body is dropped, and said by `truncated`. Default 16 MiB. */
  maxBytes?: number;
  signal?: AbortSignal;
  /** Where it says false in the last moment, the request is not sent: NETWORK. */
  mayLeave?: MayLeave;
}

export interface Answer {
  status: number;
  /** First value of each header: proxies double some (access.md#proxies-and-limits). */
  header(name: string): string | undefined;
  text: string;
  truncated: boolean;
}

export interface StoreRequest {
  /** Presigned: a credential, never to be logged (auxip.md#redirect). */
  url: string;
  /** Ask for the bytes from here on. 0 or absent: the whole object. */
  firstByte?: number;
  /** With `firstByte`, also 0: ask for no byte after this one. */
  lastByte?: number;
  signal?: AbortSignal;
}

export interface StoreAnswer {
  status: number;
  header(name: string): string | undefined;
  /** Must be read or destroyed. Breaks with an error when the connection does, or after `idleTimeoutSeconds` of silence. */
  body: Readable;
}

/** Every method throws Failure URL_REFUSED, NETWORK (one attempt) or INTERRUPTED; any status is an answer. */
export interface Transport {
  get(request: ServiceRequest): Promise<Answer>;
  postToken(fields: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Answer>;
  openStore(request: StoreRequest): Promise<StoreAnswer>;
  close(): Promise<void>;
}

export function createTransport(options: TransportOptions): Transport {
  const { allowInsecure, redactor, headersTimeoutSeconds = 180, idleTimeoutSeconds = 60 } = options;
  const headersTimeout = headersTimeoutSeconds * 1000;
  const bodyTimeout = idleTimeoutSeconds * 1000;
  // auxip.md#polite-clients: at most 4 requests at once, of the 20 the proxy allows to the whole world.
  const connect = connectorOf(options.network ?? {});
  const services = new Agent({ connect, connections: 4, bodyTimeout });
  const store = new Agent({ connect, bodyTimeout });
  const tokenUrl = checkedUrl(options.tokenUrl, { allowInsecure });
  const apiOrigins = new Set(options.apiRoots.map((root) => checkedUrl(root, { allowInsecure }).origin));

  async function ask(dispatcher: Dispatcher, url: URL, sent: Sent): Promise<Dispatcher.ResponseData> {
    const response = await send(dispatcher, url, sent);
    const { location, 'set-cookie': cookies } = response.headers;
    if (redactor) learnAnswer(redactor, { location: [location ?? []].flat()[0], cookies: [cookies ?? []].flat() });
    return response;
  }

  return {
    async get({ url: text, accept, token, maxBytes = MAX_ANSWER_BYTES, signal, mayLeave }) {
      const url = checkedUrl(text, { allowInsecure });
      if (token !== undefined && !apiOrigins.has(url.origin)) {
        throw new Failure({ code: 'URL_REFUSED', url: withoutQuery(text), reason: 'the token is not for this host' });
      }
      const headers = { accept, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const dispatcher = mayLeave ? askingFirst(services, mayLeave) : services;
      return collect(await ask(dispatcher, url, { method: 'GET', headers, signal, headersTimeout }), url, {
        maxBytes,
        signal,
      });
    },
    async postToken(fields, signal) {
      const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams(fields).toString();
      const response = await ask(services, tokenUrl, { method: 'POST', headers, body, signal, headersTimeout });
      const answer = await collect(response, tokenUrl, { method: 'POST', maxBytes: MIB, signal });
      if (redactor) learnAnswer(redactor, { body: answer.text });
      return answer;
    },
    async openStore({ url: text, firstByte = 0, lastByte, signal }) {
      const url = checkedUrl(text, { allowInsecure });
      const isWhole = firstByte === 0 && lastByte === undefined;
      const headers = { accept: '*/*', ...(isWhole ? {} : { range: `bytes=${firstByte}-${lastByte ?? ''}` }) };
      const response = await ask(store, url, { method: 'GET', headers, signal, headersTimeout: bodyTimeout });
      return { status: response.statusCode, header: headerOf(response), body: response.body };
    },
    async close() {
      await Promise.all([services.destroy(), store.destroy()]);
    },
  };
}

type Sent = { headers: Record<string, string>; signal?: AbortSignal; headersTimeout: number } & (
  | { method: 'GET' }
  | { method: 'POST'; body: string }
);

async function send(dispatcher: Dispatcher, url: URL, sent: Sent): Promise<Dispatcher.ResponseData> {
  throwIfInterrupted(sent.signal);
  // Content-Length and checksums speak of the bytes as stored, so no coding may be applied on the way.
  const headers = { 'user-agent': userAgent(), 'accept-encoding': 'identity', ...sent.headers };
  try {
    return await request(url, { ...sent, headers, dispatcher, onInfo: endOfHints(sent.headersTimeout) });
  } catch (error) {
    throw brokenConnection(error, sent.method, url, sent.signal);
  }
}

/** At each 1xx undici begins to wait anew for the answer. @returns what is to be called at each: throws when they go on for longer than that */
function endOfHints(milliseconds: number): () => void {
  let first: number | undefined;
  return () => {
    first ??= performance.now();
    if (performance.now() - first > milliseconds) throw new errors.HeadersTimeoutError();
  };
}

/** The failure of a connection that broke before or within its answer: NETWORK, or INTERRUPTED where `signal` was the cause. */
export function brokenConnection(error: unknown, method: string, url: URL | string, signal?: AbortSignal): Failure {
  if (signal?.aborted) return interruption(signal);
  const { url: named } = asked(method, url);
  return new Failure({ code: 'NETWORK', method, url: withoutQuery(named), reason: reasonOf(error), attempts: 1 });
}

/** 101 to a request that asked for no other protocol, 000, 099. */
const NO_STATUS = 'the answer has a status that ends no request';

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // undici asserts what it takes for granted of a status; its words are of its code.
  if ('code' in error && error.code === 'ERR_ASSERTION') return NO_STATUS;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

async function collect(
  response: Dispatcher.ResponseData,
  url: URL,
  { method = 'GET', maxBytes, signal }: { method?: string; maxBytes: number; signal?: AbortSignal },
): Promise<Answer> {
  try {
    const header = headerOf(response);
    const body = unpacked(response.body, header('content-encoding') ?? '');
    return { status: response.statusCode, header, ...(await readBounded(body, maxBytes, MIN_ANSWER_RATE)) };
  } catch (error) {
    throw brokenConnection(error, method, url, signal);
  }
}

/** Proxies pack answers that were asked for as they are. What is unpacked has the same bounds. */
function unpacked(body: Readable, coding: string): Readable {
  const through = unpacking(coding);
  // Errors reach whoever reads from the end.
  return through ? pipeline(body, through, () => undefined) : body;
}

/** Reads a body as UTF-8, at most `maxBytes`; ends the connection rather than read on. */
export async function readBounded(
  body: Readable,
  maxBytes: number,
  rate: LeastRate = { bytesPerSecond: 0, seconds: 0 },
): Promise<{ text: string; truncated: boolean }> {
  const chunks: Buffer[] = [];
  const watch = watchRate(body, rate);
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      watch.received(chunk.length);
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > maxBytes) break;
    }
  } finally {
    watch.stop();
  }
  return { text: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'), truncated: bytes > maxBytes };
}

function headerOf({ headers }: Dispatcher.ResponseData): (name: string) => string | undefined {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}
