/** What generated requests are filled in with: the environment of the sandbox, and a key of each entity set. */
import { readSite } from '../../scripts/services/site';
import { readKeys, type Samples } from './fill-requests';
import { tokenAt, variablesAt } from '../sign-in';
import { inSandbox } from './mutant-sandbox';
import { readOpenApi } from './peers';

/** The reporting account may list all entity sets (access.md#roles). */
export function readSamples(): Promise<Samples> {
  return inSandbox({ profile: 'adg' }, async (sandbox) => {
    const variables = variablesAt(sandbox);
    const { auxipRoot, reprocessingRoot = '' } = readSite('sandbox', { siteUrl: sandbox.siteUrl });
    const token = await tokenAt(sandbox, variables['reporting_username'] ?? '');
    return {
      ...variables,
      ...(await readKeys(readOpenApi('auxip'), auxipRoot, token)),
      ...(await readKeys(readOpenApi('reprocessing'), reprocessingRoot, token)),
    };
  });
}
