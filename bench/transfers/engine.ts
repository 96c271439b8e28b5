/**
 * Our engine alone, in a process of its own, started by transfers.ts: engine.ts <folder> <list of files, JSON>.
 * Catalogue and redirect are answered from the list, so that what is measured is the way from the store to the checked file.
 * Prints the seconds from the first question to the last file.
 */
import { readFileSync } from 'node:fs';
import { downloadAll } from '../../scripts/download/download-all';
import { createTransport } from '../../scripts/services/transport';
import type { StoredFile } from './static-store';

async function main(target: string, list: string): Promise<void> {
  const files = JSON.parse(readFileSync(list, 'utf8')) as StoredFile[];
  const transport = createTransport({ tokenUrl: 'http://127.0.0.1:1/', apiRoots: [] });
  const began = performance.now();
  const outcomes = await downloadAll(
    files.map(({ name }, index) => ({ id: String(index), name })),
    {
      target,
      store: transport,
      source: {
        catalogueEntry: (id) => {
          const { name, bytes, md5 } = files[Number(id)]!;
          return Promise.resolve({ id, name, contentLength: bytes, md5, publicationDate: '' });
        },
        productLocation: (id) => Promise.resolve(files[Number(id)]!.url),
      },
      onEvent: () => undefined,
    },
  );
  console.log((performance.now() - began) / 1000);
  await transport.close();
  const failed = outcomes.find(({ status }) => status !== 'verified');
  if (failed) throw new Error(JSON.stringify(failed));
}

void main(process.argv[2]!, process.argv[3]!);
