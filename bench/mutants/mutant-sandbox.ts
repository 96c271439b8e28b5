/** The sandbox in which a suite meets a mutant. */
import type { Mutant } from '../../scripts/sandbox/faults/mutants/mutant';
import { DOCUMENTED_QUOTA, startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';

/** What lets a suite meet a mutant; resolves to what noticed it. */
export type Meeting = (mutant: Mutant) => Promise<string | undefined>;

export type Dialect = 'adg' | 'icd';

export const dialectOf = ({ needs }: Mutant): Dialect => needs?.dialect ?? 'adg';

/** Without a mutant: a healthy one. */
export async function inSandbox<Result>(
  { dialect, mutant }: { dialect: Dialect; mutant?: string },
  look: (sandbox: Sandbox) => Promise<Result>,
): Promise<Result> {
  const sandbox = await startSandbox({ mutant, dialect, quota: DOCUMENTED_QUOTA });
  try {
    return await look(sandbox);
  } finally {
    await sandbox.close();
  }
}
