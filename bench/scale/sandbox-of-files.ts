/**
 * The services in a process of their own: a sandbox with files of the sizes that come in JSON (bytes) on standard input. Prints one line:
 * its address, and the files as a lock has them.
 */
import { json } from 'node:stream/consumers';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';
import { Checksums } from '../../scripts/sandbox/store/file-bytes';
import { startFilesSandbox } from '../files-sandbox';

export interface ServedFiles {
  readonly siteUrl: string;
  readonly files: readonly CampaignFile[];
}

async function main(sizes: readonly number[]): Promise<void> {
  const { sandbox, records } = await startFilesSandbox(sizes);
  const checksums = new Checksums();
  const files: CampaignFile[] = [];
  for (const { id, name, contentLength: bytes, publicationDate } of records) {
    const md5 = await checksums.md5(id, bytes);
    files.push({ id, name, type: 'MADE_UP', path: name, bytes, md5, publicationDate, state: 'wanted' });
  }
  console.log(JSON.stringify({ siteUrl: sandbox.siteUrl, files } satisfies ServedFiles));
}

void json(process.stdin).then((sizes) => main(sizes as number[]));
