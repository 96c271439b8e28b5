import type { OutgoingHttpHeaders } from 'node:http';
import type { WireRequest } from './request';

/** What a service answers, as data; only the listener turns it into bytes on a socket. */
export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string | Buffer | AsyncIterable<Buffer>;
  /** How the connection misbehaves while the reply is sent; absent = it does not. */
  readonly delivery?: Delivery;
  /** An exception that nobody meant: the reply hides it as the services do, the recorder keeps it. */
  readonly defect?: unknown;
}

/** Faults on the way, each a count of body bytes or a time in milliseconds. */
export interface Delivery {
  readonly delayMs?: number;
  /** The connection is closed after this many body bytes, without a reset: a truncated body. */
  readonly endAfter?: number;
  /** The connection is reset after this many body bytes. */
  readonly resetAfter?: number;
  /** Nothing more is sent after this many body bytes, and the connection stays open. */
  readonly stallAfter?: number;
  /** Every bit of the body byte at this offset is turned over. */
  readonly flipAt?: number;
  /** bytes per second */
  readonly rate?: number;
}

export type Handler = (request: WireRequest) => Promise<Reply> | Reply;

export function textReply(status: number, contentType: string, body: string, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers: { 'Content-Type': contentType, ...headers }, body };
}

/** Compact JSON, keys in the order of the value. */
export function jsonReply(status: number, value: unknown, headers: OutgoingHttpHeaders = {}): Reply {
  return textReply(status, 'application/json', JSON.stringify(value), headers);
}

export function emptyReply(status: number, headers: OutgoingHttpHeaders = {}): Reply {
  return { status, headers };
}
