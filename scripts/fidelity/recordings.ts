import path from 'node:path';
import { ROOT } from '../lib/package-root';
import { readPairs, type RecordedPair, type RecordedRequest } from '../lib/recorded-pair';
import type { SandboxOptions } from '../sandbox/sandbox';
import { recordedData } from './recorded-data';
import { auxipVectors, rdbVectors } from './vectors';

/** A pair, and what was asked before it without being recorded. */
export interface Step extends RecordedPair {
  readonly before?: RecordedRequest;
}

/** Pairs that were recorded on one set of data. */
export interface Recording {
  readonly name: string;
  readonly pairs: readonly Step[];
  /** A sandbox with that data. */
  readonly sandbox: SandboxOptions;
  /** Asked before the pairs; a text found in its answer by `id` is put instead of `id.recorded` in all pairs. */
  readonly prepare?: {
    readonly request: RecordedRequest;
    readonly id: { readonly recorded: string; readonly pattern: RegExp };
  };
}

/** In the repository: what the services' code answered on small data, and on the data of the built-in catalogue. */
export async function recordingsOfRepository(): Promise<Recording[]> {
  const folder = path.join(ROOT, 'tests', 'fixtures', 'recorded');
  return [
    await rdbVectors(path.join(folder, 'rdb-wire-vectors.json')),
    ...(await auxipVectors(path.join(folder, 'auxip-wire-vectors.json'))),
    {
      name: 'the services’ own code',
      pairs: await readPairs(path.join(folder, 'real', 'pairs')),
      // Its databases ordered texts by their bytes.
      sandbox: { catalogue: await recordedData(path.join(folder, 'real', 'data')), collation: 'C' },
    },
  ];
}

/** What a recorder wrote, replayed on the built-in catalogue. */
export async function recordingOfFolder(folder: string): Promise<Recording> {
  return { name: path.basename(folder), pairs: await readPairs(folder), sandbox: {} };
}
