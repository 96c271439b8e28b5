/**
 * Our transfers alone, in a process of its own, started by transfers.ts: engine.ts <folder> <list of files, one JSON a line>.
 * They are begun as `auxflow fetch` begins them. Catalogue and redirect are answered from the list, so that what is measured is the
 * way from the store to the checked file. Prints the seconds from the first question to the last file.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { dataPlane } from '../../scripts/commands/run-data-plane';
import { createTransport } from '../../scripts/services/transport';
import { giveMemoryBack } from '../../scripts/tidy-memory';
import type { StoredFile } from './stored-file';

async function main(target: string, list: string): Promise<void> {
  giveMemoryBack();
  const files: StoredFile[] = [];
  for await (const line of createInterface(createReadStream(list))) files.push(JSON.parse(line) as StoredFile);
  const transport = createTransport({ tokenUrl: 'http://127.0.0.1:1/', apiRoots: [] });
  const began = performance.now();
  const { errors } = await dataPlane({
    files: files.map(({ name, bytes }, index) => ({ id: String(index), name, bytes })),
    target,
    store: transport,
    parallel: 5,
    source: {
      catalogueEntry: (id) => {
        const { name, bytes, md5 } = files[Number(id)]!;
        return Promise.resolve({ id, name, contentLength: bytes, md5, publicationDate: '' });
      },
      productLocation: (id) => Promise.resolve(files[Number(id)]!.url),
    },
    listener: () => undefined,
    signal: new AbortController().signal,
  });
  console.log((performance.now() - began) / 1000);
  await transport.close();
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
}

void main(process.argv[2]!, process.argv[3]!);
