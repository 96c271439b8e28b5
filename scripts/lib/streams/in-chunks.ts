const CHUNK_CHARACTERS = 64 * 1024;

/** Texts as UTF-8, few large pieces instead of many small ones. */
export async function* inChunks(texts: AsyncIterable<string> | Iterable<string>): AsyncIterable<Uint8Array> {
  let text = '';
  for await (const piece of texts) {
    text += piece;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
