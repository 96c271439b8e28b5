/** The bytes [from, to) of a file. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * One range of a Range header (RFC 9110 §14.1.2). `undefined`: absent, malformed or several ranges, which S3 ignores and
 * answers whole; `unsatisfiable`: nothing of it lies in the file.
 */
export function parseRange(header: string | undefined, contentLength: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const first = match[1] === '' ? undefined : Number(match[1]);
  const last = match[2] === '' ? undefined : Number(match[2]);
  if (first === undefined) return lastBytes(last ?? 0, contentLength);
  if (last !== undefined && last < first) return undefined;
  if (first >= contentLength) return 'unsatisfiable';
  return { from: first, to: Math.min(contentLength, (last ?? Infinity) + 1) };
}

function lastBytes(count: number, contentLength: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || contentLength === 0) return 'unsatisfiable';
  return { from: Math.max(0, contentLength - count), to: contentLength };
}
