/** The sandbox in which a suite meets a mutant. */
import type { Mutant } from '../../scripts/sandbox/mutants/mutant';
import { DOCUMENTED_QUOTA, startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { readSite } from '../../scripts/services/site';

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

/** A token for the account; empty where a mutant gives none. */
export async function tokenAt(sandbox: Sandbox, username: string): Promise<string> {
  const { grant_type = '', client_id = '', password = '', scope = '' } = variablesAt(sandbox);
  const { tokenUrl } = readSite('sandbox', { siteUrl: sandbox.siteUrl });
  const body = new URLSearchParams({ grant_type, client_id, username, password, scope });
  const answer = await fetch(tokenUrl, { method: 'POST', body });
  const { access_token: token = '' } = (await answer.json().catch(() => ({}))) as { access_token?: string };
  return token;
}

export function variablesAt({ siteUrl }: Sandbox): Record<string, string> {
  const { variables } = readSite('sandbox', { siteUrl });
  return { ...variables, username: 'user', password: 'password' };
}
