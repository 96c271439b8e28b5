/** A sandbox that has made-up files of given sizes, and nothing else. */
import type { ProductRecord } from '../scripts/sandbox/catalogue/catalogue';
import { idOfName } from '../scripts/sandbox/catalogue/product-facts';
import { catalogueOf } from '../scripts/sandbox/catalogue/tables';
import { startSandbox, type Sandbox, type SandboxOptions } from '../scripts/sandbox/sandbox';
import { nameOf } from './made-up-manifest';

export interface FilesSandbox {
  readonly sandbox: Sandbox;
  readonly records: readonly ProductRecord[];
}

/** @param sizes bytes */
export async function startFilesSandbox(sizes: readonly number[], options: SandboxOptions = {}): Promise<FilesSandbox> {
  const records = sizes.map(recordOf);
  const products = new Map(records.map((record) => [record.id, record]));
  const catalogue = catalogueOf({ types: [], level0s: new Map(), adfs: new Map(), products, sizes: 'small' });
  return { sandbox: await startSandbox({ catalogue, ...options }), records };
}

function recordOf(contentLength: number, index: number): ProductRecord {
  const [name, date] = [nameOf(index), '2016-01-01T00:00:00Z'];
  const dates = { originDate: date, publicationDate: date, contentStart: date, contentEnd: date };
  return { id: idOfName(name), name, contentLength, ...dates };
}
