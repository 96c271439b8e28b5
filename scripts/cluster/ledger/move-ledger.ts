/** `auxflow ledger import|export`: grants from the ledger of this machine to that of a queue, and back. */
import { openGrantLedger, stateFolder } from '../../download/grant-ledger';
import { DOCUMENTED_RULES, PERIOD, type Grant } from '../../download/quota';
import { EXIT } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import type { Site } from '../../services/site';
import type { CommandContext } from '../../session/context';
import { withSite, type SiteOptions } from '../../session/site-session';
import { accountsOf } from '../accounts/accounts-of';
import type { NamedAccount } from '../accounts/read-accounts';
import { withQueue } from '../queue/open-queue';
import { createRedisLedger } from './redis-ledger';
import type { SharedLedger } from './shared-ledger';

export interface MoveLedgerOptions extends SiteOptions {
  readonly queue: string;
  readonly accounts?: string;
}

/**
 * Grants that are there already are not added again, so either can be repeated. Both ledgers keep theirs.
 * @throws Failure of `openQueue`, of the accounts file; TARGET_UNWRITABLE, DISK_FULL
 */
export async function moveLedger(
  direction: 'import' | 'export',
  options: MoveLedgerOptions,
  context: CommandContext,
): Promise<number> {
  return withSite(options, async (site) => {
    const accounts = await accountsOf(options, site, context);
    const { listener, redactor, signal } = context;
    return withQueue({ url: options.queue, auxipRoot: site.auxipRoot, redactor, signal }, async (queue) => {
      const shared = createRedisLedger({ redis: queue.redis, rules: { ...DOCUMENTED_RULES, period: PERIOD } });
      let moved = 0;
      for (const account of accounts) moved += await move(direction, account, site, shared, context);
      const where = direction === 'import' ? `this machine to ${queue.address}` : `${queue.address} to this machine`;
      const sentence = `${plural(moved, 'grant')} of ${plural(accounts.length, 'account')} added from ${where}.`;
      listener({ type: 'run-finished', exitCode: EXIT.ok, sentence, places: [] });
      return EXIT.ok;
    });
  });
}

async function move(
  direction: 'import' | 'export',
  { username, digest }: NamedAccount,
  { siteUrl }: Site,
  shared: SharedLedger,
  { environment, signal }: CommandContext,
): Promise<number> {
  const own = openGrantLedger(stateFolder(environment), { siteUrl, username });
  return own.exclusively(async (grants) => {
    if (direction === 'import') return shared.add(digest, grants);
    const known = new Set(grants.map(keyOf));
    let added = 0;
    for await (const grant of shared.grants(digest)) {
      if (known.has(keyOf(grant))) continue;
      await own.book(grant);
      added++;
    }
    return added;
  }, signal);
}

const keyOf = ({ at, id }: Grant): string => `${at} ${id}`;
