/** Our suite: folder after folder until a check is red, those first in which an answer is another. */
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { dialectOf, inSandbox, type Dialect, type Meeting } from './mutant-sandbox';
import { variablesAt } from '../sign-in';
import { firstRedOf, type Runner } from './first-red';
import { differing, type Differing, type Recording } from './replay';
import type { Collection } from './suite';

/** What a replay cannot show: forms, other tokens, the store, the clock. The last two move the clock, and so come last. */
const NOT_REPLAYED = ['Token endpoint', 'Gateway and roles', 'Downloads', 'Quota', 'Expiry'];

export type Recordings = Readonly<Partial<Record<Dialect, Recording>>>;

export interface ByFolder {
  readonly collection: Collection;
  readonly recordings: Recordings;
  readonly quick: boolean;
  readonly runner: Runner;
}

export function byFolder({ collection, recordings, quick, runner }: ByFolder): Meeting {
  const lookouts: Partial<Record<Dialect, Differing>> = {};
  const firstRed = firstRedOf(runner);
  const hits = new Hits();
  return async (mutant) => {
    const profile = dialectOf(mutant);
    const lookout = (lookouts[profile] ??= differing(recordings[profile] ?? [], profile));
    const likely = quick ? [...(await lookout(mutant.name)), ...NOT_REPLAYED] : hits.inOrder(mutant.area);
    const noticedBy = await inSandbox({ profile, mutant: mutant.name }, async (sandbox) => {
      for (const folder of [...new Set(likely)].sort(aloneLast)) {
        const red = await firstRed(collection, folder, variablesFor(sandbox, profile));
        if (red !== undefined) return hits.count(mutant.area, folder, red);
      }
      return undefined;
    });
    return noticedBy === undefined ? { seenIn: await lookout(mutant.name) } : { noticedBy, seenIn: [] };
  };
}

/** Folders that noticed mutants of an area are asked first for the next one of it. */
class Hits {
  private readonly counts = new Map<string, number>();

  count(area: string, folder: string, red: string): string {
    const key = `${area} ${folder}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    return red;
  }

  inOrder(area: string): string[] {
    const hits = (folder: string): number => this.counts.get(`${area} ${folder}`) ?? 0;
    return CASE_FOLDERS.map(({ name }) => name).sort((a, b) => hits(b) - hits(a));
  }
}

/** What is drawn of the catalogue must not depend on the day. */
const SEED = '20261129';

const aloneLast = (a: string, b: string): number => Number(isAlone(a)) - Number(isAlone(b));

const isAlone = (folder: string): boolean => CASE_FOLDERS.some(({ name, alone }) => name === folder && alone === true);

export function variablesFor(sandbox: Sandbox, profile: Dialect): Record<string, string> {
  return { ...variablesAt(sandbox), profile, quota_run: '5', contract_seed: SEED };
}
