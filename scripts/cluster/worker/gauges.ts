import type { NamedAccount } from '../accounts/read-accounts';
import type { SharedLedger } from '../ledger/shared-ledger';
import { jobCounts, type TransferQueue } from '../queue/open-queue';
import { within } from '../../services/time-limit';
import { QUEUE_UP, type Gauge } from './metrics';

/** Whoever reads metrics has less patience than a worker. */
const MAX_ANSWER_SECONDS = 1;

/** Of the queue and the accounts, the same in every worker; while Redis is away only that it is. */
export async function gaugesOf(
  queue: TransferQueue,
  ledger: SharedLedger,
  accounts: readonly NamedAccount[],
): Promise<Gauge[]> {
  const asked = { what: queue.address, seconds: MAX_ANSWER_SECONDS };
  const isConnected = queue.redis.status === 'ready';
  const known = isConnected && (await within(asked, () => shared(queue, ledger, accounts)).catch(() => undefined));
  return [{ name: QUEUE_UP, help: 'Whether Redis answers.', value: known ? 1 : 0 }, ...(known || [])];
}

async function shared(queue: TransferQueue, ledger: SharedLedger, accounts: readonly NamedAccount[]): Promise<Gauge[]> {
  const queued = Object.entries<number>({ ...(await jobCounts(queue)) }).map(([state, value]): Gauge => {
    return { name: 'auxflow_queue_jobs', help: 'Jobs of the queue by state.', labels: { state }, value };
  });
  const used = accounts.map(async ({ name: account, digest }): Promise<Gauge[]> => {
    const { bytes, files, restsFor } = await ledger.use(digest);
    const labels = { account };
    return [
      { name: 'auxflow_account_bytes', help: 'Bytes granted in the period.', labels, value: bytes },
      { name: 'auxflow_account_grants', help: 'Grants of the period.', labels, value: files },
      { name: 'auxflow_account_rest_seconds', help: 'Rest after a 429.', labels, value: restsFor / 1000 },
    ];
  });
  return [...queued, ...(await Promise.all(used)).flat()];
}
