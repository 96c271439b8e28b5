/** What Node, undici and Newman say of a request without an answer, and what that means; the first that fits. */
const MEANINGS: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/CONNECT_TIMEOUT/, 'no connection within the time limit'],
  [/TIMEDOUT|_(?:HEADERS|BODY)_TIMEOUT/, 'no whole answer within the time limit'],
  [/^aborted$/, 'the answer broke off in the middle'],
  [/ECONNRESET|socket hang up/, 'the connection was closed instead of a response'],
  [/UND_ERR_SOCKET/, 'the connection was closed before the end of the response'],
  [/ECONNREFUSED/, 'nobody listens there'],
  [/ENOTFOUND|EAI_AGAIN/, 'no host of that name is known'],
  [/self[- ]signed|unable to (?:get|verify)|altnames|certificate/i, 'the certificate of the host is not trusted'],
  [/EPROTO|wrong version number|packet length too long/i, 'the host speaks no TLS there'],
  [/^Parse Error|does not match the HTTP\/1\.1 protocol/, 'what came is no HTTP'],
  [/CONTENT_LENGTH_MISMATCH/, 'the answer is not as long as it says'],
  [/HEADERS_OVERFLOW/, 'the headers of the answer are too long'],
  [/^Z_|^ERR__ERROR/, 'the answer is packed and cannot be unpacked'],
];

/** Why a connection failed, in words: `ECONNREFUSED …: nobody listens there`. */
export function withMeaning(reason: string): string {
  const [, meaning] = MEANINGS.find(([pattern]) => pattern.test(reason)) ?? [];
  return meaning === undefined ? reason : `${reason}: ${meaning}`;
}
