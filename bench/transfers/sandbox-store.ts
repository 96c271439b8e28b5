/**
 * The sandbox as a store: presigned addresses as its `$value` gives them, files of the sizes that are wanted.
 * Started by transfers.ts in a process of its own, with the sizes (JSON, bytes) on standard input; prints one line: what there is.
 */
import { json } from 'node:stream/consumers';
import { startFilesSandbox } from '../files-sandbox';
import { tokenAt } from '../sign-in';
import type { StoredFile } from './stored-files';

/** Addresses are asked for once, and used until the last client is done. */
const A_DAY = 86_400;

async function main(sizes: readonly number[]): Promise<void> {
  const options = { tokenSeconds: A_DAY, presignedSeconds: A_DAY };
  const { sandbox, records } = await startFilesSandbox(sizes, options);
  const authorization = `Bearer ${await tokenAt(sandbox, 'user')}`;
  const files: StoredFile[] = [];
  for (const { id, name, contentLength: bytes } of records) {
    const product = `${sandbox.siteUrl}/auxip.svc/Products(${id})`;
    const ask = (address: string) => fetch(address, { headers: { authorization }, redirect: 'manual' });
    const { Checksum = [] } = (await (await ask(product)).json()) as { Checksum?: { Value: string }[] };
    const url = (await ask(`${product}/$value`)).headers.get('location') ?? '';
    files.push({ url, name, bytes, md5: Checksum[0]?.Value ?? '' });
  }
  console.log(JSON.stringify(files));
}

void json(process.stdin).then((sizes) => main(sizes as number[]));
