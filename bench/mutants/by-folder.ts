/** Our suite: folder after folder until a check is red, those first that are likely to notice for what they take. */
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { dialectOf, inSandbox, type Dialect, type Meeting } from './mutant-sandbox';
import { variablesAt } from '../sign-in';
import { firstRedOf, type Runner } from './first-red';
import { Hits, type FolderCosts } from './hits';
import { differing, type Differing, type Recording } from './replay';
import type { Collection } from './suite';

/** What a replay cannot show: forms, other tokens, the store, the clock. The last two move the clock, and so come last. */
const NOT_REPLAYED = ['Token endpoint', 'Gateway and roles', 'Downloads', 'Quota', 'Expiry'];

export type Recordings = Readonly<Partial<Record<Dialect, Recording>>>;

export interface ByFolder {
  readonly collection: Collection;
  readonly recordings: Recordings;
  readonly costs?: FolderCosts;
  readonly quick: boolean;
  readonly runner: Runner;
}

export function byFolder({ collection, recordings, costs, quick, runner }: ByFolder): Meeting {
  const lookouts: Partial<Record<Dialect, Differing>> = {};
  const firstRed = firstRedOf(runner);
  const hits = new Hits(costs);
  return async (mutant) => {
    const profile = dialectOf(mutant);
    const lookout = (lookouts[profile] ??= differing(recordings[profile] ?? [], profile));
    const likely = quick ? [...(await lookout(mutant.name)), ...NOT_REPLAYED] : hits.inOrder(mutant);
    const noticedBy = await inSandbox({ profile, mutant: mutant.name }, async (sandbox) => {
      for (const folder of [...new Set(likely)].sort(aloneLast)) {
        const red = await firstRed(collection, folder, variablesFor(sandbox, profile));
        if (red === undefined) continue;
        hits.count(mutant, folder);
        return red;
      }
      return undefined;
    });
    return noticedBy === undefined ? { seenIn: await lookout(mutant.name) } : { noticedBy, seenIn: [] };
  };
}

/** What is drawn of the catalogue must not depend on the day. */
const SEED = '20261129';

const aloneLast = (a: string, b: string): number => Number(isAlone(a)) - Number(isAlone(b));

const isAlone = (folder: string): boolean => CASE_FOLDERS.some(({ name, alone }) => name === folder && alone === true);

export function variablesFor(sandbox: Sandbox, profile: Dialect): Record<string, string> {
  return { ...variablesAt(sandbox), profile, quota_run: '5', contract_seed: SEED };
}
