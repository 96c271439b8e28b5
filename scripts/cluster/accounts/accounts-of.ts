import { accountDigest } from '../../download/grant-ledger';
import type { Site } from '../../services/site';
import type { CommandContext } from '../../session/context';
import { accountFor } from '../../session/account';
import { readAccounts, type NamedAccount } from './read-accounts';

/**
 * Those of `--accounts FILE`, else the one of ADG_USER and ADG_PASSWORD.
 * @throws Failure CREDENTIALS_MISSING, FILE_UNREADABLE, FILE_MALFORMED, ACCOUNT_REFERENCE
 */
export async function accountsOf(
  { accounts: file }: { readonly accounts?: string },
  site: Site,
  context: CommandContext,
): Promise<NamedAccount[]> {
  if (file !== undefined) return readAccounts(file, site, context);
  const account = await accountFor(site, { ...context, unattended: true });
  const { username } = account;
  return [{ ...account, name: username, digest: accountDigest({ siteUrl: site.siteUrl, username }) }];
}
