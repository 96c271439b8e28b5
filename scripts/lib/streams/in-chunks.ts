const CHUNK_CHARACTERS = 64 * 1024;

/** Few large texts instead of many small ones; bytes as they are. */
export function* joined(pieces: Iterable<string> | Iterable<Uint8Array>): Iterable<string | Uint8Array> {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** The same of texts that may have to be waited for, as UTF-8. Apart from `joined`, because waiting costs 0.4 µs per piece. */
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
