/** The sandbox in which a suite meets a mutant. */
import { DOCUMENTED_QUOTA, startSandbox, type MutantNeeds, type Sandbox } from '../../scripts/sandbox/sandbox';
import type { Hit } from './hits';

/** As much of a mutant as a suite must know to meet it. */
export interface Subject {
  readonly name: string;
  /** Mutants of an area are mostly noticed in the same place. */
  readonly area: string;
  readonly needs?: MutantNeeds;
  /** Services whose folders are asked first; all alike when left out. */
  readonly hit?: Hit;
}

export interface Met {
  /** Folder, request and check; absent when nothing was red. */
  readonly noticedBy?: string;
  /** Of one that was not noticed, the folders that ask for something whose answer it changes. */
  readonly seenIn: readonly string[];
}

/** What lets a suite meet a mutant. */
export type Meeting = (mutant: Subject) => Promise<Met>;

export type Dialect = 'adg' | 'icd';

export const dialectOf = ({ needs }: Pick<Subject, 'needs'>): Dialect => needs?.profile ?? 'adg';

/** Without a mutant: a healthy one. */
export async function inSandbox<Result>(
  { profile, mutant }: { profile: Dialect; mutant?: string },
  look: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox({ mutant, profile, quota: DOCUMENTED_QUOTA });
  try {
    return await look(sandbox);
  } finally {
    await sandbox.close();
  }
}
