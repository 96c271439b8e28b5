import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';
import type { Runner } from './first-red';
import type { Dialect } from './mutant-sandbox';
import { recordHealthy } from './recording';
import type { Collection, Suite } from './suite';

const COLLECTION = path.join(ROOT, 'collections', 'service-contract.postman_collection.json');

export interface Way {
  /** Only the folders where the defect is likely to show. */
  readonly quick: boolean;
  readonly runner: Runner;
}

export function readCollection(): Collection {
  return JSON.parse(readFileSync(COLLECTION, 'utf8')) as Collection;
}

/** @throws Error when it is red on a healthy sandbox */
export async function ourSuite(dialects: ReadonlySet<Dialect>, { quick, runner }: Way): Promise<Suite> {
  const collection = readCollection();
  const recorded = [...dialects].map(
    async (profile) => [profile, await recordHealthy(collection, profile, runner)] as const,
  );
  const recordings = Object.fromEntries(await Promise.all(recorded));
  return { name: 'auxflow contract', collection, runs: 'by-folder', recordings, quick, runner };
}
