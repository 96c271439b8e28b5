import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';
import type { Runner } from './first-red';
import type { Dialect } from './mutant-sandbox';
import type { FolderCosts } from './hits';
import { recordHealthy } from './recording';
import type { Recording } from './replay';
import type { Collection, FolderSuite } from './suite';

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
export async function ourSuite(dialects: ReadonlySet<Dialect>, { quick, runner }: Way): Promise<FolderSuite> {
  const collection = readCollection();
  const recordings: Partial<Record<Dialect, Recording>> = {};
  let costs: FolderCosts = {};
  for (const profile of dialects) {
    const healthy = await recordHealthy(collection, profile, runner);
    recordings[profile] = healthy.recording;
    costs = healthy.costs;
  }
  return { name: 'auxflow contract', collection, runs: 'by-folder', recordings, costs, quick, runner };
}
