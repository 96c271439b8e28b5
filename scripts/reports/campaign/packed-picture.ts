import { deflateRawSync } from 'node:zlib';
import { pack, type CampaignPicture } from './campaign-picture';

/** JSON, raw deflate (RFC 1951), base64: what `browser/inflate.ts` reads. Nothing in it can end the element that holds it. */
export function packedPicture(picture: CampaignPicture): string {
  return deflateRawSync(JSON.stringify(pack(picture)), { level: 9 }).toString('base64');
}
