/** What Node and Newman say of a request without an answer, and what that means; the first that fits. */
const MEANINGS: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/TIMEDOUT/, 'no whole answer within the time limit'],
  [/^aborted$/, 'the answer broke off in the middle'],
  [/ECONNRESET|socket hang up/, 'the connection was closed instead of a response'],
  [/ECONNREFUSED/, 'nobody listens there'],
  [/ENOTFOUND|EAI_AGAIN/, 'no host of that name is known'],
  [/self[- ]signed|unable to (?:get|verify)|altnames|certificate/i, 'the certificate of the host is not trusted'],
  [/EPROTO|wrong version number|packet length too long/i, 'the host speaks no TLS there'],
  [/^Parse Error/, 'what came is no HTTP'],
];

/** A connection that failed, in words: `ECONNREFUSED …: nobody listens there`. */
export function faultWords({ message }: Error): string {
  const [, meaning] = MEANINGS.find(([pattern]) => pattern.test(message)) ?? [];
  return meaning === undefined ? message : `${message}: ${meaning}`;
}
