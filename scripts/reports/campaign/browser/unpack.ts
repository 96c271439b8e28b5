import type { CampaignPicture } from '../campaign-picture';

/** Reads what packed-picture.ts wrote. The browser inflates it itself: nothing is loaded. */
export async function unpack(text: string): Promise<CampaignPicture> {
  const bytes = Uint8Array.from(atob(text.trim()), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(stream).json()) as CampaignPicture;
}
