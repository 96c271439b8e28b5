/** What Node, undici and Newman say of a request without an answer, and what that means; the first that fits. */
const MEANINGS: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/CONNECT_TIMEOUT|^connect ETIMEDOUT/, 'no connection within the time limit'],
  [/TIMEDOUT|_(?:HEADERS|BODY)_TIMEOUT/, 'no complete response within the time limit'],
  [/^aborted$/, 'the response was cut off'],
  [/ECONNRESET|socket hang up/, 'the connection was closed instead of a response'],
  [/UND_ERR_SOCKET/, 'the connection was closed before the end of the response'],
  [/ECONNREFUSED/, 'nothing listens on that port'],
  [/ENOTFOUND|EAI_AGAIN/, 'no such host is known'],
  [/self[- ]signed|unable to (?:get|verify)|altnames|certificate/i, 'the certificate of the host is not trusted'],
  [/EPROTO|wrong version number|packet length too long/i, 'the host does not use TLS on that port'],
  [/^Parse Error|does not match the HTTP\/1\.1 protocol/, 'the response is not HTTP'],
  [/CONTENT_LENGTH_MISMATCH/, 'the response is not as long as its Content-Length'],
  [/HEADERS_OVERFLOW/, 'the response headers are too large'],
  [/^Z_|^ERR__ERROR/, 'the response is compressed and cannot be decompressed'],
];

/** What the operating system says of a file or an address. */
const OF_SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'something else has that name',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  EADDRNOTAVAIL: 'this machine has no such address',
};

/** The same for people, with the code for those who look it up: `nothing listens on that port (ECONNREFUSED)`. */
export function inWords(reason: string): string {
  const [code = reason] = /\bE[A-Z]{3,}(?:_[A-Z]+)*\b/.exec(reason) ?? [];
  const [, meaning = OF_SYSTEM[code]] = MEANINGS.find(([pattern]) => pattern.test(reason)) ?? [];
  return meaning === undefined ? reason : `${meaning} (${code})`;
}

/** Why a connection failed, in words: `ECONNREFUSED …: nothing listens on that port`. */
export function withMeaning(reason: string): string {
  const [, meaning] = MEANINGS.find(([pattern]) => pattern.test(reason)) ?? [];
  return meaning === undefined ? reason : `${reason}: ${meaning}`;
}
