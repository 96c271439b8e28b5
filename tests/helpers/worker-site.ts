/** A sandbox, a Redis of the test's own and workers of its queue in this process. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import type { FetchOptions } from '../../scripts/campaign/fetch-options';
import type { CampaignLock } from '../../scripts/campaign/lock/campaign-lock';
import { campaignNames } from '../../scripts/cluster/queue/campaign-store';
import { enqueueCampaign } from '../../scripts/cluster/queue/enqueue';
import { openQueue, type TransferQueue } from '../../scripts/cluster/queue/open-queue';
import { runWorker, type WorkerOptions } from '../../scripts/cluster/worker/run-worker';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import type { CommandContext } from '../../scripts/session/context';
import type { RunEvent } from '../../scripts/session/run-events';
import { fetchInProcess } from './fetch-in-process';
import { QUICK_PATIENCE } from './quick-patience';
import { sharedCampaign } from './shared-campaign';
import { startRedis, type TestRedis } from './with-redis';

export interface WorkerSite {
  readonly server: TestRedis;
  readonly sandbox: Sandbox;
  inRedis<Result>(use: (queue: TransferQueue) => Promise<Result>): Promise<Result>;
  /** `fetch --queue --frozen`: a plan without the control plane. Returns the name of the campaign. */
  plan(folder: string, again?: boolean, options?: Partial<FetchOptions>): Promise<string>;
  worker(
    folder: string,
    options?: Partial<WorkerOptions>,
    context?: Partial<CommandContext>,
  ): { readonly exitCode: Promise<number>; readonly events: RunEvent[] };
  close(): Promise<void>;
}

export async function workerSite(redisOptions: readonly string[] = []): Promise<WorkerSite> {
  const [server, sandbox, frozen] = await Promise.all([
    startRedis(redisOptions),
    startSandbox(),
    sharedCampaign('small'),
  ]);
  const { url } = server;
  const { siteUrl } = sandbox;

  async function inRedis<Result>(use: (queue: TransferQueue) => Promise<Result>): Promise<Result> {
    const queue = await openQueue(url);
    try {
      return await use(queue);
    } finally {
      await queue.close();
    }
  }

  return {
    server,
    sandbox,
    inRedis,
    async plan(folder, again = false, options = {}) {
      const copy = path.join(folder, 'frozen');
      cpSync(frozen, copy, { recursive: true });
      const enqueue = (lock: CampaignLock, context: CommandContext): Promise<void> =>
        enqueueCampaign(lock, { queue: url, again }, context);
      const { exitCode, output } = await fetchInProcess({
        folder,
        siteUrl,
        options: { frozen: copy, ...options, enqueue },
      });
      if (exitCode !== 0) throw new Error(output);
      const [name = ''] = await inRedis(({ redis }) => campaignNames(redis));
      return name;
    },
    worker(folder, options = {}, changed = {}) {
      const { context, events } = workerContext(changed);
      const words = { env: 'sandbox', siteUrl, queue: url, out: path.join(folder, 'out') };
      const exitCode = runWorker({ ...words, concurrency: 3, exitWhenDone: true, lease: 2, ...options }, context);
      return { exitCode, events };
    },
    async close() {
      await Promise.all([server.stop(), sandbox.close()]);
    },
  };
}

export function workerContext(changed: Partial<CommandContext> = {}): { context: CommandContext; events: RunEvent[] } {
  const events: RunEvent[] = [];
  const { listener } = changed;
  const context: CommandContext = {
    environment: {},
    redactor: createRedactor(),
    signal: new AbortController().signal,
    now: () => new Date(),
    patience: QUICK_PATIENCE,
    ...changed,
    listener: (event) => {
      events.push(event);
      listener?.(event);
    },
  };
  return { context, events };
}

/** Codes of the errors that were told. */
export function findingsIn(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'finding' ? [event.error.code] : []));
}
