import { open, rename, rm } from 'node:fs/promises';

const CHUNK_CHARACTERS = 64 * 1024;

/** Writes a file so that its name never stands for half of it, whatever happens: to another name, synced, then renamed. */
export async function writeWhole(file: string, pieces: Iterable<string>): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w');
  try {
    for (const chunk of chunksOf(pieces)) await handle.write(chunk);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

function* chunksOf(pieces: Iterable<string>): Iterable<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
