import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';
import type { Dialect } from './mutant-sandbox';
import { recordHealthy } from './recording';
import type { Collection, Suite } from './suite';

const COLLECTION = path.join(ROOT, 'collections', 'service-contract.postman_collection.json');

/** @throws Error when it is red on a healthy sandbox */
export async function ourSuite(dialects: ReadonlySet<Dialect>, quick: boolean): Promise<Suite> {
  const collection = JSON.parse(readFileSync(COLLECTION, 'utf8')) as Collection;
  const recorded = [...dialects].map(async (dialect) => [dialect, await recordHealthy(collection, dialect)] as const);
  const recordings = Object.fromEntries(await Promise.all(recorded));
  return { name: 'auxflow contract', collection, runs: 'by-folder', recordings, quick };
}
