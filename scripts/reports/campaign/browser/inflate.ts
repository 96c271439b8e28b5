import { unpack, type CampaignPicture, type PackedPicture } from '../campaign-picture';

/** Reads what packed-picture.ts wrote. The browser inflates it itself: nothing is loaded. */
export async function inflate(text: string): Promise<CampaignPicture> {
  const bytes = Uint8Array.from(atob(text.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return unpack((await new Response(stream).json()) as PackedPicture);
}
