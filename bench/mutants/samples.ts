/** What generated requests are filled in with: the environment of the sandbox, and a key of each entity set. */
import { readSite } from '../../scripts/services/site';
import { readKeys, type Samples } from './fill-requests';
import { inSandbox, variablesAt } from './mutant-sandbox';
import { readOpenApi } from './peers';

/** The reporting account may list all entity sets (auxip.md §1.6). */
export function readSamples(): Promise<Samples> {
  return inSandbox({ dialect: 'adg' }, async (sandbox) => {
    const variables = variablesAt(sandbox);
    const { auxipRoot, reprocessingRoot = '', tokenUrl } = readSite('sandbox', { siteUrl: sandbox.siteUrl });
    const { grant_type = '', client_id = '', reporting_username: username = '', password = '' } = variables;
    const form = { grant_type, client_id, username, password };
    const answer = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return {
      ...variables,
      ...(await readKeys(readOpenApi('auxip'), auxipRoot, token)),
      ...(await readKeys(readOpenApi('reprocessing'), reprocessingRoot, token)),
    };
  });
}
