import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const UNPACK: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** For a content coding (RFC 9110 §8.4.1); undefined for one that Node cannot unpack. */
export function unpacking(coding: string): Transform | undefined {
  return UNPACK.get(coding.trim().toLowerCase())?.();
}
