/** What a client of the sandbox needs: the variables of its environment, and a token. */
import { COLLECTION_VARIABLES } from '../scripts/contract-suite/collection-variables';
import { readSite } from '../scripts/services/site';

/** As much of a sandbox as its clients know. */
interface Place {
  readonly siteUrl: string;
}

export function variablesAt({ siteUrl }: Place): Record<string, string> {
  const { variables } = readSite('sandbox', { siteUrl });
  const own = Object.fromEntries(COLLECTION_VARIABLES.map(({ key, value }) => [key, value]));
  return { ...own, ...variables, username: 'user', password: 'password' };
}

/** A token for the account; empty where a mutant gives none. */
export async function tokenAt(sandbox: Place, username: string): Promise<string> {
  const { grant_type = '', client_id = '', password = '', scope = '' } = variablesAt(sandbox);
  const { tokenUrl } = readSite('sandbox', { siteUrl: sandbox.siteUrl });
  const body = new URLSearchParams({ grant_type, client_id, username, password, scope });
  const answer = await fetch(tokenUrl, { method: 'POST', body });
  const { access_token: token = '' } = (await answer.json().catch(() => ({}))) as { access_token?: string };
  return token;
}
