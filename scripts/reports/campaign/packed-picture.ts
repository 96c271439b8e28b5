import { deflateRawSync } from 'node:zlib';
import type { PackedPicture } from './campaign-picture';

/** JSON, raw deflate (RFC 1951), base64: what `browser/inflate.ts` reads. Nothing in it can end the element that holds it. */
export function packedPicture(picture: PackedPicture): string {
  return deflateRawSync(JSON.stringify(picture), { level: 9 }).toString('base64');
}
